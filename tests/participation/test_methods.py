"""Every method at every address below the box gets the one answer: its size, no cookie, no word of why."""

import itertools

import httpx
import pytest

from coop.participation.controllers.box import BOX_BYTES
from tests.participation.box import Box
from tests.participation.test_trace import MARKS, ODD

METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "GET", "POST")
BELOW = ("", "/answer", "/nowhere", "/answer/and/more", "/")
_ELSEWHERE = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
_PREFLIGHT = {"access-control-request-method": "PUT", "access-control-request-headers": "x-zebra"}


@pytest.mark.parametrize("proxy", [{}, ODD, {**ODD, **_ELSEWHERE}, {**ODD, **_PREFLIGHT}], ids=str)
async def test_no_method_is_answered_otherwise(
    client: httpx.AsyncClient, box: Box, proxy: dict[str, str]
) -> None:
    normal = await client.get(box.path)
    paths = ["/say", "/say/", "/say/NOBODY", *(box.path + one for one in BELOW)]
    for method, path in itertools.product(METHODS, paths):
        answer = await client.request(method, path, headers=proxy)
        said = (method, path, answer.status_code, dict(answer.headers))
        assert answer.status_code == 200, said
        assert int(answer.headers["content-length"]) == BOX_BYTES, said
        assert len(answer.content) == (0 if method == "HEAD" else BOX_BYTES), said
        assert sorted(answer.headers) == sorted(normal.headers), said
        for name, value in normal.headers.items():
            assert answer.headers[name] == value, (name, said)
        assert not [mark for mark in MARKS if mark in answer.text], said


async def test_nothing_of_it_is_kept_on_the_way(client: httpx.AsyncClient, box: Box) -> None:
    answer = await client.get(box.path, headers=ODD)
    assert "no-store" in answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers
    assert not {"etag", "last-modified", "vary", "server-timing", "x-request-id"} & set(answer.headers)  # fmt: skip
    # Nothing leaves to another site; without any referrer at all a browser's form would say "Origin: null".
    assert answer.headers["referrer-policy"] == "same-origin"
