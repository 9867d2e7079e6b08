"""What is told of cases leads back to none: a thousand difference attacks, and the act that tells it once."""

import asyncio
import itertools
import random
from collections.abc import Callable
from datetime import date

import asyncpg
import httpx
import pypdfium2
import pytest

from coop.cli.proofs import SEALS
from coop.kernel import clock
from coop.kernel.db import Reach
from coop.kernel.refusal import Refused
from coop.kernel.rounding import Draw
from coop.ledger.queries import first_broken_seals
from coop.running import Running
from coop.safeguarding.operations.counts import publish_counts
from coop.safeguarding.queries.counts import halves_told
from coop.safeguarding.queries.role import safe_transaction
from coop.safeguarding.rules.book import Kind
from coop.safeguarding.rules.counts import (
    LEAST_WIDTH,
    WITHIN,
    Half,
    Indicator,
    Shown,
    Told,
    counted,
    half_of,
    published,
    spans,
    together,
)
from tests.safeguarding.test_rules import TODAY, concern, facts, line
from tests.safeguarding.village import AGENCY, Village, enter, tell, write
from tests.schooling.family import fields_csrf
from tests.weighing.taken_back import insider

Counts = dict[Indicator, int]


def chance(drawn: random.Random) -> Callable[[], Draw]:
    return lambda: Draw(drawn.randrange(5), drawn.randrange(4))


def _years(drawn: random.Random) -> list[Counts]:
    """Four half-years that could be true: what was found at work was told of before, and so on."""
    most = drawn.choice((2, 6, 12, 40))
    made, sums = [], dict.fromkeys(Indicator, 0)
    for _ in range(4):
        now = dict.fromkeys(Indicator, 0)
        now[Indicator.TOLD] = drawn.randint(0, most)
        sums[Indicator.TOLD] += now[Indicator.TOLD]
        for inner, outer in ((Indicator.AT_WORK, Indicator.TOLD), (Indicator.SUPPORTED, Indicator.TOLD),
                             (Indicator.FOLLOWED, Indicator.TOLD), (Indicator.STOPPED, Indicator.AT_WORK)):  # fmt: skip
            now[inner] = drawn.randint(0, sums[outer] - sums[inner])
            sums[inner] += now[inner]
        least = 2 * sums[Indicator.FOLLOWED] - sums[Indicator.VISITS]
        now[Indicator.VISITS] = max(0, least) + drawn.randint(0, most)
        sums[Indicator.VISITS] += now[Indicator.VISITS]
        made.append(now)
    return made


def _tell(years: list[Counts], drawn: random.Random) -> list[Told]:
    told: list[Told] = []
    for now in years:
        told.append(published(now, told, chance(drawn)))
    return told


@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_difference_attacks_recover_nothing(seed: int) -> None:
    """250 cooperatives a seed: half-years added up, subtracted, parts held against wholes."""
    drawn = random.Random(seed)
    for _ in range(250):
        years = _years(drawn)
        told = _tell(years, drawn)
        for now, half, found in zip(years, told, spans(told), strict=True):
            for one in Indicator:
                span = found[one]
                assert span.least <= now[one] <= span.most, (one, now)
                assert span.most - span.least >= LEAST_WIDTH, (one, now, told)
                assert now[one] >= 5 or half[one].count is None


@pytest.mark.parametrize("seed", range(2))
def test_a_case_that_the_attacker_knows_of_stays_open(seed: int) -> None:
    """Two halves with and without one known case: both tellings leave room for it to be in or not."""
    drawn = random.Random(50 + seed)
    for _ in range(250):
        years = _years(drawn)
        more = [dict(now) for now in years]
        more[-1][Indicator.TOLD] += 1
        before, after = spans(_tell(years, drawn))[-1], spans(_tell(more, drawn))[-1]
        one, two = before[Indicator.TOLD], after[Indicator.TOLD]
        assert two.least - one.most <= 0 < 1 <= two.most - one.least


def test_the_way_it_was_told_before_falls_to_the_attack() -> None:
    """Counts rounded down to 5 and asked every day: the day on which one steps up tells the count."""
    asked = [n - n % 5 for n in range(8, 12)]
    assert [n for n, (a, b) in enumerate(itertools.pairwise(asked), 9) if a < b] == [10]
    assert all(inner is not outer for inner, outer, _ in WITHIN)


def test_a_case_counts_once_on_the_day_it_came_to_be_so() -> None:
    now = half_of(TODAY)
    worked = facts(
        [concern()],
        [line(2, Kind.RISK, "high", second="works"), line(3, Kind.RISK, "high", second="works")],
    )
    found = counted([worked] * 6 + [facts([concern("school")], [])], now)
    assert found[Indicator.TOLD] == 7
    assert found[Indicator.AT_WORK] == 6
    assert found[Indicator.STOPPED] == 0
    assert set(counted([worked], now.before).values()) == {0}
    assert Half(date(2026, 1, 1)).before.label == "2025-H2"
    half = {**dict.fromkeys(Indicator, Shown(10)), Indicator.STOPPED: Shown(None, hidden=True)}
    together_ = together([half, half], Indicator.TOLD)
    assert together_ is not None
    assert (together_.least, together_.most) == (12, 28)
    assert together([half], Indicator.STOPPED) is None


async def test_a_half_year_is_told_once_by_two_at_once(
    village: Village, database: Running, client: httpx.AsyncClient
) -> None:
    ended = half_of(clock.today()).before

    async def publish(half: Half) -> bool:
        async with safe_transaction(Reach(f"user:{village.first}", (village.here.id,))) as tx:
            return await publish_counts(tx, village.here.id, half)

    number = await tell(village.here)
    await write(village.first, number, Kind.RISK, "high", second="works")
    assert sorted(await asyncio.gather(publish(ended), publish(ended))) == [False, True]
    for half in (half_of(clock.today()), ended.before):
        with pytest.raises(Refused):
            await publish(half)
    async with safe_transaction(AGENCY) as tx:
        told = await halves_told(tx, village.here.id)
        assert [one.half for one in told] == [ended]
        assert set(told[0].told) == set(Indicator)
        assert await halves_told(tx, village.there.id) == ()
    await enter(client, village.first_login)
    page = await client.get("/cases/counts?lang=hi")
    assert "हर छमाही एक बार बताई जाती है।" in page.text
    assert (await client.get(f"/cases/counts?coop={village.there.code}")).status_code == 404
    csv = (await client.get("/cases/counts/table.csv")).text
    assert csv.count(f"{village.here.code},{ended.label}") == len(Indicator)
    paper = await client.get("/cases/counts/paper.pdf")
    assert ended.label in pypdfium2.PdfDocument(paper.content)[0].get_textpage().get_text_range()
    typed = {
        "csrf": fields_csrf((await client.get("/account")).text),
        "coop": village.there.code,
        "half": ended.label,
    }
    assert (await client.post("/cases/counts", data=typed)).status_code == 404
    typed |= {"coop": village.here.code}
    assert (await client.post("/cases/counts", data=typed)).status_code == 303
    owner = await asyncpg.connect(database.addresses.app)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await owner.execute("SELECT * FROM safeguarding.indicator_cell")
    finally:
        await owner.close()
    async with insider(database) as inside:
        await inside.execute(
            "UPDATE safeguarding.indicator_cell SET shown = 25 WHERE code = 'told' AND cooperative_id = $1",
            village.here.id,
        )
        assert "case_counts:published" in " ".join(await first_broken_seals(inside, SEALS))
