"""A request that changes something comes from our own page, made for this very session.

Two things are asked. The browser's own word (``Sec-Fetch-Site``, else ``Origin``, else
``Referer``) must name this site; it holds for every unsafe request without a bearer token, so a
stranger's page can neither act for somebody nor sign them in as somebody else. And a request by
session carries the field ``csrf`` (or the header ``X-CSRF-Token``): an HMAC under the session's
token, so it ends with it. A route with ``opt={"csrf": "origin"}`` is asked the first thing only:
the sign-in, which has no session yet, and the feedback box, which must not know one.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.enums import RequestEncodingType, ScopeType
from litestar.exceptions import PermissionDeniedException

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Receive, Scope, Send

FIELD = "csrf"
HEADER = "x-csrf-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_FORMS = frozenset({RequestEncodingType.URL_ENCODED, RequestEncodingType.MULTI_PART})


def token_of_session(session_token: str, purpose: str = "form") -> str:
    """Return the token that pages of a session carry, 64 hex digits. It reveals nothing of it."""
    return hmac.new(session_token.encode(), f"csrf:{purpose}".encode(), hashlib.sha256).hexdigest()


_MASKED = re.compile(r"[0-9a-f]{128}")


def masked(token: str) -> str:
    """Hide a session's token under a pad of chance, 128 hex digits, new for every page.

    Pages travel compressed; a token that stands the same in each of them could be guessed by the
    length of many answers (BREACH). An empty token stays empty.
    """
    if not token:
        return ""
    pad = secrets.token_bytes(len(token) // 2)
    hidden = bytes(a ^ b for a, b in zip(pad, bytes.fromhex(token), strict=True))
    return pad.hex() + hidden.hex()


def unmasked(given: str) -> str:
    """Return the token under a mask; what carries none is returned as it is.

    >>> token = token_of_session("a")
    >>> unmasked(masked(token)) == token, unmasked(token) == token, masked(token) == masked(token)
    (True, True, False)
    """
    if not _MASKED.fullmatch(given):
        return given
    pad, hidden = bytes.fromhex(given[:64]), bytes.fromhex(given[64:])
    return bytes(a ^ b for a, b in zip(pad, hidden, strict=True)).hex()


def bears_token(scope: "Scope") -> bool:
    """Tell whether a request brings its own bearer token; then no cookie is looked at."""
    return any(
        name == b"authorization" and value[:7].lower() == b"bearer "
        for name, value in scope["headers"]
    )


def from_own_site(headers: Mapping[str, str], public_origin: str, *, secure: bool) -> bool:
    """Tell whether a browser says that a request comes from this site.

    ``headers`` by lower-case name. A program that is no browser says none of the three; it has no
    cookies of a person either, and the session's own token is asked for besides.

    >>> from_own_site({"host": "a.example", "origin": "https://b.example"}, "", secure=True)
    False
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    said = headers.get("origin") or _origin_of(headers.get("referer", ""))
    if not said:
        return True
    own = {public_origin, f"https://{headers.get('host', '')}"}
    if not secure:
        own.add(f"http://{headers.get('host', '')}")
    return said.lower() in {one.lower() for one in own}


def _origin_of(address: str) -> str:
    """The origin of a Referer; an address that has none is somebody else's."""
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "null"
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else "null"


class CsrfMiddleware:
    """Stands behind ``SessionMiddleware`` and refuses with 403.

    ``DefineMiddleware(CsrfMiddleware, public_url=settings().public_url, secure=…)``.
    """

    def __init__(self, app: "ASGIApp", *, public_url: str, secure: bool) -> None:
        self._app = app
        self._origin = _origin_of(public_url)
        self._secure = secure

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Check an unsafe request, then pass it on."""
        if scope["type"] == ScopeType.HTTP and scope["method"] not in SAFE_METHODS:
            await self._check(scope, receive)
        elif scope["type"] == ScopeType.WEBSOCKET and not self._own(scope):
            raise PermissionDeniedException("opened from another site")
        await self._app(scope, receive, send)

    def _own(self, scope: "Scope") -> bool:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
        return from_own_site(headers, self._origin, secure=self._secure)

    async def _check(self, scope: "Scope", receive: "Receive") -> None:
        if bears_token(scope):
            return
        if not self._own(scope):
            raise PermissionDeniedException("sent from another site")
        expected = unmasked(str(scope.get("state", {}).get("csrf_token", "")))
        handler = scope.get("route_handler")
        asked_origin_only = handler is not None and handler.opt.get("csrf") == "origin"
        if not expected or asked_origin_only:
            return
        given = unmasked(await _given(scope, receive))
        if not hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()):
            raise PermissionDeniedException("the form is not of this session")


async def _given(scope: "Scope", receive: "Receive") -> str:
    """The token of a request; Litestar keeps the form that is read here for the handler."""
    request: Request[Any, Any, Any] = scope["litestar_app"].request_class(scope, receive)
    in_header = request.headers.get(HEADER)
    if in_header is not None:
        return in_header
    if request.content_type[0] in _FORMS:
        in_form = (await request.form()).getall(FIELD, [])
        if len(in_form) == 1 and isinstance(in_form[0], str):
            return in_form[0]
    return ""
