"""Headers that stand on every answer, also on errors and files.

Wrap the whole application, so that answers made before routing carry them too:
``SecurityHeaders(app, secure=settings().secure)``.
"""

from typing import TYPE_CHECKING

from litestar.enums import ScopeType

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Message, Receive, Scope, Send

# Nothing is loaded from elsewhere, nothing is inline, nobody frames a page.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
_ALWAYS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(self), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_HSTS = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")
_NO_STORE = (b"cache-control", b"no-store")
# A stranger's page is asked for anew: who was signed in a moment ago must not meet it, nor the reverse.
_ASK_AGAIN = (b"cache-control", b"no-cache")


class SecurityHeaders:
    """ASGI wrapper. ``secure``: the site is only reached by TLS, so browsers may insist on it."""

    def __init__(self, app: "ASGIApp", *, secure: bool) -> None:
        self._app = app
        self._headers = (*_ALWAYS, _HSTS) if secure else _ALWAYS

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass the request on and add what the answer does not carry yet."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: "Message") -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                wanted = self._headers
                # Read late: who is signed in is known only after the application ran.
                known = scope.get("state", {}).get("actor") is not None
                wanted = (*wanted, _NO_STORE if known else _ASK_AGAIN)
                message["headers"] = [
                    *message["headers"],
                    *(header for header in wanted if header[0] not in present),
                ]
            await send(message)

        await self._app(scope, receive, send_with_headers)
