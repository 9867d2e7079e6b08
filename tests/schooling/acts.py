"""Acts that the tests of children share, each committed."""

from collections.abc import Awaitable

import asyncpg
import pytest

from coop.kernel import clock
from coop.kernel.refusal import Refused
from coop.running import Running
from coop.schooling.operations.check import keep_check
from coop.schooling.operations.consent import (
    by_word,
    withdraw_consent,
)
from coop.schooling.queries.checks import Check, check, status_rules
from coop.schooling.queries.role import school_transaction
from coop.schooling.rules.consent import Purpose
from coop.schooling.rules.status import Status, rule_on
from tests.schooling.family import (
    AGENCY,
    Family,
    line_of,
)


async def owner_rows(database: Running, sql: str, *values: object) -> list[asyncpg.Record]:
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        found: list[asyncpg.Record] = await owner.fetch(sql, *values)
        return found
    finally:
        await owner.close()


async def where_it_stands(database: Running, word: str) -> dict[str, int]:
    """Every table of the whole database in which a word stands, in any column."""
    tables = await owner_rows(
        database,
        "SELECT oid::regclass::text AS relname FROM pg_class"
        " WHERE relnamespace IN ('public'::regnamespace, 'safeguarding'::regnamespace) AND relkind IN ('r', 'p')"
        " AND NOT relispartition",
    )
    counts = " UNION ALL ".join(
        f"""SELECT '{row["relname"]}' AS t, count(*) AS n FROM {row["relname"]} x WHERE x::text ILIKE $1"""
        for row in tables
    )
    return {
        row["t"]: row["n"] for row in await owner_rows(database, counts, f"%{word}%") if row["n"]
    }


async def run_check(cooperative_id: int) -> Check:
    async with school_transaction(AGENCY) as tx:
        rule = rule_on(await status_rules(tx), "in-45", clock.today())
        found = await check(tx, rule, clock.today(), own=cooperative_id)
        await keep_check(tx, cooperative_id, found)
    return found


async def withdraw(family: Family, purpose: Purpose = Purpose.SCHOOL_CHECK) -> None:
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        await withdraw_consent(tx, line, purpose, None, by_word(clock.today()))


async def status_of(family: Family) -> Status:
    found = await run_check(family.cooperative_id)
    return next(c.finding.status for c in found.checked if c.child.person_no == family.child_no)


async def refused_with(act: Awaitable[object]) -> set[str]:
    with pytest.raises(Refused) as refused:
        await act
    return {one.code for one in refused.value.refusals}
