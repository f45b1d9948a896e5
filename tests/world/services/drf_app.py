# /// script
# dependencies = ["djangorestframework==3.18.3", "django==5.2.19"]
#
# [tool.world]
# title = "Django REST framework"
#
# [tool.world.styles.AcceptHeaderVersioning]
# preset = "drf"
# policy = '''versioning = { scheme = "integer" }'''
# accept = "application/json; version={version}"
# by_chance = { "two versions" = ["serves 1", "serves 2"] }
#
# [tool.world.styles.URLPathVersioning]
# preset = "drf"
# policy = '''versioning = { scheme = "integer", carriers = ["path"], missing = { reject = 404, envelope = "page" } }'''
# path = "/{version}"
#
# [tool.world.styles.NamespaceVersioning]
# path = "/{version}"
#
# [tool.world.styles.QueryParameterVersioning]
# preset = "drf"
# policy = '''versioning = { scheme = "integer", carriers = ["query"] }'''
# query = "version"
#
# [tool.world.styles.HostNameVersioning]
# header = "Host"
# spelling = "v{version}.things.test"
# ///
"""The five versioning classes, with `ALLOWED_VERSIONS` and without a default."""

import os

from django.conf import settings

STYLE = os.environ["STYLE"]
settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="not one",
    INSTALLED_APPS=["rest_framework"],
    REST_FRAMEWORK={
        "DEFAULT_VERSIONING_CLASS": f"rest_framework.versioning.{STYLE}",
        "ALLOWED_VERSIONS": ["v1", "v2"] if STYLE == "HostNameVersioning" else ["1", "2"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
)

from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.core.wsgi import get_wsgi_application
from django.urls import include, path
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

application = get_wsgi_application()


class Name(serializers.Serializer):
    name = serializers.CharField()


class Things(APIView):
    authentication_classes = ()

    def get(self, request, version=None):
        return Response({"served": str(request.version).removeprefix("v")})

    def post(self, request, version=None):
        Name(data=request.data).is_valid(raise_exception=True)
        return Response({"served": str(request.version).removeprefix("v")}, 201)


things = [path("things", Things.as_view())]
if STYLE == "NamespaceVersioning":
    urlpatterns = [path(f"{version}/", include((things, "things"), namespace=version)) for version in ("1", "2")]
elif STYLE == "URLPathVersioning":
    urlpatterns = [path("<str:version>/things", Things.as_view())]
else:
    urlpatterns = things
# Django's own server: a body behind the answer to a `HEAD` goes out of others, and their queue is five connections long.
WSGIServer.request_queue_size = 128
server = WSGIServer(("127.0.0.1", int(os.environ["PORT"])), WSGIRequestHandler)
server.set_app(application)
server.serve_forever()
