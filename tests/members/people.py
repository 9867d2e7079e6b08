"""Two cooperatives whose members' pages are tested, and a browser that fills in forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from uuid import uuid4

import httpx

from coop.access.roles import Role
from coop.cooperatives.operations import record_cooperative
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.cooperatives.rules import Cooperative
from coop.kernel.db import Transaction, transaction
from coop.members.forms.admission import Places, application_from, choices_of
from coop.members.operations.admit import Undecided, admit
from coop.members.operations.once import Sent, sent
from tests.trade import PASSWORD, REACH, person

DISTRICT = 974


@dataclass(frozen=True)
class Pair:
    """Both cooperatives, and the names to sign in with."""

    here: CooperativeRow
    there: CooperativeRow
    manager: str
    manager_there: str
    board: str
    clerk: str


async def open_pair() -> Pair:
    """Record both and their people; committed."""
    async with transaction(REACH) as tx:
        for code in ("PEOPLEA", "PEOPLEB"):
            entry = Cooperative(code, f"Cooperative {code}", f"समिति {code}", "Tisri", DISTRICT, 20)
            await record_cooperative(tx, entry)
        here, there = [c for c in await cooperatives(tx) if c.code in ("PEOPLEA", "PEOPLEB")]
    return Pair(
        here,
        there,
        await person(Role.MANAGER, here),  # type: ignore[arg-type]  # only the id is asked for
        await person(Role.MANAGER, there),  # type: ignore[arg-type]
        await person(Role.BOARD, here),  # type: ignore[arg-type]
        await person(Role.CLERK, here),  # type: ignore[arg-type]
    )


def typed(name: str = "Radha Turi", **changed: str) -> dict[str, str]:
    """An admission as a manager fills it in."""
    return {
        "name_latin": name,
        "relation": "W/O",
        "relation_name_latin": f"Mohan {name.split()[-1]}",
        "sex": "F",
        "dob": "5-3-1984",
        "village": "Namunatand",
        "state_lgd": "20",
        "source": "7/2026",
        "admitted_on": "01-06-2026",
        "consent": "thumb",
        **changed,
    }


def form() -> Sent:
    """A form of its own."""
    return sent(uuid4(), {})


async def admitted(
    tx: Transaction, owner: CooperativeRow, name: str, elsewhere: str = "", **changed: str
) -> str | Undecided:
    """Admit somebody through the form's own words; return the page or what is to be decided."""
    given = typed(name, **changed)
    application = application_from(given, Places(owner.code, owner.district_lgd), "0000")
    return await admit(tx, owner, application, choices_of(given), elsewhere, form())


async def new_member(owner: CooperativeRow, name: str, **changed: str) -> str:
    """Admit somebody, committed; return their page."""
    async with transaction(REACH) as tx:
        found = await admitted(tx, owner, name, **changed)
    assert isinstance(found, str), found
    return found


class _Form(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self._action, self._within, self._select = action, False, ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = str(given.get("name"))
        if tag == "form":
            self._within = given.get("action") == self._action
        elif not self._within:
            return
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in self.fields):
            self.fields[self._select] = given.get("value") or ""
        elif tag == "input" and (given.get("type") != "radio" or "checked" in given):
            self.fields[name] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self._within = self._within and tag != "form"


def fields_of(text: str, action: str) -> dict[str, str]:
    """The fields of a form as a browser would send them untouched."""
    parser = _Form(action)
    parser.feed(text)
    return parser.fields


async def sign_in(client: httpx.AsyncClient, login: str) -> None:
    """Come in by the door."""
    client.cookies.clear()
    page = await client.get("/sign-in")
    given = fields_of(page.text, "/sign-in")
    answer = await client.post("/sign-in", data={**given, "user": login, "password": PASSWORD})
    assert answer.status_code == 303


async def fill(
    client: httpx.AsyncClient, page: str, changed: Mapping[str, str], action: str = ""
) -> httpx.Response:
    """Open a page and send its form with some fields filled in."""
    opened = await client.get(page)
    assert opened.status_code == 200, (page, opened.status_code)
    given = fields_of(opened.text, action or page)
    assert given.get("csrf"), page
    return await client.post(action or page, data={**given, **changed})
