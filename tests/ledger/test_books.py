"""The books by keys and kept sums: right to the paisa on every day, and never by a walk through all lines."""

from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import pytest_asyncio

from coop.cooperatives.operations import record_cooperative
from coop.cooperatives.rules import Cooperative
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.ledger.operations import next_number, turn_pages
from coop.ledger.queries import books
from coop.ledger.queries.books import Place
from coop.ledger.rules import PAGE_JOURNALS, page_of

JOURNALS = 21 * PAGE_JOURNALS + 123
FIRST = date(2026, 4, 1)
RARE = range(7, JOURNALS, 3_001)  # journals that touch the bank


@dataclass(frozen=True)
class Book:
    """A cooperative with a book of many pages, in a transaction that is undone; its lines as written."""

    tx: Transaction
    coop: int
    fy: int
    lines: list[tuple[int, int, date, int, int, int]]  # no, line, day, account, paise, member

    def balance(self, code: int, until: date = date.max, place: Place | None = None) -> int:
        return sum(
            paise
            for no, line, day, account, paise, _ in self.lines
            if account == code
            and day <= until
            and (place is None or (no, line) <= (place.no, place.line_no))
        )


@pytest_asyncio.fixture(scope="module")
async def book(database: object) -> AsyncIterator[Book]:
    from coop.kernel.db import SYSTEM, transaction

    class _Undo(Exception):
        pass

    try:
        async with transaction(SYSTEM) as tx:
            yield await _written(tx)
            raise _Undo
    except _Undo:
        pass


async def _written(tx: Transaction) -> Book:
    coop = await record_cooperative(
        tx, Cooperative("BOOKS", "Cooperative of books", "बही समिति", "Tisri", 974, 20)
    )
    fy = clock.financial_year(clock.now())
    lines: list[tuple[int, int, date, int, int, int]] = []
    for no in range(1, JOURNALS + 1):
        # Days run on with the numbers, and now and then a journal is of an earlier day.
        day = FIRST + timedelta(days=no // 60 - (9 if no % 50 == 0 and no > 600 else 0))
        other = 1110 if no in RARE else 1010
        lines += [(no, 1, day, 2110, no, 1 + no % 7), (no, 2, day, other, -no, 0)]
    days = {no: day for no, _, day, _, _, _ in lines}
    await tx.execute(
        "INSERT INTO journal (cooperative_id, fy, no, day, posted_at, about, document)"
        " SELECT $1, $2, n, d, now(), 'test', 'T' || n FROM unnest($3::bigint[], $4::date[]) u (n, d)",
        coop, fy, list(days), list(days.values()),
    )  # fmt: skip
    columns = list(zip(*lines, strict=True))
    await tx.execute(
        "INSERT INTO ledger_entry (cooperative_id, fy, journal_no, line_no, account_code, amount_paise, member_id)"
        " SELECT $1, $2, u.* FROM unnest($3::bigint[], $4::smallint[], $5::int[], $6::bigint[], $7::bigint[]) u",
        coop, fy, columns[0], columns[1], columns[3], columns[4], columns[5],
    )  # fmt: skip
    for _ in range(1):
        await next_number(tx, coop, fy, "J")
    await tx.execute(
        "UPDATE number_series SET last_no = $2 WHERE cooperative_id = $1", coop, JOURNALS
    )
    return Book(tx, coop, fy, lines)


async def test_what_is_summed_changes_no_answer(book: Book) -> None:
    """Read line by line first, then by pages: the same on every day, the same for every account."""
    asked = [FIRST, FIRST + timedelta(days=100), FIRST + timedelta(days=111), date(2030, 1, 1)]
    before = [await books.balances_on(book.tx, book.coop, day) for day in asked]
    await turn_pages(book.tx, book.coop)
    pages = await book.tx.fetchval(
        "SELECT count(DISTINCT page_no) FROM book_page_total WHERE cooperative_id = $1", book.coop
    )
    assert pages == JOURNALS // PAGE_JOURNALS
    await turn_pages(book.tx, book.coop)
    for day, read in zip(asked, before, strict=True):
        now = await books.balances_on(book.tx, book.coop, day)
        assert [(one.code, one.paise) for one in now] == [(one.code, one.paise) for one in read]
        assert not any(one.as_kept for one in now), "nothing was kept for these made-up lines"
        assert sum(one.paise for one in now) == 0
        assert {one.code: one.paise for one in now} == {
            code: book.balance(code, day)
            for code in (1010, 1110, 2110)
            if any(account == code and d <= day for _, _, d, account, _, _ in book.lines)
        }


@pytest.mark.parametrize("code", [1010, 1110, 2110])
async def test_an_account_page_by_page(book: Book, code: int) -> None:
    await turn_pages(book.tx, book.coop)
    wanted = [line for line in reversed(book.lines) if line[3] == code]
    after, seen = None, 0
    for _ in range(4):
        found = await books.account_entries(book.tx, book.coop, code, after, 40)
        if not found:
            break
        for entry, line in zip(found, wanted[seen : seen + 40], strict=True):
            assert (entry.journal_no, entry.line_no, entry.paise) == (line[0], line[1], line[4])
            here = Place(entry.fy, entry.journal_no, entry.line_no)
            if entry in (found[0], found[-1]):
                assert entry.balance_paise == book.balance(code, place=here)
        seen += len(found)
        after = Place(found[-1].fy, found[-1].journal_no, found[-1].line_no)
    assert seen == min(len(wanted), 160)
    if code == 1110:
        assert seen == len(RARE)
        assert await books.account_entries(book.tx, book.coop, code, after, 40) == []


async def test_the_last_line_of_all_ends_at_the_first(book: Book) -> None:
    first = await books.account_entries(book.tx, book.coop, 2110, Place(book.fy, 3, 1), 40)
    assert [(one.journal_no, one.balance_paise) for one in first] == [(2, 3), (1, 1)]


async def test_a_members_entries(book: Book) -> None:
    mine = [line for line in reversed(book.lines) if line[5] == 3]
    found = await books.party_entries(book.tx, book.coop, 2110, None, 30, member_id=3)
    assert [one.journal_no for one in found] == [line[0] for line in mine[:30]]
    assert found[0].balance_paise == sum(line[4] for line in mine)
    last = found[-1]
    place = Place(last.fy, last.journal_no, last.line_no)
    more = await books.party_entries(book.tx, book.coop, 2110, place, 30, member_id=3)
    assert more[0].balance_paise == last.balance_paise - last.paise


async def test_a_days_book(book: Book) -> None:
    by_day = defaultdict(list)
    for no, line_no, day, _, _, _ in book.lines:
        if line_no == 1:
            by_day[day].append(no)
    for day in (FIRST, FIRST + timedelta(days=77), FIRST + timedelta(days=JOURNALS // 60)):
        after, seen = None, []
        while found := await books.day_book(book.tx, book.coop, day, after, 25):
            seen += [one.no for one in found]
            assert all(one.paise == one.no for one in found)
            after = Place(found[-1].fy, found[-1].no, 0)
        assert seen == by_day[day]
    assert await books.day_book(book.tx, book.coop, date(1999, 1, 1), None, 25) == []


_TOUCHED = """
SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint, coalesce(sum(seq_tup_read), 0)::bigint
FROM pg_stat_xact_user_tables WHERE relname LIKE 'ledger_entry%' OR relname LIKE 'journal%'
"""


async def test_no_page_walks_through_the_book(book: Book) -> None:
    """Of some 21,000 lines a page reads what stands on a few pages: by PostgreSQL's own count of rows."""
    tx, coop = book.tx, book.coop
    await turn_pages(tx, coop)
    midst, day = Place(book.fy, 6_000, 9), FIRST + timedelta(days=77)
    asked = {
        "trial balance": (books.balances_on(tx, coop, FIRST + timedelta(days=150)), 1_000),
        "dense account": (books.account_entries(tx, coop, 1010, midst, 50), 4_000),
        "rare account": (books.account_entries(tx, coop, 1110, None, 50), 14_000),
        "member": (books.party_entries(tx, coop, 2110, midst, 50, member_id=3), 2_000),
        "day": (books.day_book(tx, coop, day, None, 50), 1_500),
    }
    for name, (question, most) in asked.items():
        before = await tx.fetchrow(_TOUCHED)
        await question
        after = await tx.fetchrow(_TOUCHED)
        assert before is not None
        assert after is not None
        assert after[1] == before[1], f"{name} walked through a table"
        assert 0 < after[0] - before[0] < most, (name, after[0] - before[0])
    assert page_of(JOURNALS) == 21
