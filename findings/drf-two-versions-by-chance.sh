#!/bin/sh
# Django REST framework 3.18.3: two media ranges in `Accept` that name two versions are read from a set, whose order is another
# one in each process. The same request gets version 1 from one worker and version 2 from the next.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q djangorestframework==3.18.3 django==5.2.19
cat > "$folder/ask.py" <<'END'
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    REST_FRAMEWORK={
        "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.AcceptHeaderVersioning",
        "ALLOWED_VERSIONS": ["1", "2"],
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
)

import django

django.setup()

from django.test import Client
from django.urls import path
from rest_framework.decorators import api_view
from rest_framework.response import Response


@api_view(["GET"])
def things(request):
    return Response(request.version)


urlpatterns = [path("things", things)]
print(Client().get("/things", headers={"Accept": "application/json; version=1, application/json; version=2"}).json())
END
cat > "$folder/expected" <<'END'
1
2
END
for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
  PYTHONHASHSEED=$seed "$folder/venv/bin/python" "$folder/ask.py"
done | sort -u > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
