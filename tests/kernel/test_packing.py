"""Answers travel packed, nobody reads a secret from their length, and every one carries the headers."""

import gzip
import re
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar, Request, Response, get

from coop.kernel.web.csrf import masked, token_of_session, unmasked
from coop.kernel.web.headers import POLICY, SecurityHeaders
from coop.kernel.web.packing import Packing, gzip_of, takes_gzip
from coop.kernel.web.page import static
from tests.trade import Trade

LONG = "<p>तौल</p>" * 500


@get("/long", media_type="text/html")
async def long_page() -> str:
    return LONG


@get("/feedback/thanks", media_type="text/html")
async def padded() -> str:
    return LONG


@get("/own", media_type="text/html")
async def own_page(request: Request[Any, Any, Any]) -> str:
    request.scope["state"]["actor"] = "somebody"
    return LONG


@get("/exact", media_type="text/html")
async def exact() -> Response[str]:
    return Response(LONG, headers={"cache-control": "no-transform"})


@get("/bytes", media_type="application/pdf")
async def as_bytes() -> bytes:
    return b"%PDF" + bytes(5000)


@pytest.fixture
def small() -> httpx.AsyncClient:
    app = Litestar([long_page, padded, own_page, exact, as_bytes], openapi_config=None)
    packed: Any = SecurityHeaders(Packing(app), secure=True)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=packed), base_url="http://x")


@given(st.binary(max_size=3000), st.integers(0, 255))
def test_gzip_reads_back_whatever_the_noise(body: bytes, noise: int) -> None:
    assert gzip.decompress(gzip_of(body, noise)) == body


def test_noise_changes_the_length_and_nothing_else() -> None:
    assert len(gzip_of(b"a" * 900, 40)) - len(gzip_of(b"a" * 900)) == 41


@pytest.mark.parametrize(
    ("header", "takes"),
    [(b"gzip", True), (b"GZIP;q=1.0", True), (b"*", True), (b"gzip;q=0.000", False), (b"br", False), (b"", False)],
)  # fmt: skip
def test_who_takes_gzip(header: bytes, takes: bool) -> None:
    assert takes_gzip(header) is takes


async def test_text_is_packed_and_says_that_it_depends(small: httpx.AsyncClient) -> None:
    answer = await small.get("/long")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == LONG
    assert int(answer.headers["content-length"]) < len(LONG.encode()) // 10
    assert answer.headers["vary"] == "accept-encoding"
    plain = await small.get("/long", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == "accept-encoding"
    assert plain.text == LONG


@pytest.mark.parametrize("path", ["/feedback/thanks", "/exact", "/bytes"])
async def test_what_keeps_its_length_is_not_packed(small: httpx.AsyncClient, path: str) -> None:
    assert "content-encoding" not in (await small.get(path)).headers


async def test_the_length_of_an_own_page_varies(small: httpx.AsyncClient) -> None:
    lengths = {(await small.get("/own")).headers["content-length"] for _ in range(20)}
    assert len(lengths) > 5
    public = {(await small.get("/long")).headers["content-length"] for _ in range(5)}
    assert len(public) == 1


def test_a_mask_hides_the_token_and_comes_off() -> None:
    token = token_of_session("somebody")
    seen = {masked(token) for _ in range(20)}
    assert len(seen) == 20
    assert {unmasked(one) for one in seen} == {token}
    assert not any(token in one for one in seen)
    assert (masked(""), unmasked(""), unmasked("x")) == ("", "", "x")


EVERYWHERE = (
    "/", "/en", "/verify", "/hi/keys", "/en/verify/offline", "/sw.js", "/mr1/statuses", "/static/look.css",
    "/static/none.css", "/nothing/here", "/home", "/.well-known/mr1-keys", "/log/checkpoint", "/schema/openapi.json",
)  # fmt: skip


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_answer_carries_the_headers(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code < 500
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "cache-control" in answer.headers
    refused = await client.request("PUT", path)
    assert refused.status_code in (404, 405)
    assert refused.headers["content-security-policy"] == POLICY


async def test_a_file_is_kept_for_good_only_under_its_own_address(
    client: httpx.AsyncClient,
) -> None:
    own = await client.get(static("look.css"))
    assert "immutable" in own.headers["cache-control"]
    for other in ("/static/look.css", "/static/look.css?v=", "/static/look.css?v=00000000"):
        answer = await client.get(other)
        assert answer.headers["cache-control"] == "no-cache"
        tag = answer.headers["etag"]
        again = await client.get(other, headers={"if-none-match": f'"x", {tag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    worker = await client.get("/sw.js")
    assert worker.headers["cache-control"] == "no-cache"
    assert worker.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/", "/en/verify", "/hi/verify/offline", "/prices", "/en/keys", "/en/log", "/sign-in"])  # fmt: skip
async def test_a_page_and_its_files_are_light(
    client: httpx.AsyncClient, trade: Trade, path: str
) -> None:
    """Page weight 60 KB at first view, without a browser: page and files, packed, with headers."""
    page = await client.get(path)
    named = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text))
    answers = [page, *[await client.get(one) for one in sorted(named)]]
    assert all(one.status_code == 200 for one in answers)
    weight = sum(int(one.headers["content-length"]) + 700 for one in answers)
    assert len(answers) <= 8
    assert weight <= 60_000
    assert int(page.headers["content-length"]) + 700 <= 15_000
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page.text), (
        "a third party's address"
    )
