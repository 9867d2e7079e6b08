"""A new person in a role, signed in as that role must be."""

import re

import httpx
from pyotp import TOTP

from coop.access.roles import ROLES, Role
from tests.trade import PASSWORD, Side, person

_known: dict[tuple[Role, str, str], str] = {}


async def come_in(
    client: httpx.AsyncClient,
    role: Role,
    side: Side,
    language: str = "en",
    *,
    new: bool = False,
) -> str:
    """Sign a person in, of the agency with a second factor; return their form token.

    The same person of a role comes again (passwords are slow to hash), unless ``new``.
    """
    client.cookies.clear()
    who = (role, side.code, language)
    if new or who not in _known or ROLES[role].second_factor:
        _known[who] = await person(role, side, language)
    door = {"user": _known[who], "password": PASSWORD}
    assert (await client.post("/sign-in", data=door)).status_code == 303
    if ROLES[role].second_factor:
        shown = await client.get("/account/second-factor")
        secret = re.search(r'class="mono">([A-Z2-7 ]+)<', shown.text)
        assert secret is not None
        typed = {"csrf": csrf_of(shown), "code": TOTP(secret[1].replace(" ", "")).now()}
        assert (await client.post("/account/second-factor", data=typed)).status_code == 303
    return csrf_of(await client.get("/account"))


def csrf_of(page: httpx.Response) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert found is not None
    return found[1]
