"""The demo: invented people, two cooperatives and two months of trade, made through the operations.

Only an empty database, or one that a demo made, is filled. The seed's clock starts before the
first act and moves with each day, so that receipts carry the time of their weighing.
"""

import os
import random
import secrets
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from coop.access.actor import SYSTEM_ACTOR
from coop.access.roles import Role
from coop.cooperatives.operations import record_centre, record_cooperative
from coop.cooperatives.queries import cooperatives
from coop.identity.operations import NewUser, add_user
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.kernel.refusal import Unusable
from coop.prices.operations import Sending as NoticeSending
from coop.prices.operations import publish_notice, record_grade
from coop.prices.queries import last_notice_id
from coop.receipts.operations.keys import make_missing_keys
from coop.seed import (
    cases,
    cast,
    children,
    community,
    evenings,
    families,
    firms,
    livelihoods,
    places,
    sales,
    trade,
    voices,
)
from coop.settings import say_to_operator, settings
from coop.sites.operations import Sending as SiteSending
from coop.sites.operations import record_permission, record_site

# Days of trade, weighings of a cooperative a day, members of a cooperative. "tiny" is for trying things.
SIZES = {
    "tiny": (60, 5, 60),
    "small": (60, 50, 60),
    "district": (60, 1_667, 1_000),
    "state": (60, 16_667, 5_000),
}
_MARK = "demo.toml"


async def fill() -> None:
    """Fill an empty database and print the sign-ins; a second start prints them again."""
    mark = settings().home / _MARK
    async with transaction(SYSTEM) as tx:
        empty = not await cooperatives(tx)
    if not empty and not mark.exists():
        raise Unusable(
            "the database holds real data; a demo fills only an empty one. Set COOP_HOME"
        )
    if empty:
        size = os.environ.get("COOP_DEMO_SIZE") or "small"
        if size not in SIZES:
            raise Unusable(f"COOP_DEMO_SIZE={size}: one of {', '.join(SIZES)}")
        await _fill(mark, *SIZES[size])
    _print_sign_ins(mark)


async def _fill(mark: Path, days: int, a_day: int, members: int) -> None:
    chance = random.Random(20261124)  # noqa: S311  (a demo's people, not a secret)
    last = clock.now()
    first = (
        (last - timedelta(days=days))
        .astimezone(clock.IST)
        .replace(hour=5, minute=0, second=0, microsecond=0)
    )
    say_to_operator(f"filling: {days} days of two cooperatives, about {2 * days * a_day} weighings")
    with clock.frozen(first):
        async with transaction(SYSTEM) as tx:
            owners = await _places(tx, first)
            await firms.buyers(tx, clock.ist_day(first), clock.ist_day(last))
            await trade.admit(tx, owners, members, chance)
            await _sign_ins(tx, owners, mark)
            await sales.begin(tx, owners, clock.ist_day(first))
    for day in range(days + 1):
        await trade.one_day(owners, first + timedelta(days=day), a_day, members, chance, last)
        await sales.of_day(owners, day, first + timedelta(days=day), chance, last)
        await evenings.close(owners, days - day, first + timedelta(days=day))
    await children.fill(owners, facilitator="facilitator")
    await community.fill(owners["KOD01"], worker="cso")
    await cases.fill(owners)
    await voices.fill(owners, last)
    with clock.frozen(last):
        async with transaction(SYSTEM) as tx:
            await families.ask(tx, owners, clock.ist_day(last))
            await livelihoods.live(tx, owners, clock.ist_day(last))


async def _places(tx: Transaction, first: datetime) -> dict[str, int]:
    owners = {one.code: await record_cooperative(tx, one) for one in places.COOPERATIVES}
    await make_missing_keys(tx, settings().keys, settings().trust_domain)
    for centre in places.CENTRES:
        await record_centre(tx, owners[centre.cooperative], centre)
    for site in places.SITES:
        await record_site(tx, site)
    for grade in places.GRADES:
        await record_grade(tx, grade)
    for notice in places.notices(first):
        sending = NoticeSending(
            uuid4(), Role.PRICE_OFFICER, may_publish_for_past=False, seen=await last_notice_id(tx)
        )
        await publish_notice(tx, notice, sending)
    paper = SiteSending(uuid4(), Role.INSPECTOR, 1, {places.JHARKHAND})
    await record_permission(tx, places.permission(first), paper)
    return owners


async def _sign_ins(tx: Transaction, owners: dict[str, int], mark: Path) -> None:
    lines = []
    for one in cast.SIGN_INS:
        password = os.environ.get("COOP_DEMO_PASSWORD") or secrets.token_urlsafe(9)
        place = owners[one.cooperative] if one.cooperative else None
        person = NewUser(one.user, one.name, Role(one.role), place, password)
        user_id = await add_user(tx, SYSTEM_ACTOR, person, demo=True)
        if person.role is Role.BUYER:
            await firms.tie(tx, user_id)
        lines.append(f'{one.user} = ["{one.role}", {_quoted(password)}]')
    _keep(mark, lines)


def _keep(mark: Path, lines: list[str]) -> None:
    """The demo's passwords stand in a file of its home, for the next start to print again."""
    mark.touch(mode=0o600)
    mark.write_text("\n".join(lines) + "\n", "utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _print_sign_ins(mark: Path) -> None:
    for user, (role, password) in tomllib.loads(mark.read_text("utf-8")).items():
        print(f"sign-in: {role} {user} {password}", flush=True)
