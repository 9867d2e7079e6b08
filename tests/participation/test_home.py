"""Whoever does not read the box sees nowhere that a message came, not even as a count that waits."""

import re

import httpx
import pytest

from coop.access.roles import ROLES, Holder, Role
from tests.participation.box import Box, say_it
from tests.participation.test_readers import enter

BLIND = [r for r in Role if ROLES[r].holder is Holder.PERSON and r not in (Role.FOCAL_POINT, Role.STANDBY)]  # fmt: skip
PAGES = ("/home", "/reads", "/health", "/reports/children", "/schemes/report", "/hearings", "/said")


async def _seen(client: httpx.AsyncClient, pages: tuple[str, ...]) -> dict[str, tuple[int, str]]:
    """Pages without what changes by itself: tokens, clock times, one's own reading."""
    found = {}
    for path in pages:
        answer = await client.get(path)
        plain = re.sub(r'value="[0-9a-f-]{36,}"|\d\d:\d\d', "", answer.text)
        found[path] = (answer.status_code, plain)
    return found


@pytest.mark.parametrize("role", BLIND)
async def test_a_cry_for_help_changes_no_page_of_theirs(
    client: httpx.AsyncClient, own: Box, role: Role
) -> None:
    await enter(client, role, side=own.side)
    pages = tuple(one for one in PAGES if one != "/reads")
    before = await _seen(client, pages)
    cookies = dict(client.cookies)
    for words in ("मदद करो", "help me", "again"):
        assert (await say_it(client, own, how="help", words=words)).status_code == 200
    assert dict(client.cookies) == cookies
    after = await _seen(client, pages)
    assert {path for path in pages if before[path] != after[path]} == set()
    assert not re.search(r'href="/(voice|cases)"', after["/home"][1])
    reads = await client.get("/reads")
    assert reads.status_code in (200, 403)
    assert "voice" not in re.sub(r"<nav.*?</nav>", "", reads.text, flags=re.DOTALL)
