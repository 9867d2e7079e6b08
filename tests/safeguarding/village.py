"""Two cooperatives, who reads their cases, and acts that tests share; all invented."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from coop.access.roles import ROLES, Role
from coop.cooperatives.operations import record_cooperative
from coop.cooperatives.rules import Cooperative
from coop.identity.operations.sealing import seal
from coop.identity.operations.sessions import open_session
from coop.kernel import clock
from coop.kernel.db import Reach, transaction
from coop.kernel.web.session import cookie_name
from coop.safeguarding.operations.naming import name_reader
from coop.safeguarding.operations.telling import Told, raise_concern
from coop.safeguarding.operations.writing import write_line
from coop.safeguarding.queries.cases import Case, all_cases, case_named, days_on, sight_of
from coop.safeguarding.queries.readers import account_named
from coop.safeguarding.queries.role import safe_transaction
from coop.safeguarding.rules.book import Kind, NewLine
from coop.safeguarding.rules.readers import Reader
from coop.settings import settings
from tests.schooling.family import new_family, user_id
from tests.trade import Side, person

AGENCY = Reach("console:test", None)


@dataclass(frozen=True)
class Village:
    """``first`` and ``second`` read in ``here``; ``there`` has nobody but the agency's standby."""

    here: Side
    there: Side
    first: int
    second: int
    standby: int
    first_login: str
    second_login: str
    standby_login: str


async def open_village() -> Village:
    """Record cooperatives and readers; committed."""
    sides = []
    async with transaction(AGENCY) as tx:
        for code in ("SAFA", "SAFB"):
            entry = Cooperative(code, f"Cooperative {code}", f"समिति {code}", "Koderma", 334, 20)
            sides.append(Side(await record_cooperative(tx, entry), code, 0, "", None))  # type: ignore[arg-type]  # no scale here
    logins = [
        await person(Role.FOCAL_POINT, sides[0]),
        await person(Role.FOCAL_POINT, sides[0]),
        await person(Role.STANDBY, sides[0]),
    ]
    for login, place in zip(logins, (sides[0].id, sides[0].id, None), strict=True):
        await name(login, place)
    numbers = [await user_id(login) for login in logins]
    return Village(sides[0], sides[1], *numbers, *logins)


async def name(login: str, place: int | None, *, days: int = 300, **changed: Any) -> None:
    """Name a reader; ``days`` until the training ends."""
    today = clock.today()
    async with safe_transaction(AGENCY) as tx:
        account = await account_named(tx, login, place)
        assert account is not None
        values: dict[str, Any] = {
            "person_id": None, "woman": True, "training": "Two days, invented",
            "trained_on": today - timedelta(days=400), "valid_until": today + timedelta(days=days),
            "holds_role": account.holds_role,
        }  # fmt: skip
        await name_reader(tx, Reader(account.user_id, place, account.name, **{**values, **changed}))


async def enter(client: httpx.AsyncClient, login: str) -> None:
    """Let somebody into the browser, with a second factor where the role asks for one."""
    user = await user_id(login)
    async with transaction(AGENCY) as tx:
        held = await tx.fetchval("SELECT role FROM role_assignment WHERE user_id = $1", user)
        second = ROLES[Role(held)].second_factor
        if second and not await tx.fetchval("SELECT 1 FROM second_factor WHERE user_id = $1", user):
            await tx.execute(
                "INSERT INTO second_factor (user_id, sealed_secret, enrolled_at) VALUES ($1, $2, now())",
                user,
                seal("JBSWY3DPEHPK3PXP", user),
            )
        token = await open_session(tx, user, second_factor_passed=second)
    client.cookies.clear()
    client.cookies.set(cookie_name(secure=settings().secure), token)


async def tell(side: Side, about: str = "work", **told: Any) -> str:
    """Tell a concern; return the number of its case."""
    before = {case.case_no for case in await cases(side)}
    await raise_concern(Told(side.id, uuid4(), about, raised_by="user:1", **told))
    new = {case.case_no for case in await cases(side)} - before
    return new.pop() if new else ""


async def cases(side: Side) -> list[Case]:
    async with safe_transaction(Reach("console:test", (side.id,))) as tx:
        return await all_cases(tx, await days_on(tx, None, clock.today()))


async def case_at(case_no: str) -> Case:
    async with safe_transaction(AGENCY) as tx:
        found = await case_named(tx, case_no, await days_on(tx, None, clock.today()))
        assert found is not None
        return found


async def seen_by(user: int, case_no: str) -> bool:
    async with safe_transaction(AGENCY) as tx:
        sight = await sight_of(tx, user)
        case = await case_named(tx, case_no, sight.days)
        assert case is not None
        return sight.sees(case)


async def write(user: int, case_no: str, kind: Kind, choice: str = "", **rest: Any) -> None:
    """Write a line as a reader would; committed."""
    async with safe_transaction(Reach(f"user:{user}", None)) as tx:
        sight = await sight_of(tx, user)
        case = await case_named(tx, case_no, sight.days)
        assert case is not None
        new = NewLine(kind, rest.pop("on", clock.today()), choice, **rest)
        await write_line(tx, sight, case, new)


async def line_id(case_no: str, kind: Kind) -> int:
    return [one for one in (await case_at(case_no)).facts.lines if one.kind is kind][-1].id


async def ready_to_close(user: int, case_no: str) -> None:
    """Risk, a step that was done, two clear visits, and the closing asked for."""
    await write(user, case_no, Kind.RISK, "high", second="hazardous")
    await write(user, case_no, Kind.STEP, "school_entry", due_on=clock.today())
    step = await line_id(case_no, Kind.STEP)
    await write(user, case_no, Kind.STEP_END, "done", about_id=step)
    for _ in range(2):
        await write(user, case_no, Kind.VISIT, "clear", second="home")
    await write(user, case_no, Kind.CLOSING, "visits", words="Register of the school seen")


__all__ = ["new_family"]
