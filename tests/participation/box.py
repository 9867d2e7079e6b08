"""A cooperative whose box is read by two, and how a child's browser uses it."""

import itertools
import re
from dataclasses import dataclass
from html import unescape

import httpx

from coop.access.roles import Role
from coop.identity.operations import NewUser, add_user
from coop.kernel.db import transaction
from coop.participation.rules import Reader
from coop.participation.rules.pictures import PICTURES
from tests.trade import CONSOLE, PASSWORD, REACH, Side

_logins = itertools.count(1)


@dataclass(frozen=True)
class Box:
    """A box and its readers' accounts: of the cooperative, and of outside."""

    side: Side
    inside: int
    outside: int

    @property
    def path(self) -> str:
        """Its address."""
        return f"/say/{self.side.code}"

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Who reads it."""
        return (
            Reader(self.inside, "Basanti Namuna", outside=False),
            Reader(self.outside, "Rekha Udaharan", outside=True),
        )


async def open_box_of(side: Side) -> Box:
    """Give the box of a cooperative its two readers."""
    made = []
    async with transaction(REACH) as tx:
        for role, name, place in (
            (Role.FOCAL_POINT, "Basanti Namuna", side.id),
            (Role.STANDBY, "Rekha Udaharan", None),
        ):
            new = NewUser(f"voice-{next(_logins)}", name, role, place, PASSWORD, "en")
            made.append(await add_user(tx, CONSOLE, new))
    return Box(side, *made)


def form_id_of(page: str) -> str:
    """The id that the form was drawn with."""
    found = re.search(r'name="operation_id" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def pictures_of_page(page: str) -> tuple[int, ...]:
    """The numbers of the four pictures that a page shows."""
    by_path = {one.path: one.number for one in PICTURES}
    listed = page.split('class="pics pics--s"')[1]
    return tuple(by_path[unescape(path)] for path in re.findall(r'<path d="([^"]+)"', listed))


async def say_it(client: httpx.AsyncClient, box: Box, **typed: str) -> httpx.Response:
    """Open the box as a child does, tap and send."""
    page = await client.get(box.path)
    return await client.post(
        box.path, data={"operation_id": form_id_of(page.text), "how": "good", **typed}
    )


async def open_pictures(
    client: httpx.AsyncClient, box: Box, pictures: tuple[int, ...]
) -> httpx.Response:
    """Tap pictures and look."""
    return await client.post(f"{box.path}/answer", data={"p": [str(one) for one in pictures]})
