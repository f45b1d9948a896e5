#!/bin/sh
# Django REST framework 3.18.3: with `ALLOWED_VERSIONS` and no default, `QueryParameterVersioning` refuses a request
# without a version, and `HostNameVersioning` serves it, with `request.version` None. The same holds for a host whose
# first label has a dash in it: it is no version that is not allowed, but none.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q djangorestframework==3.18.3 django==5.2.19
cat > "$folder/ask.py" <<'END'
import django
from django.conf import settings

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["rest_framework"],
    REST_FRAMEWORK={"ALLOWED_VERSIONS": ["v1", "v2"], "UNAUTHENTICATED_USER": None},
)
django.setup()

from django.urls import path
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.versioning import HostNameVersioning, QueryParameterVersioning
from rest_framework.views import APIView


class Things(APIView):
    authentication_classes = ()

    def get(self, request):
        return Response({"version": request.version})


urlpatterns = [
    path("host", Things.as_view(versioning_class=HostNameVersioning)),
    path("query", Things.as_view(versioning_class=QueryParameterVersioning)),
]
client = APIClient()
print("query, none", client.get("/query").status_code)
for host in ("v1.shop.test", "v9.shop.test", "shop.test", "v1-5.shop.test"):
    answer = client.get("/host", headers={"host": host})
    print("host", host, answer.status_code, answer.json().get("version"))
END
cat > "$folder/expected" <<'END'
query, none 404
host v1.shop.test 200 v1
host v9.shop.test 404 None
host shop.test 200 None
host v1-5.shop.test 200 None
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
