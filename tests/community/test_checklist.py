"""Monthly checklists: the rule, the act, who may, papers; nobody's name anywhere."""

import asyncio
from datetime import date, timedelta
from uuid import uuid4

import httpx
import pypdfium2
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Role
from coop.cli.proofs import SEALS
from coop.community.operations.checklist import record_check
from coop.community.queries.checklist import check_items, check_lines
from coop.community.rules.checklist import (
    Check,
    Item,
    Seen,
    SeenByOthers,
    counted_items,
    refusals_to_check,
    seen_otherwise,
    standing_out,
)
from coop.kernel import clock
from coop.kernel.refusal import Conflict, Refused
from coop.ledger import queries as ledger
from coop.running import Running
from coop.schooling.queries.role import school_transaction
from tests.come_in import come_in
from tests.community.test_acts import form
from tests.schooling.family import AGENCY, FAR_VILLAGE, VILLAGE, Town, new_family
from tests.weighing.taken_back import insider

DAY = date(2026, 11, 20)
HEAP = Item("heap", "Heap?", "ढेर?", Seen.NO, "draft", False)
SCHOOL = Item("school", "School?", "स्कूल?", Seen.YES, "draft", False)


def test_what_was_not_seen_neither_stands_out_nor_counts() -> None:
    sheets = [
        Check(VILLAGE, DAY, {"heap": Seen.YES, "school": Seen.YES}),
        Check(VILLAGE, DAY, {"heap": Seen.UNSEEN, "school": Seen.NO}),
    ]
    assert standing_out((HEAP, SCHOOL), sheets[0].answers) == (HEAP,)
    assert standing_out((HEAP, SCHOOL), sheets[1].answers) == (SCHOOL,)
    found = [(x.answered, x.stands_out) for x in counted_items((HEAP, SCHOOL), sheets)]
    assert found == [(1, 1), (2, 1)]


def test_a_sheet_is_whole_of_a_known_village_and_in_time() -> None:
    def codes(one: Check) -> list[str]:
        return [x.code for x in refusals_to_check(one, (HEAP, SCHOOL), {VILLAGE}, DAY, 45)]

    whole = {"heap": Seen.NO, "school": Seen.UNSEEN}
    assert codes(Check(VILLAGE, DAY, whole)) == []
    assert codes(Check("Ramu", DAY + timedelta(1), {})) == ["village", "future", "unanswered", "unanswered"]  # fmt: skip
    assert codes(Check(VILLAGE, DAY - timedelta(46), whole)) == ["too_old"]


@pytest.mark.parametrize(
    ("answers", "others", "count"),
    [
        ({"danger": Seen.YES}, SeenByOthers(DAY, frozenset({"dust"}), ()), 1),
        ({"danger": Seen.YES}, SeenByOthers(None, frozenset(), ()), 1),
        ({"danger": Seen.YES}, SeenByOthers(DAY, frozenset({"shaft"}), ()), 0),
        ({"danger": Seen.NO}, SeenByOthers(DAY, frozenset({"water"}), ()), 1),
        ({"danger": Seen.UNSEEN}, SeenByOthers(DAY, frozenset({"water"}), ()), 0),
        ({"committee": Seen.YES}, SeenByOthers(None, frozenset(), (DAY - timedelta(25),)), 1),
        ({"committee": Seen.YES}, SeenByOthers(None, frozenset(), (DAY - timedelta(5),)), 0),
        ({"committee": Seen.NO}, SeenByOthers(None, frozenset(), (DAY,)), 1),
    ],
)
def test_what_inspectors_and_committees_recorded_is_laid_beside(
    answers: dict[str, Seen], others: SeenByOthers, count: int
) -> None:
    assert len(seen_otherwise(Check(VILLAGE, DAY, answers), others)) == count


async def test_a_second_sheet_of_a_month_puts_the_first_right(
    town: Town, database: Running
) -> None:
    today = clock.today()
    async with school_transaction(AGENCY) as tx:
        items = await check_items(tx, today)
    good = Check(VILLAGE, today, {one.code: one.good for one in items})
    bad = Check(VILLAGE, today, {**good.answers, "heap": Seen.YES})
    sent = form(village=VILLAGE)

    async def record(one: Check, how: object = None) -> None:
        async with school_transaction(AGENCY) as tx:
            await record_check(tx, town.here.id, one, how or sent)  # type: ignore[arg-type]  # a Sending

    await asyncio.gather(record(bad), record(bad))
    await asyncio.gather(record(good, form()), record(good, form()))
    async with school_transaction(AGENCY) as tx:
        held = await check_lines(tx, town.here.id, today, today)
        assert [line.check.answers for line in held if line.check.village == VILLAGE] == [
            good.answers
        ]
        kept = await tx.fetchval(
            "SELECT count(*) FROM village_check WHERE cooperative_id = $1", town.here.id
        )
        assert kept == 3
        assert await check_lines(tx, town.there.id, today, today) == ()
    with pytest.raises(Conflict):
        await record(good, type(sent)(sent.operation_id, {"village": "x"}, "focal_point"))
    with pytest.raises(Refused):
        await record(Check("Ramu Namuna", today, good.answers), form())
    async with insider(database) as owner:
        await owner.execute(
            "UPDATE village_check_answer SET answer = 'unseen' WHERE cooperative_id = $1",
            town.here.id,
        )
        assert await ledger.first_broken_seals(owner, SEALS) != []


async def test_the_monitor_records_and_who_reads_villages_reads(
    client: httpx.AsyncClient, town: Town
) -> None:
    here, far = f"/community/{town.here.code}/checks", f"/community/{town.there.code}/checks"
    for role in (Role.MANAGER, Role.CSO_PARTNER, Role.COMMUNITY_MONITOR, Role.BUYER):
        csrf = await come_in(client, role, town.here, "hi")
        held = ROLES[role].permissions
        reads = Permission.COMMUNITY_WORK_READ in held
        writes = Permission.COMMUNITY_CHECK_RECORD in held
        for page in ("", "/table.csv", "/sheet.pdf", "/quarter.pdf"):
            wanted = 200 if reads else 403
            if "pdf" not in page or not reads:
                assert (await client.get(here + page)).status_code == wanted, (role, page)
            assert (await client.get(far + page)).status_code == (404 if reads else 403)
        empty = {"csrf": csrf, "operation_id": str(uuid4())}
        answer = await client.post(here, data=empty)
        assert answer.status_code == (422 if writes else 403)
        if writes:
            assert "हाँ, नहीं या नहीं दिखा चुनिए।" in answer.text
            assert (await client.post(far, data=empty)).status_code == 404
        assert (await client.get(f"{here}?quarter=2026-Q9")).status_code == (404 if reads else 403)


async def test_a_monitor_s_month_in_hindi_and_on_paper(
    client: httpx.AsyncClient, town: Town
) -> None:
    await new_family(town.here, FAR_VILLAGE)
    csrf = await come_in(client, Role.COMMUNITY_MONITOR, town.here, "hi")
    here = f"/community/{town.here.code}/checks"
    async with school_transaction(AGENCY) as tx:
        items = await check_items(tx, clock.today())
    sheet = {"csrf": csrf, "operation_id": str(uuid4()), "village": FAR_VILLAGE,
             "on_day": clock.today().isoformat(),
             **{f"seen_{one.code}": one.good.value for one in items}, "seen_danger": "yes"}  # fmt: skip
    for _ in range(2):
        assert (await client.post(here, data=sheet)).status_code == 303
    shown = (await client.get(here)).text
    assert "कुआँ, ढहती ढलान या गहरा पानी" in shown
    assert "किसी निरीक्षक" in shown
    csv = (await client.get(f"{here}/table.csv")).text
    assert csv.count(f"{FAR_VILLAGE},{clock.today()},danger,yes") == 1
    for paper in ("sheet.pdf", "quarter.pdf"):
        answer = await client.get(f"{here}/{paper}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
        assert "1098" in text if paper == "sheet.pdf" else FAR_VILLAGE in text
