#!/bin/sh
# drf-spectacular 0.30.0: under `AcceptHeaderVersioning`, a document generated without naming a version has no paths at all, and
# nothing is printed that says so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q drf-spectacular==0.30.0 djangorestframework==3.18.3 django==5.2.19
cat > "$folder/ask.py" <<'END'
import json

import django
from django.conf import settings

settings.configure(
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["rest_framework", "drf_spectacular"],
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.AcceptHeaderVersioning",
        "ALLOWED_VERSIONS": ["1.0", "2.0"],
        "UNAUTHENTICATED_USER": None,
    },
    SPECTACULAR_SETTINGS={"TITLE": "Things", "VERSION": "5.1.0"},
)
django.setup()

from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from rest_framework.serializers import CharField, Serializer
from rest_framework.views import APIView


class Thing(Serializer):
    name = CharField()


class Things(APIView):
    serializer_class = Thing
    authentication_classes = ()

    def get(self, request):
        """One."""


urlpatterns = [path("things", Things.as_view())]
for version in ("1.0", None):
    print(version, list(SchemaGenerator(api_version=version).get_schema(public=True)["paths"]))
END
cat > "$folder/expected" <<'END'
1.0 ['/things']
None []
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
