# /// script
# dependencies = ["drf-spectacular==0.30.0", "djangorestframework==3.18.3", "django==5.2.19"]
#
# [tool.world]
# title = "drf-spectacular"
#
# [tool.world.styles."the version in the path"]
# contracts = { "1" = "/v1/schema?format=json", "2" = "/v2/schema?format=json" }
# fault = "AV301"
# policy = '''
# extends = "drf"
# [api]
# name = "Garden"
# base_url = "${SERVICE_URL}"
# [versioning]
# scheme = "integer"
# carriers = ["path"]
# path = { template = "/v{version}" }
# [operations]
# neutral = ["GET /schema"]
# '''
#
# [tool.world.styles."the version in the path".changes]
# "1 2" = [
#   "error operation-removed POST /v1/plants/{id}/water",
#   "warning request-required-property-removed FirstRequest.name",
#   "error request-required-property-added SecondRequest.label",
#   "warning request-optional-property-removed PatchedFirstRequest.name",
#   "info request-optional-property-added PatchedSecondRequest.label",
#   "error response-required-property-removed First.name",
#   "info response-required-property-added Second.label",
#   "error request-property-became-required SecondRequest.light",
#   "info response-property-became-required Second.light",
#   "info request-enum-value-added LightEnum",
#   "warning response-enum-value-added LightEnum",
#   "warning request-optional-property-removed FirstRequest.tags",
#   "warning request-optional-property-removed PatchedFirstRequest.tags",
#   "warning response-optional-property-removed First.tags",
#   "error response-required-property-removed First.price",
#   "info request-optional-property-added SecondRequest.bought",
#   "info request-optional-property-added PatchedSecondRequest.bought",
#   "info response-optional-property-added Second.bought",
# ]
# ///
"""A garden in Django REST framework: one set of views, whose serializers depend on the version, and what drf-spectacular writes of them."""

import os

from django.conf import settings

FAULT = "FAULT" in os.environ
settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="not one",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "drf_spectacular"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.URLPathVersioning",
        "ALLOWED_VERSIONS": ["1", "2"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
        "PAGE_SIZE": 20,
    },
    SPECTACULAR_SETTINGS={
        "TITLE": "Garden",
        "VERSION": "7.0.0",
        "SERVE_INCLUDE_SCHEMA": False,
        "COMPONENT_SPLIT_REQUEST": True,
    },
)

from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.db import connection, models
from django.urls import re_path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.response import Response


class Plant(models.Model):
    name = models.CharField(max_length=40)
    light = models.CharField(max_length=10, choices=[("sun", "Sun"), ("shade", "Shade")], default="sun")
    height = models.IntegerField(null=True)
    price = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    tags = models.JSONField(default=list)
    bought = models.DateField(null=True)

    class Meta:
        app_label = "garden"


class Tags(serializers.ListField):
    child = serializers.CharField(max_length=10, allow_blank=True, trim_whitespace=False)


class First(serializers.ModelSerializer):
    tags = Tags(max_length=5, required=False)

    class Meta:
        model = Plant
        fields = ["id", "name", "light", "height", "price", "tags"]
        read_only_fields = ["price"]
        extra_kwargs = {"name": {"trim_whitespace": False}}

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        return {**shown, "light": "shade" if shown["light"] == "dusk" else shown["light"]}


class Second(serializers.ModelSerializer):
    label = serializers.CharField(source="name", max_length=40, trim_whitespace=False)
    light = serializers.ChoiceField(choices=["sun", "shade", "dusk"])
    bought = serializers.DateField(required=False, allow_null=True)

    class Meta:
        model = Plant
        fields = ["id", "label", "light", "height", "bought"]

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        if FAULT:
            del shown["label"]
        return shown


class Watering(serializers.Serializer):
    litres = serializers.FloatField(min_value=0, max_value=100)


class Plants(viewsets.ModelViewSet):
    http_method_names = ["get", "post", "put", "patch", "delete", "head", "options"]
    queryset = Plant.objects.order_by("id")
    lookup_value_regex = "[0-9]{1,9}"

    def get_serializer_class(self):
        return First if self.request is None or self.request.version == "1" else Second

    @extend_schema(exclude=True, versions=["2"])
    @extend_schema(request=Watering, responses={204: None}, versions=["1"])
    @action(detail=True, methods=["post"])
    def water(self, request, **arguments):
        if request.version != "1":
            raise NotFound
        self.get_object()
        Watering(data=request.data).is_valid(raise_exception=True)
        return Response(status=status.HTTP_204_NO_CONTENT)


with connection.schema_editor() as editor:
    editor.create_model(Plant)

LIST = {"get": "list", "post": "create"}
ONE = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}
urlpatterns = [
    re_path(r"^v(?P<version>[^/]+)/schema$", SpectacularAPIView.as_view()),
    re_path(r"^v(?P<version>[^/]+)/plants$", Plants.as_view(LIST)),
    re_path(r"^v(?P<version>[^/]+)/plants/(?P<pk>[0-9]{1,9})$", Plants.as_view(ONE)),
    re_path(r"^v(?P<version>[^/]+)/plants/(?P<pk>[0-9]{1,9})/water$", Plants.as_view({"post": "water"})),
]
# Django's own server: a body behind the answer to a `HEAD` goes out of others, and their queue is five connections long.
WSGIServer.request_queue_size = 128
server = WSGIServer(("127.0.0.1", int(os.environ["PORT"])), WSGIRequestHandler)
server.set_app(application)
server.serve_forever()
