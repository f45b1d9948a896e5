"""Where frameworks publish their OpenAPI documents, and where they show them to people. Pure: names only."""

from __future__ import annotations

PLACES = (
    *("/openapi.json", "/openapi.yaml", "/openapi.yml", "/swagger.json", "/swagger.yaml", "/api-docs", "/v3/api-docs"),
    *("/api/openapi.json", "/api/openapi.yaml", "/api/swagger.json", "/api-json", "/api/docs-json", "/docs-json"),
    *("/swagger/v1/swagger.json", "/swagger/v2/swagger.json", "/api/schema", "/api/schema/", "/schema/", "/schema"),
    *("/schema/openapi.json", "/docs/openapi.json", "/documentation/json", "/q/openapi", "/openapi", "/v2/api-docs"),
    *("/v1/openapi.json", "/v2/openapi.json", "/v3/openapi.json", "/api/v1/openapi.json", "/api/v2/openapi.json"),
    *("/api/v3/openapi.json", "/v1/swagger.json", "/v2/swagger.json", "/api/v1/swagger.json", "/api/v2/swagger.json"),
)
"""Where frameworks publish their document, the usual first."""
PAGES = (
    *("/docs", "/redoc", "/swagger", "/swagger-ui", "/swagger-ui.html", "/api/docs", "/api", "/documentation", "/"),
    *("/api-docs/", "/docs/", "/api/docs/", "/reference", "/swagger/index.html", "/swagger-ui/", "/api/api-docs/"),
)
"""Where frameworks show their documents to people."""
