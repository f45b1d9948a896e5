# /// script
# dependencies = ["django-ninja==1.7.1", "django==5.2.19"]
#
# [tool.world]
# title = "django-ninja"
#
# [tool.world.styles."an API for each version"]
# preset = "django-ninja"
# path = "/v{version}"
# documents = ["/v1/openapi.json", "/openapi.json"]
# ///
"""A NinjaAPI for each version."""

import os

from django.conf import settings

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="not one")

from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.core.wsgi import get_wsgi_application
from django.urls import path
from ninja import NinjaAPI, Schema

application = get_wsgi_application()


class Name(Schema):
    name: str


def api(version):
    made = NinjaAPI(version=version)

    @made.get("/things")
    def show(request):
        return {"served": version}

    @made.post("/things")
    def create(request, name: Name):
        return {"served": version}

    return made


urlpatterns = [path(f"v{version}/", api(version).urls) for version in ("1", "2")]
# Django's own server: a body behind the answer to a `HEAD` goes out of others, and their queue is five connections long.
WSGIServer.request_queue_size = 128
server = WSGIServer(("127.0.0.1", int(os.environ["PORT"])), WSGIRequestHandler)
server.set_app(application)
server.serve_forever()
