# Sourced: the jars of Spring that a program needs, out of the wheel of atoti-server, whose application holds them, into the current folder.
"$folder/venv/bin/python" - <<'END'
import importlib.metadata
import zipfile

files = importlib.metadata.distribution("atoti-server").files
whole = next(file.locate() for file in files if file.name == "server.jar")
wanted = ("spring-core-", "spring-web-", "jakarta.servlet-api-", "commons-logging-", "jspecify-")
with zipfile.ZipFile(whole) as jar:
    for name in jar.namelist():
        if name.rpartition("/")[2].startswith(wanted):
            jar.extract(name)
END
