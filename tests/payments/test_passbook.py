"""Passbooks: the ledger's own figures, prints that never show a line twice, who may see them."""

import asyncio
import itertools
import re
from datetime import date, timedelta
from uuid import uuid4

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.members.operations import Admission, Particulars, admit_members
from coop.members.queries.member import MemberFacts, member
from coop.payments.operations.record import Money, Person, record_money
from coop.payments.queries.passbook import month_days, passbook_of_month
from coop.payments.rules import Kind
from tests.come_in import come_in
from tests.sheets import words_of
from tests.trade import REACH, Trade, entry, post
from tests.weighing.test_pages import fields_of

_numbers = itertools.count(7301)


async def new_member(trade: Trade) -> str:
    """Somebody whose book nobody else writes in."""
    number, since = f"{next(_numbers)}", clock.today() - timedelta(days=9)
    known = Particulars(name_latin="Phulmani Namuna", name_hi="फूलमनी नमूना", sex="F", dob=date(1980, 1, 1), state_lgd=20)  # fmt: skip
    async with transaction(REACH) as tx:
        await admit_members(
            tx, trade.here.id, [Admission(number, known, since, ceased_on=None, ceased_reason="")]
        )  # fmt: skip
    return number


async def facts(trade: Trade, number: str) -> MemberFacts:
    async with transaction(REACH) as tx:
        found = await member(tx, trade.here.code, number)
    assert found is not None
    return found


async def weigh(trade: Trade, number: str, mode: str = "later") -> None:
    await post(trade.here, entry(trade.here, member_no=number, paid_mode=mode))


async def pay(trade: Trade, number: str, paise: int) -> None:
    async with transaction(REACH) as tx:
        money = Money(uuid4(), Kind.PAID, "cash", paise, clock.today(), number)
        await record_money(tx, trade.here.id, trade.here.code, Person(1, "treasurer"), money)


async def lines(trade: Trade, member_id: int) -> list[int]:
    """Every line of the ledger on what is due to them, as it stands there."""
    async with transaction(REACH) as tx:
        rows = await tx.fetch(
            "SELECT amount_paise FROM ledger_entry WHERE cooperative_id = $1 AND account_code = 2110"
            " AND member_id = $2 ORDER BY fy, journal_no, line_no",
            trade.here.id,
            member_id,
        )
    return [row["amount_paise"] for row in rows]


def test_a_month_has_its_days() -> None:
    for year, month in itertools.product((2024, 2026), range(1, 13)):
        first, last = month_days(date(year, month, 17))
        assert (first.day, first.month, last.month) == (1, month, month)
        assert last.toordinal() + 1 == date(year + month // 12, month % 12 + 1, 1).toordinal()


async def test_every_figure_is_the_ledgers(trade: Trade) -> None:
    number = await new_member(trade)
    await weigh(trade, number)
    await weigh(trade, number, "cash")
    await pay(trade, number, 1050)
    one = await facts(trade, number)
    async with transaction(REACH) as tx:
        book = await passbook_of_month(tx, one, clock.today())
        before = await passbook_of_month(tx, one, date(2020, 1, 1))
    kept = await lines(trade, one.id)
    assert len(kept) == 4
    assert len(book.lines) == 3, "paid in cash at the scale is one line with both"
    assert book.added_paise == -sum(paise for paise in kept if paise < 0)
    assert book.taken_paise == sum(paise for paise in kept if paise > 0)
    assert book.closing_paise == one.due_paise == -sum(kept) > 0
    assert [line.balance_paise for line in book.lines][-1] == book.closing_paise
    assert all(line.grams > 0 and line.grade_code for line in book.lines[:2])
    assert (before.lines, before.closing_paise) == ((), 0)


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_page_and_paper_say_the_same(
    client: httpx.AsyncClient, trade: Trade, language: str
) -> None:
    number = await new_member(trade)
    await weigh(trade, number)
    await pay(trade, number, 1050)
    one = await facts(trade, number)
    await come_in(client, Role.MANAGER, trade.here, language)
    path = f"/members/{trade.here.code}/{number}"
    assert f'href="{path}/passbook"' in (await client.get(path)).text
    page = await client.get(f"{path}/passbook")
    assert page.status_code == 200
    link = re.search(r'href="([^"]+passbook\.pdf[^"]*)"', page.text)
    assert link is not None
    paper = await client.get(link[1].replace("&amp;", "&"))
    assert paper.headers["content-type"] == "application/pdf"
    assert f'filename="passbook-{trade.here.code}-{number}-' in paper.headers["content-disposition"]
    said = words_of(paper.content)
    name = "फूलमनी नमूना" if language == "hi" else "Phulmani Namuna"
    async with transaction(REACH) as tx:
        book = await passbook_of_month(tx, one, clock.today())
        read = await tx.fetchval(
            "SELECT count(*) FROM audit_read WHERE question = 'passbook' AND about = $1", one.number
        )
    assert read == 2
    rupees = f"{one.due_paise // 100:,}.{one.due_paise % 100:02d}"
    for shown in (name, rupees, "10.50", *(line.document for line in book.lines)):
        assert shown in page.text, shown
        assert shown in said, shown


async def test_each_print_begins_where_the_last_ended(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    number = await new_member(trade)
    await come_in(client, Role.MANAGER, trade.here, "hi")
    path = f"/members/{trade.here.code}/{number}/passbook"
    page = await client.get(path)
    refused = await client.post(f"{path}/prints", data=fields_of(page.text, f"{path}/prints"))
    assert refused.status_code == 422
    assert "गलती" in refused.text
    assert 'class="empty"' in refused.text
    shown: list[str] = []
    for no in (1, 2):
        await weigh(trade, number)
        form = fields_of((await client.get(path)).text, f"{path}/prints")
        done = await client.post(f"{path}/prints", data=form)
        assert (done.status_code, done.headers["location"]) == (303, f"{path}?print={no}")
        again = await client.post(f"{path}/prints", data=form)
        assert again.headers["location"] == done.headers["location"]
        text = (await client.get(f"{path}?print={no}")).text
        shown.append(",".join(sorted(set(re.findall(rf"{trade.here.code}-\d\d-S\d+", text)))))
    assert shown[0]
    assert shown[1]
    assert shown[0] != shown[1]
    one = await facts(trade, number)
    async with transaction(REACH) as tx:
        kept = await tx.fetch(
            "SELECT no, balance_paise FROM passbook_print WHERE member_id = $1 ORDER BY no", one.id
        )
        tagged = await tx.fetchval(
            "SELECT count(*) FROM audit_entry WHERE tag = 'passbook:printed' AND about_row LIKE $1",
            f"{one.id}/%",
        )
    assert [row["no"] for row in kept] == [1, 2]
    assert kept[-1]["balance_paise"] == one.due_paise
    assert tagged == 2
    other = fields_of((await client.get(f"{path}")).text, f"{path}/prints")
    theirs = await new_member(trade)
    spent = {**other, "operation_id": form["operation_id"]}
    elsewhere = f"/members/{trade.here.code}/{theirs}/passbook/prints"
    assert (await client.post(elsewhere, data=spent)).status_code == 409


async def test_two_prints_at_once_are_one_after_the_other(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    number = await new_member(trade)
    await weigh(trade, number)
    await come_in(client, Role.TREASURER, trade.here)
    path = f"/members/{trade.here.code}/{number}/passbook"
    forms = [
        fields_of((await client.get(path)).text, f"{path}/prints"),
        fields_of((await client.get(path)).text, f"{path}/prints"),
    ]
    answers = await asyncio.gather(*(client.post(f"{path}/prints", data=one) for one in forms))
    assert sorted(one.status_code for one in answers) == [303, 422]


async def test_who_may_see_a_passbook(client: httpx.AsyncClient, trade: Trade) -> None:
    number = await new_member(trade)
    path = f"/members/{trade.here.code}/{number}/passbook"
    may = {
        role
        for role in Role
        if ROLES[role].holder is Holder.PERSON
        and Permission.MEMBERS_PASSBOOK_PRINT in ROLES[role].permissions
    }
    assert may == {Role.MANAGER, Role.TREASURER, Role.BOARD}
    for role in (Role.MANAGER, Role.BOARD, Role.CLERK, Role.FACILITATOR, Role.TEACHER):
        await come_in(client, role, trade.here)
        for door in (path, f"{path}/passbook.pdf"):
            answer = await client.get(door)
            assert answer.status_code == (200 if role in may else 403), (role, door)
    await come_in(client, Role.MANAGER, trade.there)
    csrf = await come_in(client, Role.MANAGER, trade.there)
    for door in (path, f"{path}/passbook.pdf", f"{path}?print=1"):
        answer = await client.get(door)
        assert answer.status_code == 404
        assert "Phulmani" not in answer.text
    answer = await client.post(f"{path}/prints", data={"csrf": csrf, "operation_id": str(uuid4())})
    assert answer.status_code == 404
    await come_in(client, Role.MANAGER, trade.here)
    for asked in ("month=2026-13", "month=x", "print=9", "print=x"):
        assert (await client.get(f"{path}?{asked}")).status_code == 404, asked
