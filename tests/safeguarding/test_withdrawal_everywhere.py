"""A child that stands in every part of the house: after the guardian's withdrawal nothing names it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import asyncpg
import httpx
import pytest

from coop.kernel import clock
from coop.kernel.db import transaction
from coop.livelihoods.operations.income import Home, record_income_consent, tell_income
from coop.livelihoods.rules.income import Span
from coop.running import Running
from coop.safeguarding.rules.book import Kind
from coop.schemes.operations.applications import move_application, open_application
from coop.schemes.operations.desk import Consent, note_paper, record_answer, record_consent
from coop.schemes.queries.applications import application
from coop.schemes.queries.households import Desk
from coop.schemes.rules.applications import Event, State
from coop.schooling.operations.consent import ConsentTaken, take_consent
from coop.schooling.operations.follow_up import confirm_by_hand, note_answer
from coop.schooling.queries.checks import status_rules
from coop.schooling.queries.children import adult_named
from coop.schooling.queries.role import school_transaction
from coop.schooling.rules.status import HandConfirmation, Status, rule_on
from tests.ledger.test_verify import faults_seen, insider
from tests.safeguarding.village import Village, enter, tell, write
from tests.schooling.acts import run_check, withdraw
from tests.schooling.family import (
    AGENCY,
    ALL_YES,
    ASKED,
    UDISE,
    Family,
    fields_csrf,
    line_of,
    new_family,
    register,
    row_of,
)
from tests.trade import REACH, Trade, entry, post

HINDI = "झुरमुकलिया"  # stands nowhere else


def traces(name: str) -> list[str]:
    """How a name may stand in a column: in Latin, in Devanagari, escaped as JSON, as bytes in hex."""
    said = [name, name.upper(), name.lower(), HINDI]
    return [
        *said,
        json.dumps(HINDI).strip('"'),
        json.dumps(HINDI).strip('"').replace("\\", "\\\\"),
        *(one.encode("utf-8").hex() for one in said),
        HINDI.encode("utf-16-le").hex(),
    ]


async def where_named(database: Running, name: str) -> dict[str, int]:
    """Every table of every schema, as its owner, in which a trace stands; text, jsonb and bytea alike."""
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        tables = await owner.fetch(
            "SELECT c.oid::regclass::text AS t FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
            " AND n.nspname NOT LIKE 'pg_toast%' AND n.nspname NOT LIKE 'pg_temp%'"
        )
        found = {}
        for row in tables:
            sql = f"""SELECT count(*) FROM {row["t"]} x WHERE EXISTS (
                        SELECT FROM unnest($1::text[]) AS trace WHERE strpos(lower(x::text), lower(trace)) > 0)"""  # the catalogue's own names
            if n := await owner.fetchval(sql, traces(name)):
                found[row["t"]] = n
        assert len(tables) > 100
        return found
    finally:
        await owner.close()


def logged(database: Running) -> Iterator[str]:
    """What the database itself wrote down."""
    assert database.server is not None
    for path in database.server.data.rglob("*"):
        if path.suffix in (".log", ".csv", ".json") and path.is_file():
            yield path.read_text("utf-8", "replace")


async def _in_school(village: Village) -> Family:
    family = await new_family(village.here)
    async with school_transaction(AGENCY) as tx:
        mother = await adult_named(tx, family.mother_no)
        known = replace(family.known, name_hi=f"{HINDI} नमूना")
        taken = ConsentTaken(mother, "mother", ASKED, ALL_YES, known)
        await take_consent(tx, await line_of(tx, family), taken, 18)
    await register(row_of(family))
    await run_check(family.cooperative_id)
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        rule = rule_on(await status_rules(tx), "in-45", clock.today())
        told = HandConfirmation(Status.MIGRATED, clock.today(), "home_visit", UDISE, f"A-{family.child_id}")  # fmt: skip
        await confirm_by_hand(tx, line, told, rule)
        await note_answer(tx, line, "barrier", "distance")
    return family


async def _in_a_case(village: Village, family: Family) -> str:
    """Told by number with the name typed in both scripts, in a concern and in a line."""
    words = f"{family.name} ({HINDI}) at the heap, {family.name.upper()} again"
    number = await tell(village.here, child_no=family.child_no, words=words)
    await write(village.first, number, Kind.RISK, "high", second="hazardous")
    await write(village.first, number, Kind.VISIT, "clear", second="home", words=f"{HINDI} घर पर")
    return number


async def _in_a_case_before_its_name(village: Village, family: Family) -> None:
    """Words that were written while nobody had told the name yet."""
    await tell(village.here, child_no=family.child_no, words=f"{family.name} / {HINDI}")


async def _in_schemes_and_income(family: Family) -> None:
    today = clock.today()
    async with transaction(REACH) as tx:
        house = int(await tx.fetchval("SELECT id FROM household WHERE household_no = $1", family.household_no))  # fmt: skip
        at = Desk(family.cooperative_id, house, family.child_id)
        home = Home(family.cooperative_id, house)
        await record_consent(tx, at, Consent(True, "read_aloud", "hi", today), uuid4())
        await record_answer(tx, at, "p.caste", '"ST"', today, uuid4())
        await note_paper(tx, at, "AADHAAR", False, today, uuid4())
        number = await open_application(tx, at, "SSY", today, uuid4())
        whole = Desk(family.cooperative_id, house)
        for known in (number, await open_application(tx, whole, "PHH", today, uuid4())):
            one = await application(tx, known)
            assert one is not None
            said = Event(State.DECLINED, today, note=f"{family.name} not at home", office=HINDI)
            await move_application(tx, one, said, uuid4(), doubtful=False)
        await record_income_consent(tx, home, given=True, how="read_aloud", operation_id=uuid4())
        await tell_income(tx, home, "wages", Span(100000, 200000), uuid4())


async def _read_by_people(client: httpx.AsyncClient, village: Village, family: Family, case: str) -> None:  # fmt: skip
    """Every page that shows, or might show, the child; also asked for by its name."""
    await enter(client, village.first_login)
    own = f"/children/{family.child_no}"
    shown = await client.get(own)
    assert family.name in shown.text
    assert (await client.get("/children/worklist.pdf")).content.startswith(b"%PDF")
    paths = [
        "/children", f"{own}/consent", f"/cases/{case}", f"/cases/{case}/schemes", "/cases/counts",
        f"/schemes/households/{family.household_no}", "/schemes/report", "/reports/children",
        f"/livelihoods/households/{family.household_no}", "/livelihoods", "/home", "/voice",
    ]  # fmt: skip
    for path in paths:
        assert (await client.get(path)).status_code in (200, 403, 404), path
    for path in ("/schemes", "/livelihoods", "/children", "/members", "/search"):
        await client.get(path, params={"q": f"{family.name} {HINDI}"})
        await client.get(f"/children/{family.name}")
        await client.get(f"{path}/{HINDI}")
    bad = {"csrf": fields_csrf(shown.text), "operation_id": "x", "name_latin": family.name, "name_hi": HINDI}  # fmt: skip
    await client.post(f"{own}/consent", data=bad)
    await client.post("/concern", data={**bad, "words": family.name, "child_no": family.name})


async def test_a_child_of_every_part_is_named_nowhere_after_the_withdrawal(
    database: Running,
    client: httpx.AsyncClient,
    trade: Trade,
    village: Village,
    capfd: pytest.CaptureFixture[str],
) -> None:
    await post(trade.here, *(entry(trade.here, paid_mode=mode) for mode in ("cash", "upi", "later")))  # fmt: skip
    family = await _in_school(village)
    case = await _in_a_case(village, family)
    await _in_schemes_and_income(family)
    await _read_by_people(client, village, family, case)
    assert set(await where_named(database, family.name)) >= {
        "application_words",
        "child_version",
        "enrolment_row",
    }
    await withdraw(family)
    await enter(client, village.first_login)
    after = await client.get(f"/cases/{case}")
    assert after.status_code == 200
    assert family.name not in after.text
    assert await where_named(database, family.name) == {}
    printed = capfd.readouterr()
    for text in (*logged(database), printed.out, printed.err):
        assert not [one for one in traces(family.name) if one.lower() in text.lower()]
    async with insider(database) as owner:
        assert await owner.fetchval("SELECT count(*) FROM receipt") > 0
        assert await faults_seen(owner) == []


async def test_words_from_before_the_name_was_told_go_too(
    database: Running, village: Village
) -> None:
    family = await new_family(village.here)
    await _in_a_case_before_its_name(village, family)
    assert set(await where_named(database, family.name)) == {"safeguarding.case_words"}
    async with school_transaction(AGENCY) as tx:
        mother = await adult_named(tx, family.mother_no)
        known = replace(family.known, name_hi=f"{HINDI} नमूना")
        await take_consent(
            tx, await line_of(tx, family), ConsentTaken(mother, "mother", ASKED, ALL_YES, known), 18
        )
    await withdraw(family)
    assert await where_named(database, family.name) == {}


def test_the_search_itself_finds_every_form() -> None:
    """A search that finds nothing anywhere proves nothing."""
    name = "Kubidoma"
    for kept in (
        f"x {name} y", json.dumps({"a": HINDI}), json.dumps({"a": HINDI}, ensure_ascii=False),
        f"\\x00{name.encode().hex()}", f"\\x{HINDI.encode().hex()}",
    ):  # fmt: skip
        assert [one for one in traces(name) if one in kept], kept
    assert not re.search("|".join(map(re.escape, traces(name))), "nothing of it")
