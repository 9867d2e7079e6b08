"""Who asks: from the cookie to the actor. A token counts only if the store knows it.

The cookie holds 256 random bits; the store holds their SHA-256. A token is drawn by us at
sign-in, at a second factor and at a change of password, never taken from a request (ASVS 7.2.4).
Litestar's own backend adopts any id that a client sends; it is not used.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from litestar.connection import ASGIConnection
from litestar.datastructures.cookie import Cookie
from litestar.enums import ScopeType

from coop.kernel.token import token_key
from coop.kernel.web.csrf import bears_token, masked, token_of_session

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Receive, Scope, Send

ABSOLUTE = timedelta(hours=12)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
Resolver = Callable[[str], Awaitable[object | None]]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """The session of a request, by the key under which the store holds it."""

    key: bytes


def cookie_name(*, secure: bool) -> str:
    """Return the cookie's name; with ``__Host-`` no other host or path can plant it."""
    return "__Host-s" if secure else "s"


def session_cookie(token: str, *, secure: bool) -> Cookie:
    """Return the cookie that opens a session in the browser."""
    return Cookie(
        key=cookie_name(secure=secure),
        value=token,
        max_age=int(ABSOLUTE.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def ended_cookie(*, secure: bool) -> Cookie:
    """Return the cookie that takes the session's out of the browser."""
    return Cookie(
        key=cookie_name(secure=secure),
        value="",
        max_age=0,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def _of_nobody(scope: "Scope") -> bool:
    """Whether a route says ``opt={"nobody": True}``: no cookie is read, no session is touched."""
    handler = scope.get("route_handler")
    return handler is not None and handler.opt.get("nobody") is True


class SessionMiddleware:
    """Puts ``actor``, ``session`` and ``csrf_token`` into the request's state, and ``user``.

    ``DefineMiddleware(SessionMiddleware, resolver=actor_of_token, secure=settings().secure)``.
    ``resolver`` answers an actor for a token that the store knows and that has not run out.
    """

    def __init__(self, app: "ASGIApp", resolver: Resolver, *, secure: bool) -> None:
        self._app = app
        self._resolver = resolver
        self._cookie = cookie_name(secure=secure)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Resolve the cookie, then pass the request on."""
        if scope["type"] in (ScopeType.HTTP, ScopeType.WEBSOCKET):
            state: dict[str, Any] = scope.setdefault("state", {})
            state.update(actor=None, session=None, csrf_token="")
            scope["user"] = None
            if not bears_token(scope) and not _of_nobody(scope):
                await self._open(scope, state)
        await self._app(scope, receive, send)

    async def _open(self, scope: "Scope", state: dict[str, Any]) -> None:
        cookies = ASGIConnection[Any, Any, Any, Any](scope).cookies
        token = cookies.get(self._cookie, "")
        if not _TOKEN.fullmatch(token):
            return
        actor = await self._resolver(token)
        if actor is None:
            return
        scope["user"] = actor
        state.update(
            actor=actor,
            session=OpenSession(token_key(token)),
            csrf_token=masked(token_of_session(token)),
        )
