"""The demo's community work: a partner, a session, a committee, a round of visits, signs asked about."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from coop.community.operations.checklist import record_check
from coop.community.operations.committees import (
    book_committee_money,
    record_committee,
    record_meeting,
)
from coop.community.operations.keeping import Sending
from coop.community.operations.partners import (
    assign_hamlet,
    book_fund,
    record_partner,
    tie_worker,
)
from coop.community.operations.signs import answer_sign, begin_sheet, publish_signs
from coop.community.operations.villages import record_activity, record_round
from coop.community.queries.checklist import check_items
from coop.community.queries.committees import committees
from coop.community.queries.signs import sheet, signs
from coop.community.queries.work import partners
from coop.community.rules.checklist import Check, Seen
from coop.community.rules.prevalence import Round
from coop.community.rules.signs import Answered
from coop.community.rules.work import Activity, Committee, HamletGiven, Meeting, Money, Partner
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.kernel.quarter import quarter_of
from coop.schooling.queries.role import school_transaction
from coop.seed.cast import VILLAGES

_VILLAGE, _OTHER = VILLAGES["KOD01"]


async def fill(owner: int, worker: str) -> None:
    """Record what a partner and the villages did until today; the partner's person gets its hamlets."""
    today = clock.today()
    ended = quarter_of(quarter_of(today).first - timedelta(days=1))
    async with school_transaction(SYSTEM) as tx:
        partner = await _partner(tx, owner, today)
        await _villages(tx, owner, partner, today)
    async with school_transaction(SYSTEM) as tx:
        with clock.frozen(datetime.combine(ended.last, time(10), clock.IST)):
            await _signs(tx, owner)
        await publish_signs(tx, owner, ended)
    await _tie(owner, partner, worker)


async def _tie(owner: int, partner: int, worker: str) -> None:
    async with transaction(SYSTEM) as tx:
        user = await tx.fetchval("SELECT id FROM user_account WHERE login = $1", worker)
    if user is not None:
        async with school_transaction(SYSTEM) as tx:
            await tie_worker(tx, owner, partner, user, _form())


def _form(role: str = "focal_point", partner: int | None = None) -> Sending:
    return Sending(uuid4(), {}, role, partner)


async def _partner(tx: Transaction, owner: int, today: date) -> int:
    begin = today - timedelta(days=200)
    one = Partner("नमूना सेवा (काल्पनिक)", "क्षेत्र समन्वयक", begin, today + timedelta(days=165))
    await record_partner(tx, owner, one, _form())
    partner = (await partners(tx, owner))[0].id
    await assign_hamlet(
        tx, owner, partner, HamletGiven(_VILLAGE, "", begin, assigned=True), _form()
    )
    for kind, words, rupees, days in (
        ("granted", "नमूना संस्था, पहली किस्त (काल्पनिक)", 120_000, 190),
        ("spent", "सेतु कक्षा: किताबें और स्लेट", 18_450, 60),
        ("spent", "गाँव की बैठकें", 6_200, 12),
    ):
        money = Money(kind, words, rupees * 100, today - timedelta(days=days))
        await book_fund(tx, owner, partner, money, _form())
    return partner


async def _villages(tx: Transaction, owner: int, partner: int, today: date) -> None:
    session = Activity(
        "awareness", "child_labour", _VILLAGE, "", today - timedelta(days=12), "khortha",
        {("F", "adult"): 23, ("M", "adult"): 9, ("F", "14_17"): 6, ("M", "under_14"): 11},
    )  # fmt: skip
    bridge = Activity(
        "bridge_class", "", _VILLAGE, "", today - timedelta(days=40), "hindi",
        {("F", "under_14"): 8, ("M", "under_14"): 10},
    )  # fmt: skip
    for one in (bridge, session):
        await record_activity(tx, owner, one, None, _form("cso_partner", partner))
    formed = today - timedelta(days=240)
    seats = {("panchayat", "F"): 1, ("teacher", "M"): 1, ("anganwadi", "F"): 2, ("parent", "F"): 4,
             ("parent", "M"): 3, ("child", "F"): 1, ("child", "M"): 1}  # fmt: skip
    for village, met in ((_VILLAGE, 21), (_OTHER, 130)):
        await record_committee(tx, owner, Committee(village, formed, seats), _form())
        found = await committees(tx, owner, today)
        number = next(one.id for one in found if one.village == village)
        meeting = Meeting(
            today - timedelta(days=met),
            ("panchayat", "teacher", "parent", "child"),
            "दो बच्चे सेतु कक्षा जाते हैं; हफ़्ते में दो शाम ढेरों का चक्कर।",
        )
        await record_meeting(tx, owner, number, meeting, _form())
        for kind, words, rupees in (("budget", "सेतु कक्षा", 15_000), ("spent", "सेतु कक्षा", 6_300)):  # fmt: skip
            await book_committee_money(
                tx, owner, number, Money(kind, words, rupees * 100, formed), _form()
            )
    for one_round in (
        Round(_VILLAGE, today - timedelta(days=30), False, 22, 41, 5),
        Round(_OTHER, today - timedelta(days=25), True, 5, 12, 1),
    ):
        await record_round(tx, owner, one_round, None, _form("facilitator"))
    items = await check_items(tx, today)
    good = {one.code: one.good for one in items}
    for village, odd, days in (
        (_VILLAGE, {"danger": Seen.YES, "teacher": Seen.NO, "meal": Seen.UNSEEN}, 9),
        (_OTHER, {"committee": Seen.YES, "advance": Seen.YES}, 38),
    ):
        sheet_seen = Check(village, today - timedelta(days=days), {**good, **odd})
        await record_check(tx, owner, sheet_seen, _form("community_monitor"))


async def _signs(tx: Transaction, owner: int) -> None:
    asked = await signs(tx, clock.today())
    for no in range(1, 9):
        number = await begin_sheet(tx, owner, f"HKOD01-{no:03d}", _form(), consent=True)
        one = await sheet(tx, number or 0)
        if one is None:
            continue
        yes = ("advance", "tied", "grows")[: no % 4]
        for sign in asked:
            said = Answered.YES if sign.code in yes else Answered.NO
            await answer_sign(tx, one, sign.code, said if no != 5 else Answered.SKIPPED)
