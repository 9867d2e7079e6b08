"""Acts against PostgreSQL: rows, entries, seals, the same form twice, two at once, what is erased."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from coop.cli.proofs import FAULTS, SEALS
from coop.community.operations.committees import (
    book_committee_money,
    record_committee,
    record_meeting,
)
from coop.community.operations.keeping import Sending
from coop.community.operations.partners import assign_hamlet, book_fund, record_partner
from coop.community.operations.signs import (
    answer_sign,
    begin_sheet,
    erase_sheet,
    forget_signs,
    publish_signs,
)
from coop.community.operations.villages import record_activity, record_round
from coop.community.queries.committees import committees, estimates
from coop.community.queries.signs import published_signs, sheet, signs
from coop.community.queries.work import activities, coverage_now, funds_of, partners, place_of
from coop.community.rules.prevalence import Round
from coop.community.rules.signs import Answered
from coop.community.rules.work import Activity, Committee, HamletGiven, Meeting, Money, Partner
from coop.kernel import clock
from coop.kernel.quarter import quarter_of
from coop.kernel.refusal import Conflict, NotThere, Refused
from coop.ledger import queries as ledger
from coop.running import Running
from coop.schooling.queries.role import school_transaction
from tests.schooling.family import AGENCY, FAR_VILLAGE, VILLAGE, Town, new_family
from tests.weighing.taken_back import insider


def form(**body: str) -> Sending:
    return Sending(uuid4(), body, "focal_point")


async def new_partner(town: Town) -> int:
    today = clock.today()
    one = Partner(
        f"Seva {uuid4().hex[:6]}", "coordinator", today - timedelta(9), today + timedelta(9)
    )
    async with school_transaction(AGENCY) as tx:
        await record_partner(tx, town.here.id, one, form())
        return next(x.id for x in await partners(tx, town.here.id) if x.partner == one)


def session(village: str = VILLAGE) -> Activity:
    return Activity(
        "awareness", "school", village, "", clock.today(), "khortha", {("F", "adult"): 7}
    )


async def test_money_of_a_partner_is_booked_once_and_sealed(town: Town, database: Running) -> None:
    partner, today = await new_partner(town), clock.today()
    sent = form(amount="900")
    grant = Money("granted", "Foundation", 900_00, today)

    async def book() -> None:
        async with school_transaction(AGENCY) as tx:
            await book_fund(tx, town.here.id, partner, grant, sent)

    await asyncio.gather(book(), book())
    async with school_transaction(AGENCY) as tx:
        await book_fund(tx, town.here.id, partner, Money("spent", "Books", 1000_00, today), form())
        line = next(x for x in await partners(tx, town.here.id) if x.id == partner)
        assert (line.granted_paise, line.spent_paise) == (900_00, 1000_00)
        assert line.balance_paise == -100_00
        assert len(await funds_of(tx, partner)) == 2
    async with school_transaction(AGENCY) as tx:
        with pytest.raises(Conflict):
            await book_fund(tx, town.here.id, partner, grant, replace(sent, body={"amount": "1"}))
    async with school_transaction(AGENCY) as tx:
        with pytest.raises(NotThere):
            await book_fund(tx, town.there.id, partner, grant, form())
    async with school_transaction(AGENCY) as tx:
        with pytest.raises(Refused):
            await book_fund(
                tx, town.here.id, partner, replace(grant, on_day=today + timedelta(1)), form()
            )
    async with insider(database) as owner:
        assert await ledger.first_faults(owner, FAULTS) == []
        assert await ledger.first_broken_seals(owner, SEALS) == []
        await owner.execute(
            "UPDATE cso_fund SET amount_paise = amount_paise + 1 WHERE partner_id = $1", partner
        )
        assert await ledger.first_broken_seals(owner, SEALS) != []


async def test_an_activity_lies_where_its_partner_works(town: Town, database: Running) -> None:
    await new_family(town.here)
    partner, mine = await new_partner(town), [place_of(VILLAGE)]
    sent = replace(form(), role="cso_partner", partner_id=partner)
    async with school_transaction(AGENCY) as tx:
        given = HamletGiven(VILLAGE, "", clock.today(), assigned=True)
        await assign_hamlet(tx, town.here.id, partner, given, form())
    async with school_transaction(AGENCY) as tx:
        with pytest.raises(Refused) as refused:
            await record_activity(tx, town.here.id, session(FAR_VILLAGE), mine, form())
        assert [x.code for x in refused.value.refusals] == ["not_assigned"]
    async with school_transaction(AGENCY) as tx:
        await record_activity(tx, town.here.id, session(), mine, sent)
        await record_activity(tx, town.here.id, session(), mine, sent)
        found = await activities(tx, town.here.id, partner)
        assert [one.activity for one in found] == [session()]
        line = next(
            x
            for x in await coverage_now(tx, town.here.id, clock.today())
            if x.hamlet.village == VILLAGE
        )
        assert (line.partner, line.facilitator, line.active_on) == (True, True, clock.today())
    async with insider(database) as owner:
        await owner.execute(
            "UPDATE community_reached SET people = 70 WHERE activity_id = $1", found[0].id
        )
        assert await ledger.first_broken_seals(owner, SEALS) != []


async def test_a_committee_meets_and_falls_overdue(town: Town) -> None:
    today = clock.today()
    one = Committee(
        f"Samitigaon{uuid4().hex[:5]}", today - timedelta(200), {("parent", "F"): 4, ("teacher", "M"): 1}
    )  # fmt: skip
    async with school_transaction(AGENCY) as tx:
        await record_committee(tx, town.here.id, one, form())
        line = next(
            x for x in await committees(tx, town.here.id, today) if x.village == one.village
        )
        assert (line.members, line.women, line.due_on) == (5, 4, one.formed_on + timedelta(90))
        meeting = Meeting(today - timedelta(3), ("parent",), "Evening round")
        await record_meeting(tx, town.here.id, line.id, meeting, form())
        await book_committee_money(
            tx, town.here.id, line.id, Money("budget", "Books", 500_00, today), form()
        )
        line = next(x for x in await committees(tx, town.here.id, today) if x.id == line.id)
        assert (line.met_on, line.due_on) == (meeting.on_day, meeting.on_day + timedelta(90))
        assert (line.budget_paise, line.spent_paise) == (500_00, 0)
    async with school_transaction(AGENCY) as tx:
        with pytest.raises(Refused) as refused:
            await record_committee(tx, town.here.id, one, form())
        assert [x.code for x in refused.value.refusals] == ["committee_there"]
    async with school_transaction(AGENCY) as tx:
        with pytest.raises(NotThere):
            await record_meeting(tx, town.there.id, line.id, meeting, form())


async def test_the_latest_round_is_estimated_from(town: Town) -> None:
    village, today = f"Ginti{uuid4().hex[:5]}", clock.today()
    async with school_transaction(AGENCY) as tx:
        for children, working in ((60, 30), (29, 2), (60, 6)):
            one = Round(village, today, False, 40, children, working)
            await record_round(tx, town.here.id, one, None, form())
        found = next(x for x in await estimates(tx, town.here.id, today) if x.village == village)
        assert (found.coverage, found.least, found.most) == (None, 0, 25)
    async with school_transaction(AGENCY) as tx:
        with pytest.raises(Refused) as refused:
            await record_round(tx, town.here.id, Round(village, today, True, 4, 5, 6), [], form())
        assert [x.code for x in refused.value.refusals] == ["not_assigned", "counts"]


async def test_signs_are_asked_erased_and_published_in_counts(
    town: Town, database: Running
) -> None:
    family = await new_family(town.here)
    ended = quarter_of(quarter_of(clock.today()).first - timedelta(days=1))
    async with school_transaction(AGENCY) as tx:
        with pytest.raises(Refused) as refused:
            await begin_sheet(tx, town.here.id, family.household_no, form(), consent=False)
        assert [x.code for x in refused.value.refusals] == ["no_consent"]
    async with school_transaction(AGENCY) as tx:
        with pytest.raises(Refused):
            await begin_sheet(tx, town.there.id, family.household_no, form(), consent=True)
    with clock.frozen(datetime.fromisoformat(f"{ended.last}T09:00:00+05:30")):
        async with school_transaction(AGENCY) as tx:
            number = await begin_sheet(tx, town.here.id, family.household_no, form(), consent=True)
            one = await sheet(tx, number or 0)
            assert one is not None
            asked = await signs(tx, clock.today())
            await answer_sign(tx, one, asked[0].code, Answered.YES)
            await answer_sign(tx, one, asked[0].code, Answered.NO)
            again = await sheet(tx, one.id)
            assert again is not None
            assert again.answers == {asked[0].code: Answered.YES}
    async with school_transaction(AGENCY) as tx:
        with pytest.raises(Refused):
            await publish_signs(tx, town.here.id, quarter_of(clock.today()))
    async with school_transaction(AGENCY) as tx:
        assert await publish_signs(tx, town.here.id, ended)
        assert not await publish_signs(tx, town.here.id, ended)
        shown = [x.counts for x in await published_signs(tx, town.here.id) if x.quarter == ended]
        assert [(x.asked, x.advance, x.strong) for x in shown] == [(None, None, None)]
        await erase_sheet(tx, one)
        await erase_sheet(tx, one)
        assert await sheet(tx, one.id) is None
        left = await tx.fetchval("SELECT count(*) FROM sign_answer WHERE sheet_id = $1", one.id)
        assert left == 0
    async with insider(database) as owner:
        assert await ledger.first_broken_seals(owner, SEALS) == []
        facts = await owner.fetch(
            "SELECT facts FROM audit_entry WHERE about_table = 'sign_sheet' AND about_row = $1",
            str(one.id),
        )
        assert [row["facts"] for row in facts] == ["{}", "{}", "{}"]


async def test_trade_s_own_role_reads_none_of_it(database: Running) -> None:
    app = await asyncpg.connect(database.addresses.app)
    try:
        for table in ("cso_fund", "village_round", "sign_sheet", "sign_answer", "sign_report"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.fetch(f"SELECT * FROM {table}")
    finally:
        await app.close()


async def test_answers_about_forced_labour_are_forgotten_in_time(
    town: Town, database: Running
) -> None:
    today = clock.today()
    numbers = []
    for days in (366, 365):
        family = await new_family(town.there)
        with clock.frozen(clock.now() - timedelta(days=days)):
            async with school_transaction(AGENCY) as tx:
                numbers.append(
                    await begin_sheet(tx, town.there.id, family.household_no, form(), consent=True)
                )
    assert await forget_signs() >= 1
    async with school_transaction(AGENCY) as tx:
        assert [await sheet(tx, one or 0) is None for one in numbers] == [True, False]
        entry = "SELECT facts FROM audit_entry WHERE tag = 'signs:forgotten' AND cooperative_id = $1 AND about_row = $2"
        assert await tx.fetchval(entry, town.there.id, str(today)) == '{"rows":1}'
    async with insider(database) as owner:
        assert await ledger.first_broken_seals(owner, SEALS) == []
