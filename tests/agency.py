"""Somebody of the agency or a cooperative, signed in with the second factor passed."""

import itertools
from html.parser import HTMLParser

import httpx

from coop.access.roles import ROLES, Place, Role
from coop.identity.operations import NewUser, add_user
from coop.identity.operations.sealing import seal
from coop.identity.operations.sessions import open_session
from coop.kernel.db import transaction
from coop.kernel.web.session import cookie_name
from coop.settings import settings
from tests.trade import CONSOLE, PASSWORD, REACH, Side

_numbers = itertools.count(1)


async def enter(
    client: httpx.AsyncClient, role: Role, language: str = "en", side: Side | None = None
) -> int:
    """Let a new person of a role into the browser; return their row id."""
    place = side.id if side and ROLES[role].place is Place.COOPERATIVE else None
    login = f"agency-{role.replace('_', '-')}-{next(_numbers)}"
    async with transaction(REACH) as tx:
        user = await add_user(
            tx, CONSOLE, NewUser(login, "Asha Tudu", role, place, PASSWORD, language)
        )
        second = ROLES[role].second_factor
        if second:
            await tx.execute(
                "INSERT INTO second_factor (user_id, sealed_secret, enrolled_at) VALUES ($1, $2, now())",
                user,
                seal("JBSWY3DPEHPK3PXP", user),
            )
        token = await open_session(tx, user, second_factor_passed=second)
    client.cookies.set(cookie_name(secure=settings().secure), token)
    return user


class _Form(HTMLParser):
    """The fields of the form that posts to an address, as a browser would send them untouched."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self._action, self._within = action, False
        self._area: str | None = None
        self._select: str | None = None
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._within = given.get("action") == self._action and given.get("method") == "post"
        if not self._within:
            return
        name = given.get("name")
        if tag == "input" and name:
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                self.fields[name] = given.get("value") or ""
        elif tag == "textarea" and name:
            self._area = name
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif (
            tag == "option"
            and self._select
            and (self._select not in self.fields or "selected" in given)
        ):
            self.fields[self._select] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        self._within = self._within and tag != "form"
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None


def fields_of(text: str, action: str) -> dict[str, str]:
    """What the form that posts to ``action`` holds."""
    form = _Form(action)
    form.feed(text)
    return form.fields
