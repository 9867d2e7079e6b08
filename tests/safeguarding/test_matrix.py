"""Every role, token and stranger by every door of cases, children, voice, schemes and incomes.

Who may come in stands here by hand: a permission given to one role too many is seen here.
"""

import re
from collections.abc import Mapping
from uuid import uuid4

import httpx
import pytest

from coop.access.roles import ROLES, Holder, Role
from coop.app import litestar_app
from coop.kernel.db import SYSTEM, transaction
from coop.log.operations.tokens import add_token
from coop.safeguarding.rules.book import Kind
from tests.house.routes import doors
from tests.safeguarding.village import Village, enter, line_id, tell, write
from tests.schooling.family import consent, fields_csrf, new_family
from tests.trade import Trade, person

R = Role
PEOPLE = frozenset(role for role in Role if ROLES[role].holder is Holder.PERSON)
VISIT = {R.FACILITATOR, R.FOCAL_POINT}
BOX = {R.FOCAL_POINT, R.STANDBY}
HEARD = BOX | {R.BOARD, R.PRICE_OFFICER, R.INSPECTOR, R.ADMINISTRATOR}
BOOKS = {R.MANAGER, R.TREASURER, R.BOARD}
AGENCY = {R.AUDITOR, R.INSPECTOR, R.MONITOR}
COUNTS = VISIT | BOOKS | AGENCY
# By the first words of an address that fit, longest first.
WHO: Mapping[str, frozenset[Role] | set[Role]] = {
    "/cases": BOX,
    "/children/villages": {R.FOCAL_POINT},
    "/children": VISIT,
    "/community/{code:str}/signs/{number:int}": VISIT | {R.CSO_PARTNER},
    "/concern": PEOPLE,
    "/focal-points": {R.ADMINISTRATOR},
    "/reports/children": COUNTS | {R.CSO_PARTNER, R.COMMUNITY_MONITOR},
    "POST /reports/children": {R.FOCAL_POINT},
    "/reports/zones": {R.INSPECTOR, R.MONITOR},
    "/schemes": VISIT,
    "/schemes/clips": VISIT | {R.MANAGER},
    "/schemes/report": COUNTS,
    "/livelihoods/households": VISIT,
    "/voice": BOX,
    "/voice/hearings": HEARD,
    "/voice/year": HEARD,
}
_OPEN = ("/say", "/said", "/hearings", "/zones")


def who(method: str, path: str) -> frozenset[Role] | set[Role] | None:
    """Who may come in by a door; None: not one of ours."""
    fit = [key for key in WHO if f"{method} {path}".startswith(key) or path.startswith(key)]
    return WHO[max(fit, key=len)] if fit else None


def ours() -> list[tuple[str, str]]:
    """Method and address of each door of these parts."""
    found = [(line.split()[0], line.split()[1]) for line in doors(litestar_app())]
    return [one for one in found if who(*one) is not None]


async def _filled(village: Village) -> tuple[str, str, str]:
    """A case with a letter, its number, and a child and a household that are there."""
    family = await new_family(village.here)
    await consent(family)
    number = await tell(village.here, words="Secret words", child_no=family.child_no)
    await write(village.first, number, Kind.RISK, "danger", second="hazardous")
    await write(village.first, number, Kind.REFERRAL, "h1098", second="danger", shared=("place",))
    return number, family.child_no, family.household_no


def _address(path: str, case: str, child: str, house: str, letter: int) -> str:
    known = {
        "case_no": case, "line_id": str(letter), "act": "risk", "person_no": child, "applicant": child,
        "code": "SSY" if "/schemes/" in path else "SAFA", "year": "2026", "zone_id": "1", "which": "seen", "link_id": "1", "fact": "p.age", "clip_id": "1",
        "number": house if "households" in path else "1" if "signs" in path else "SAFA-26-X1",
    }  # fmt: skip
    return re.sub(r"\{(\w+):\w+\}", lambda found: known[found[1]], path)


async def _asked(client: httpx.AsyncClient, method: str, at: str, csrf: str) -> httpx.Response:
    sent = {"csrf": csrf, "operation_id": str(uuid4())} if method == "POST" else None
    return await client.request(method, at, data=sent)


def test_the_doors_are_all_named_here() -> None:
    """A new part with such a door is not left out of the matrix."""
    words = re.compile(r"/(case|child|voice|concern|focal|scheme|zone|say|household)")
    left = {
        path
        for _, path in ((line.split()[0], line.split()[1]) for line in doors(litestar_app()))
        if words.search(path) and who("GET", path) is None
    }
    left = {path for path in left if not re.sub(r"^/(hi|en)(?=/)", "", path).startswith(_OPEN)}
    # The household of the members' book is trade's own page: who lives in it, no answer of theirs.
    assert {path for path in left if not path.startswith(("/members", "/households/"))} == set()
    assert len(ours()) > 60


COUNTS = ("/cases/counts", "/cases/counts/table.csv", "/cases/counts/paper.pdf")


@pytest.mark.parametrize("role", sorted(PEOPLE))
async def test_each_role_by_each_door(
    client: httpx.AsyncClient, village: Village, role: Role
) -> None:
    case, child, house = await _filled(village)
    letter = await line_id(case, Kind.REFERRAL)
    await enter(client, await person(role, village.here))
    csrf = fields_csrf((await client.get("/account")).text)
    for method, path in ours():
        at = _address(path, case, child, house, letter)
        answer = await _asked(client, method, at, csrf)
        said = (role.value, method, at, answer.status_code)
        may = role in (who(method, path) or ())
        assert answer.status_code < 500, said
        assert "Secret words" not in answer.text, said
        if path.startswith("/cases"):
            lists = may and path in ("/cases", *COUNTS) and method == "GET"
            assert answer.status_code == (200 if lists else 404), said
        elif may:
            assert answer.status_code != 403, said
        else:
            assert answer.status_code in (403, 404), said


@pytest.mark.parametrize("whose", ["stranger", "device", "witness", "invented"])
async def test_tokens_and_strangers_by_each_door(
    client: httpx.AsyncClient, village: Village, trade: Trade, whose: str
) -> None:
    case, child, house = await _filled(village)
    letter = await line_id(case, Kind.REFERRAL)
    bearer = {"stranger": {}, "device": trade.here.bearer, "invented": {"authorization": "Bearer x"}}  # fmt: skip
    if whose == "witness":
        async with transaction(SYSTEM) as tx:
            made = await add_token(tx, f"matrix {uuid4().hex[:6]}")
        bearer[whose] = {"authorization": f"Bearer {made.token}"}
    for method, path in ours():
        at = _address(path, case, child, house, letter)
        answer = await client.request(method, at, headers=bearer[whose], data={} if method == "POST" else None)  # fmt: skip
        said = (whose, method, at, answer.status_code, answer.headers.get("location"))
        assert answer.status_code in (303, 401, 403, 404), said
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/sign-in"), said
        assert "Secret words" not in answer.text, said
