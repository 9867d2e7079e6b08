"""The demo's readers and cases: a trained focal point in Koderma, the standby, three invented concerns."""

from datetime import timedelta
from uuid import uuid4

from coop.kernel import clock
from coop.kernel.db import SYSTEM, Reach, Transaction
from coop.safeguarding.operations.counts import publish_counts
from coop.safeguarding.operations.naming import name_reader
from coop.safeguarding.operations.telling import Told, raise_concern
from coop.safeguarding.operations.writing import write_line
from coop.safeguarding.queries.cases import all_cases, sight_of
from coop.safeguarding.queries.readers import account_named
from coop.safeguarding.queries.role import safe_transaction
from coop.safeguarding.rules.book import Kind, NewLine
from coop.safeguarding.rules.counts import half_of
from coop.safeguarding.rules.readers import Reader
from coop.schooling.queries.children import children


async def fill(owners: dict[str, int]) -> None:
    """Name readers, tell of three children, and begin with one of them."""
    now = clock.now()
    with clock.frozen(now - timedelta(days=30)):
        async with safe_transaction(SYSTEM) as tx:
            focal = await _name(tx, "focal", owners["KOD01"])
            await _name(tx, "standby", None)
            listed = next(
                (
                    one.person_no
                    for one in await children(tx)
                    if one.consent and one.cooperative_id == owners["KOD01"]
                ),
                "",
            )
    async with safe_transaction(SYSTEM) as tx:
        await publish_counts(tx, owners["KOD01"], half_of(clock.today()).before)
    with clock.frozen(now - timedelta(days=20)):
        await raise_concern(Told(owners["KOD01"], uuid4(), "work", "ढेर पर रोज़ बोरी उठाता है।"))
    await _begin(focal)
    with clock.frozen(now - timedelta(days=3)):
        await raise_concern(
            Told(
                owners["KOD01"],
                uuid4(),
                "school",
                "तीन महीने से स्कूल नहीं, छोटे भाई को देखना पड़ता है।",
                child_no=listed,
            )
        )
    with clock.frozen(now - timedelta(hours=2)):
        danger = Told(owners["KOD01"], uuid4(), "hazard", "गड्ढे की दीवार धँस रही है।", danger_now=True)
        await raise_concern(danger)
        await raise_concern(Told(owners["GIR01"], uuid4(), "bonded", "पेशगी के बदले काम।"))


async def _name(tx: Transaction, login: str, place: int | None) -> int:
    account = await account_named(tx, login, place)
    if account is None:
        raise LookupError(login)
    day = clock.today()
    training = "बाल सुरक्षा, दो दिन (नमूना)"
    reader = Reader(
        account.user_id,
        place,
        account.name,
        None,
        True,
        training,
        day - timedelta(days=40),
        day + timedelta(days=700),
        account.holds_role,
    )
    await name_reader(tx, reader)
    return account.user_id


async def _begin(focal: int) -> None:
    """The first case as far as a plan, a wish and a letter."""
    at = clock.now()
    steps = (
        (18, NewLine(Kind.RISK, clock.today() - timedelta(days=18), "high", "hazardous")),
        (18, NewLine(Kind.WISH, clock.today() - timedelta(days=18), "dcpu", "yes", "both")),
        (
            17,
            NewLine(
                Kind.REFERRAL,
                clock.today() - timedelta(days=17),
                "dcpu",
                "wish",
                shared=("number", "place", "what"),
                words="परिवार को योजना की मदद चाहिए।",
            ),
        ),
        (
            17,
            NewLine(
                Kind.STEP,
                clock.today() - timedelta(days=17),
                "bridge",
                due_on=clock.today() + timedelta(days=20),
            ),
        ),
        (4, NewLine(Kind.VISIT, clock.today() - timedelta(days=4), "clear", "home")),
    )
    for days, line in steps:
        with clock.frozen(at - timedelta(days=days)):
            async with safe_transaction(Reach(f"user:{focal}", None)) as tx:
                sight = await sight_of(tx, focal)
                case = (await all_cases(tx, sight.days))[0]
                await write_line(tx, sight, case, line)
