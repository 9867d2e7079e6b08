"""The guard: shut unless a route states something, and says why."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar, asgi, get, post
from litestar.exceptions import ImproperlyConfiguredException
from litestar.types import Receive, Scope, Send

from coop.access.actor import Actor, ActorKind
from coop.access.guard import GUARD_HANDLERS, guard, refuse_unguarded, unguarded_routes
from coop.access.permission import Permission
from coop.access.policy import Assignment
from coop.access.roles import Role
from coop.kernel.web.errors import HANDLERS

CLERK = Actor(ActorKind.USER, 1, "C", (Assignment(Role.CLERK, 7),))
AUDITOR = Actor(ActorKind.USER, 2, "A", (Assignment(Role.AUDITOR, None),))
ACTORS = {"clerk": CLERK, "auditor": AUDITOR}


class Pretend:
    """Stands where the session middleware would: the header names the actor."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        named = dict(scope["headers"]).get(b"x-actor", b"").decode()
        scope["state"]["actor"] = ACTORS.get(named)
        await self.app(scope, receive, send)


@get("/open", opt={"public": True})
async def open_to_all() -> str:
    return "open"


@get("/desk", opt={"permission": Permission.DESK_ENTRY_POST})
async def desk() -> str:
    return "desk"


@get("/api/v1/books", opt={"permission": Permission.LEDGER_BOOK_READ})
async def books() -> dict[str, str]:
    return {"is": "books"}


@get("/trail", opt={"permission": Permission.AUDIT_TRAIL_READ})
async def trail() -> str:
    return "trail"


@get("/silent")
async def silent() -> str:
    return "never"


@post("/worded", opt={"permission": "desk:entry:post"})
async def worded() -> str:
    return "never"


@get("/both", opt={"public": True, "permission": Permission.DESK_ENTRY_POST})
async def both() -> str:
    return "never"


@asgi("/raw", copy_scope=True)
async def raw(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError("never")


def app_of(*handlers: Any) -> Litestar:
    return Litestar(
        list(handlers),
        guards=[guard],
        middleware=[Pretend],
        exception_handlers={**HANDLERS, **GUARD_HANDLERS},
        openapi_config=None,
    )


@pytest_asyncio.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = app_of(open_to_all, desk, books, trail, silent, worded, raw)
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # its scope is looser
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as made:
        yield made


async def test_a_public_route_is_open(client: httpx.AsyncClient) -> None:
    assert (await client.get("/open")).text == "open"


async def test_a_stranger_is_sent_to_the_door_and_back(client: httpx.AsyncClient) -> None:
    answer = await client.get("/desk", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/desk")


async def test_a_stranger_program_gets_401(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/books")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


async def test_the_role_opens_its_route(client: httpx.AsyncClient) -> None:
    assert (await client.get("/desk", headers={"x-actor": "clerk"})).text == "desk"


async def test_a_missing_permission_is_403_with_the_reason(client: httpx.AsyncClient) -> None:
    answer = await client.get(
        "/api/v1/books", headers={"x-actor": "clerk", "accept-language": "en"}
    )
    assert answer.status_code == 403
    assert "role" in answer.json()["detail"]


async def test_a_missing_second_factor_leads_to_its_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/trail", headers={"x-actor": "auditor", "accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account/second-factor?next=/trail"
    answer = await client.get("/api/v1/books", headers={"x-actor": "auditor"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/silent", "/raw"])
async def test_a_route_that_states_nothing_is_shut(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers={"x-actor": "clerk", "accept": "application/json"})
    assert answer.status_code == 403


async def test_a_permission_in_words_is_no_permission(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "/worded", headers={"x-actor": "clerk", "accept": "application/json"}
    )
    assert answer.status_code == 403


async def test_options_names_methods_only(client: httpx.AsyncClient) -> None:
    answer = await client.options("/desk")
    assert (answer.status_code, answer.text) == (204, "")


def test_unguarded_routes_are_named() -> None:
    found = unguarded_routes(app_of(open_to_all, desk, silent, worded, both, raw))
    assert [name.split(" (")[0] for name in sorted(found)] == [
        "GET /both", "GET /silent", "POST /worded", "asgi /raw",
    ]  # fmt: skip


def test_an_unguarded_route_stops_the_start() -> None:
    refuse_unguarded(app_of(open_to_all, desk))
    with pytest.raises(ImproperlyConfiguredException, match="/silent"):
        refuse_unguarded(app_of(open_to_all, silent))
