"""The guard of every route: it states a permission or says that it is public; else it is shut.

``Litestar(guards=[guard], exception_handlers={**HANDLERS, **GUARD_HANDLERS},
on_startup=[refuse_unguarded])``.
"""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from litestar import Litestar, Request, Response
from litestar.connection import ASGIConnection
from litestar.exceptions import (
    ImproperlyConfiguredException,
    NotAuthorizedException,
    NotFoundException,
    PermissionDeniedException,
)
from litestar.handlers.base import BaseRouteHandler
from litestar.routes import ASGIRoute, HTTPRoute, WebSocketRoute
from litestar.types import ExceptionHandlersMap

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.access.policy import lacks_only_second_factor
from coop.kernel.web.errors import on_http, wants_json

SECOND_FACTOR_PAGE = "/account/second-factor"


class SecondFactorNeeded(PermissionDeniedException):
    """The role allows it, the second factor is still to come: 403, or the page that asks for it."""


async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let pass who may. Raises 401 for a stranger, 403 for a missing permission."""
    if _made_by_litestar(handler) or handler.opt.get("public") is True:
        return
    permission = handler.opt.get("permission")
    if not isinstance(permission, Permission):
        raise PermissionDeniedException("this route states no permission")
    actor = actor_of(connection.scope)
    if actor is None:
        raise NotAuthorizedException
    if actor.may(permission):
        return
    if lacks_only_second_factor(actor.holding, permission):
        raise SecondFactorNeeded(f"{permission} needs a second factor")
    if handler.opt.get("hidden") is True:
        raise NotFoundException  # as if no such address were there
    raise PermissionDeniedException(f"{permission} is not in your role")


def actor_of(scope: Mapping[str, Any]) -> Actor | None:
    """Return who acts in a request, None for a stranger."""
    found = scope.get("state", {}).get("actor")
    return found if isinstance(found, Actor) else None


def acting(request: Request[Any, Any, Any]) -> Actor:
    """Return who acts on a route that the guard let pass."""
    actor = actor_of(request.scope)
    if actor is None:
        raise NotAuthorizedException
    return actor


def to_second_factor(request: Request[Any, Any, Any], error: SecondFactorNeeded) -> Response[Any]:
    """Send a person to the page that asks for the code; tell a program 403."""
    if wants_json(request):
        return on_http(request, error)
    target = SECOND_FACTOR_PAGE
    if request.method == "GET":
        target += f"?next={quote(request.scope['path'], safe='/')}"
    return Response(None, status_code=HTTPStatus.SEE_OTHER, headers={"location": target})


GUARD_HANDLERS: ExceptionHandlersMap = {SecondFactorNeeded: to_second_factor}


def _made_by_litestar(handler: BaseRouteHandler) -> bool:
    """Its own answer to OPTIONS, which names the methods of a path and nothing else."""
    return getattr(handler.fn, "__module__", "") == "litestar.routes.http"


def _handlers(app: Litestar) -> Iterator[tuple[str, str, BaseRouteHandler]]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                if not _made_by_litestar(handler):
                    yield ",".join(sorted(handler.http_methods)), route.path, handler
        elif isinstance(route, (ASGIRoute, WebSocketRoute)):
            yield route.scope_type.value, route.path, route.route_handler


def unguarded_routes(app: Litestar) -> tuple[str, ...]:
    """Name the routes that state neither a permission nor that they are public, or both."""
    found = []
    for methods, path, handler in _handlers(app):
        permission, public = handler.opt.get("permission"), handler.opt.get("public")
        if isinstance(permission, Permission) == (public is True):
            found.append(f"{methods} {path} ({handler})")
    return tuple(found)


def refuse_unguarded(app: Litestar) -> None:
    """Stop the start where a route states nothing; a start-up hook."""
    if names := unguarded_routes(app):
        raise ImproperlyConfiguredException(
            "each route states opt={'permission': Permission.X} or opt={'public': True}; "
            "put right: " + "; ".join(names)
        )
