"""Issue 4, line 1: "voucher ... A copy says so": paper and page."""

import asyncio
import re

import httpx

from coop.access.roles import Role
from coop.kernel.db import transaction
from tests.come_in import come_in
from tests.papers.reading import by_pdfium
from tests.payments.test_passbook import facts, new_member, pay, weigh
from tests.trade import REACH, Trade


async def _voucher(trade: Trade) -> str:
    number = await new_member(trade)
    await weigh(trade, number)
    await pay(trade, number, 100)
    one = await facts(trade, number)
    async with transaction(REACH) as tx:
        found = await tx.fetchval(
            "SELECT c.code || '-' || substr(v.fy::text, 1, 2) || '-' || v.series || lpad(v.no::text, 5, '0')"
            " FROM voucher v JOIN cooperative c ON c.id = v.cooperative_id WHERE v.member_id = $1",
            one.id,
        )
    return str(found)


async def test_the_second_paper_is_a_copy(client: httpx.AsyncClient, trade: Trade) -> None:
    language, copy = "hi", "नकल"
    number = await _voucher(trade)
    await come_in(client, Role.TREASURER, trade.here, language)
    page = f"/vouchers/{number}"
    assert copy not in (await client.get(page)).text
    both = await asyncio.gather(*(client.get(f"{page}/voucher.pdf") for _ in range(2)))
    said = [" ".join(by_pdfium(one.content)) for one in both]
    assert sorted(copy in one for one in said) == [False, True]
    assert copy in (await client.get(page)).text  # from then on; looking counts nothing
    third = " ".join(by_pdfium((await client.get(f"{page}/voucher.pdf")).content))
    assert re.search(r"\b2\b", third.split(copy)[1])
    await come_in(client, Role.TREASURER, trade.there, language)
    assert (await client.get(f"{page}/voucher.pdf")).status_code == 404
    async with transaction(REACH) as tx:
        rows = await tx.fetchval(
            "SELECT count(*) FROM audit_read WHERE question = 'voucher paper' AND about = $1",
            number,
        )
    assert rows == 3
