"""Answers travel packed (gzip), so that a page costs a picker little of her data.

Wrap the application inside the security headers: ``SecurityHeaders(Packing(app), secure=…)``.

What compression could tell (BREACH): who reads the length of many answers, and makes a browser
ask, could guess a secret that stands beside words of his own. So a page's csrf token is masked
anew each time (``coop.kernel.web.csrf.masked``), cookies go to no other site's requests (SameSite),
and an answer to somebody signed in carries up to 255 bytes of chance in its gzip header.
An answer that says ``cache-control: no-transform`` keeps its length, and so does every address with
a part named in ``never``: the feedback box pads its answers to one size.
"""

import asyncio
import secrets
import struct
import zlib
from typing import TYPE_CHECKING, Any

from litestar.enums import ScopeType

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Message, Receive, Scope, Send

_LEAST, _LARGE, _LEVEL = 400, 262_144, 6
_PACKED = (
    b"text/", b"application/json", b"application/problem+json", b"application/javascript",
    b"image/svg+xml", b"application/vnd.oai.openapi",
)  # fmt: skip
_NAMED = 8  # the header's flag for a name, which readers skip


def gzip_of(body: bytes, noise: int = 0) -> bytes:
    """Pack bytes as gzip (RFC 1952) without a time; ``noise`` signs of a name that nobody reads."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(body) + packer.flush()
    name = b"x" * noise + b"\x00" if noise else b""
    head = b"\x1f\x8b\x08" + bytes((_NAMED if noise else 0,)) + bytes(4) + b"\x00\xff" + name
    return head + packed + struct.pack("<LL", zlib.crc32(body), len(body) & 0xFFFFFFFF)


def takes_gzip(header: bytes) -> bool:
    """Tell whether an ``Accept-Encoding`` header takes gzip.

    >>> takes_gzip(b"br, gzip;q=0.5"), takes_gzip(b"gzip;q=0"), takes_gzip(b"identity")
    (True, False, False)
    """
    for offer in header.decode("latin-1").lower().split(","):
        name, _, quality = offer.partition(";")
        if name.strip() in ("gzip", "*"):
            return quality.replace(" ", "").rstrip("0").rstrip(".") not in ("q=", "q=0")
    return False


class Packing:
    """ASGI wrapper: packs text of more than a few hundred bytes where the reader takes gzip."""

    def __init__(self, app: "ASGIApp", never: tuple[str, ...] = ("feedback",)) -> None:
        self._app = app
        self._never = frozenset(never)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass the request on; hold the first part of the answer until it is known to be all."""
        if scope["type"] != ScopeType.HTTP or not self._never.isdisjoint(scope["path"].split("/")):
            await self._app(scope, receive, send)
            return
        asked = b",".join(value for name, value in scope["headers"] if name == b"accept-encoding")
        wanted = takes_gzip(asked) and scope["method"] != "HEAD"
        held: list[Message] = []

        async def send_packed(message: "Message") -> None:
            if message["type"] == "http.response.start":
                held.append(message)
                return
            if held:
                start: Any = held.pop()
                whole = message["type"] == "http.response.body" and not message.get("more_body")
                if whole and _packable(start):
                    message = await _packed(scope, start, message, wanted)
                await send(start)
            await send(message)

        await self._app(scope, receive, send_packed)


def _packable(start: Any) -> bool:
    """Whether a kind of answer is packed at all; then caches are told that it depends."""
    headers = {name.lower(): value for name, value in start["headers"]}
    kind = headers.get(b"content-type", b"")
    plain = b"content-encoding" not in headers and start["status"] not in (204, 304)
    return plain and kind.startswith(_PACKED) and b"no-transform" not in headers.get(
        b"cache-control", b""
    )  # fmt: skip


async def _packed(scope: "Scope", start: Any, message: Any, wanted: bool) -> Any:
    body = message.get("body", b"")
    varies = (b"vary", b"accept-encoding")
    if not wanted or len(body) < _LEAST:
        start["headers"] = [*start["headers"], varies]
        return message
    known = scope.get("state", {}).get("actor") is not None
    noise = secrets.randbelow(255) + 1 if known else 0
    if len(body) > _LARGE:
        packed = await asyncio.to_thread(gzip_of, body, noise)
    else:
        packed = gzip_of(body, noise)
    kept = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
    length = (b"content-length", str(len(packed)).encode())
    start["headers"] = [*kept, varies, (b"content-encoding", b"gzip"), length]
    return {**message, "body": packed}
