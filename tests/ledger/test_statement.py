"""The month's statement: equal to the lines of the ledger, as the page of the trial balance says it."""

import re
from collections import defaultdict

import httpx
import pytest

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.ledger.operations import turn_pages
from coop.ledger.queries.statement import balance_on, moved_in
from tests.come_in import come_in
from tests.sheets import words_of
from tests.trade import REACH, Trade, entry, post


async def test_each_account_is_the_sum_of_its_lines(trade: Trade) -> None:
    await post(
        trade.here, *(entry(trade.here, paid_mode=mode) for mode in ("upi", "cash", "later"))
    )
    today = clock.today()
    first = today.replace(day=1)
    async with transaction(REACH) as tx:
        await turn_pages(tx, trade.here.id)
        balance = await balance_on(tx, trade.here.id, today)
        moved = await moved_in(tx, trade.here.id, first, today, balance)
        rows = await tx.fetch(
            "SELECT e.account_code, e.amount_paise, j.day FROM ledger_entry e JOIN journal j"
            " ON (j.cooperative_id, j.fy, j.no) = (e.cooperative_id, e.fy, e.journal_no) WHERE e.cooperative_id = $1 AND j.day <= $2",
            trade.here.id,
            today,
        )
    expected: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        paise = row["amount_paise"]
        part = 0 if row["day"] < first else 1 if paise > 0 else 2
        expected[row["account_code"]][part] += paise if part < 2 else -paise
    assert {one.code for one in moved} == set(expected)
    for one in moved:
        assert [one.before_paise, one.debit_paise, one.credit_paise] == expected[one.code], one.code
        assert one.after_paise == one.before_paise + one.debit_paise - one.credit_paise
    assert sum(one.debit_paise for one in moved) == sum(one.credit_paise for one in moved) > 0
    assert balance.holds


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_paper_and_page_say_the_same(
    client: httpx.AsyncClient, trade: Trade, language: str
) -> None:
    await post(trade.here, entry(trade.here, paid_mode="later"))
    await come_in(client, Role.TREASURER, trade.here, language)
    page = await client.get(f"/ledger?coop={trade.here.code}")
    link = re.search(r'href="([^"]+trial-balance\.pdf[^"]*)"', page.text)
    assert link is not None
    answer = await client.get(link[1].replace("&amp;", "&"))
    assert answer.headers["content-type"] == "application/pdf"
    said = words_of(answer.content)
    for one in re.findall(r">(\d{4} [^<]+)</a>", page.text):
        assert one in said, one
    equal = "नाम और जमा बराबर हैं।" if language == "hi" else "Debit and credit are equal."
    assert equal in said
    assert equal in page.text
    early = await client.get("/ledger/trial-balance.pdf?on=2020-01-01")
    first = "पहली तौल" if language == "hi" else "The first weighing posts the first journal."
    assert first in words_of(early.content)


async def test_who_may_not_and_whose_it_is_not(client: httpx.AsyncClient, trade: Trade) -> None:
    await come_in(client, Role.CLERK, trade.here)
    assert (await client.get("/ledger/trial-balance.pdf")).status_code == 403
    await come_in(client, Role.TREASURER, trade.there)
    answer = await client.get(f"/ledger/trial-balance.pdf?coop={trade.here.code}")
    assert answer.status_code == 404
