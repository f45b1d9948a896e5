# Holds an API to the policy file of the folder that is mounted at /work:
#   docker build -t pytest-apiversion . && docker run --rm --network host -v "$PWD:/work" pytest-apiversion apiversion.toml
FROM python:3.13-slim AS wheel
WORKDIR /source
COPY . .
RUN python -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
COPY constraints.txt /tmp/constraints.txt
RUN --mount=type=bind,from=wheel,source=/wheels,target=/wheels \
    python -m pip install --no-cache-dir -c /tmp/constraints.txt "$(echo /wheels/*.whl)[html]" pytest-xdist \
    && rm /tmp/constraints.txt \
    && useradd --create-home --uid 1000 holder
USER holder
WORKDIR /work
# Bytecode and pytest's cache would need a folder that can be written.
ENV PYTHONDONTWRITEBYTECODE=1
ENTRYPOINT ["python", "-m", "pytest", "-p", "no:cacheprovider"]
CMD ["apiversion.toml"]
