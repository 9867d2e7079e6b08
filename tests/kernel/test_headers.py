"""Headers on every answer, also on those made before routing."""

from typing import Any

import httpx
import pytest
from litestar import Litestar, Request, Response, get
from litestar.types import Message, Receive, Scope, Send

from coop.kernel.web.errors import HANDLERS
from coop.kernel.web.headers import POLICY, SecurityHeaders

EXPECTED = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@get("/open")
async def open_page() -> str:
    return "open"


@get("/mine")
async def own_page(request: Request[Any, Any, Any]) -> str:
    request.scope["state"]["actor"] = "somebody"
    return "mine"


@get("/shared")
async def shared() -> Response[str]:
    return Response("x", headers={"Cross-Origin-Resource-Policy": "cross-origin"})


@get("/broken")
async def broken() -> str:
    raise RuntimeError("inside")


def client(*, secure: bool) -> httpx.AsyncClient:
    routes = [open_page, own_page, shared, broken]
    app = Litestar(routes, exception_handlers=HANDLERS, logging_config=None)
    transport = httpx.ASGITransport(app=SecurityHeaders(app, secure=secure))  # type: ignore[arg-type]  # httpx types scopes as plain dicts
    return httpx.AsyncClient(transport=transport, base_url="http://test")


@pytest.mark.parametrize("path", ["/open", "/mine", "/nowhere", "/broken", "/api/nowhere"])
async def test_every_answer_carries_them(path: str) -> None:
    """Headers on every response, whatever it is."""
    async with client(secure=False) as browser:
        answer = await browser.get(path)
    for name, value in EXPECTED.items():
        assert answer.headers.get_list(name) == [value]
    assert "camera=(self)" in answer.headers["permissions-policy"]
    assert "strict-transport-security" not in answer.headers


def test_policy_is_strict() -> None:
    """Strict CSP: nothing from elsewhere, no inline script or style."""
    assert set(POLICY.split("; ")) == {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    }


async def test_only_a_site_behind_tls_says_so() -> None:
    async with client(secure=True) as browser:
        answer = await browser.get("/open")
    assert "max-age=63072000" in answer.headers["strict-transport-security"]


async def test_what_a_signed_in_person_reads_is_kept_nowhere() -> None:
    async with client(secure=False) as browser:
        assert (await browser.get("/mine")).headers["cache-control"] == "no-store"
        assert (await browser.get("/open")).headers["cache-control"] == "no-cache"


async def test_an_answer_may_be_meant_for_other_sites() -> None:
    async with client(secure=False) as browser:
        answer = await browser.get("/shared")
    assert answer.headers.get_list("cross-origin-resource-policy") == ["cross-origin"]


async def test_other_kinds_of_scope_pass_untouched() -> None:
    seen: list[str] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    async def nothing() -> Message:  # pragma: no cover
        raise AssertionError

    wrapped = SecurityHeaders(inner, secure=True)
    await wrapped({"type": "lifespan"}, nothing, None)  # type: ignore[arg-type]  # a bare scope
    assert seen == ["lifespan"]
