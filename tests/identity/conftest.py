"""People to sign in, in two cooperatives of their own, and an application with their doors."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar, Request, get, post
from litestar.middleware import DefineMiddleware

from coop.access.actor import console_actor
from coop.access.guard import GUARD_HANDLERS, guard
from coop.access.permission import Permission
from coop.access.roles import ROLES, Place, Role
from coop.cooperatives.operations import record_cooperative
from coop.cooperatives.rules import Cooperative
from coop.identity.controllers import CONTROLLERS
from coop.identity.operations import NewUser, add_user
from coop.identity.queries import actor_of_token
from coop.kernel.db import Reach, transaction
from coop.kernel.web.csrf import CsrfMiddleware
from coop.kernel.web.errors import HANDLERS
from coop.kernel.web.session import SessionMiddleware
from coop.running import Running

PASSWORD = "neem hill 7 kettle"
CONSOLE = console_actor("tester")
CONSOLE_REACH = Reach(CONSOLE.label, None)
PUBLIC_URL = "https://coop.example"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Town:
    """Row ids of two cooperatives."""

    here: int
    elsewhere: int


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    user_id: int
    login: str


@pytest_asyncio.fixture(scope="session")
async def town(database: Running) -> Town:
    """Two cooperatives, kept for all tests of this folder."""
    made = []
    async with transaction(CONSOLE_REACH) as tx:
        for code in ("IDHERE", "IDTHERE"):
            entry = Cooperative(code, f"Cooperative {code}", f"समिति {code}", "B", 344, 20)
            made.append(await record_cooperative(tx, entry))
    return Town(*made)


MakePerson = Callable[..., Awaitable[Person]]


@pytest.fixture
def make_person(town: Town) -> MakePerson:
    """Make somebody in a role, committed; a role with a place gets the first cooperative."""

    async def make(role: Role = Role.CLERK, language: str = "en") -> Person:
        login = f"{role}-{next(_numbers)}"
        place = town.here if ROLES[role].place is Place.COOPERATIVE else None
        person = NewUser(login, "Asha Tudu", role, place, PASSWORD, language)
        async with transaction(CONSOLE_REACH) as tx:
            return Person(await add_user(tx, CONSOLE, person), login)

    return make


async def tags_of(person: Person) -> list[tuple[str, str]]:
    async with transaction(CONSOLE_REACH) as tx:
        rows = await tx.fetch(
            "SELECT tag, facts FROM audit_entry WHERE about_table = 'user_account'"
            " AND about_row = $1 AND tag NOT LIKE 'user:%' ORDER BY seq",
            str(person.user_id),
        )
    return [(row["tag"], row["facts"]) for row in rows]


@get("/home", opt={"permission": Permission.IDENTITY_SELF_USE})
async def home(request: Request[Any, Any, Any]) -> dict[str, str]:
    return {"who": request.user.name, "csrf": request.scope["state"]["csrf_token"]}


@post("/desk/entries", opt={"permission": Permission.DESK_ENTRY_POST})
async def post_entry(request: Request[Any, Any, Any]) -> dict[str, object]:
    return {"form": (await request.form()).get("grams")}


@get("/trail", opt={"permission": Permission.AUDIT_TRAIL_READ})
async def trail() -> dict[str, str]:
    return {"is": "trail"}


@post("/feedback", opt={"public": True, "csrf": "origin"})
async def feedback() -> dict[str, str]:
    return {"is": "taken"}


@post("/api/v1/echo", opt={"public": True})
async def echo(request: Request[Any, Any, Any]) -> dict[str, bool]:
    return {"session": request.scope["state"]["session"] is not None}


def app_of(*, secure: bool = False) -> Litestar:
    """The doors and a few rooms behind them."""
    return Litestar(
        [*CONTROLLERS, home, post_entry, trail, feedback, echo],
        guards=[guard],
        middleware=[
            DefineMiddleware(SessionMiddleware, resolver=actor_of_token, secure=secure),
            DefineMiddleware(CsrfMiddleware, public_url=PUBLIC_URL, secure=secure),
        ],
        exception_handlers={**HANDLERS, **GUARD_HANDLERS},
        openapi_config=None,
    )


class Browser:
    """Signs in and sends forms as a browser does: with its cookie, the origin and the token."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def sign_in(self, login: str, password: str = PASSWORD, **more: str) -> httpx.Response:
        """Send the form of the door."""
        return await self.client.post(
            "/sign-in", data={"user": login, "password": password, **more}
        )

    async def csrf(self) -> str:
        """The token of a page of this session."""
        answer = await self.client.get("/account/second-factor")
        if answer.status_code == 200:
            return answer.text.split('name="csrf" value="')[1].split('"')[0]
        return str((await self.client.get("/home")).json()["csrf"])

    async def send(self, path: str, **typed: str) -> httpx.Response:
        """Post a form of this session."""
        return await self.client.post(path, data={**typed, "csrf": await self.csrf()})

    @property
    def token(self) -> str:
        """The session's token, or nothing."""
        return self.client.cookies.get("s") or ""


@pytest_asyncio.fixture
async def browser(database: Running) -> AsyncIterator[Browser]:
    """A browser at the door."""
    transport = httpx.ASGITransport(app=app_of())  # type: ignore[arg-type]  # its scope is looser
    headers = {"origin": "http://testserver", "accept": "text/html"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://testserver", headers=headers
    ) as client:
        yield Browser(client)
