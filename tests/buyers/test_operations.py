"""The dossier against PostgreSQL: rows, audit entries, seals, replays."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from coop.buyers import operations
from coop.buyers.operations.decisions import DecisionGiven
from coop.buyers.operations.listing import application
from coop.buyers.queries import buyer_of, buyers, faults, known_buyer, listed_buyers, standing_of
from coop.buyers.rules import DemandRow, ItemKind, Outcome, Standing, State
from coop.buyers.rules.acts import Check, GivenItem, Method
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction
from coop.kernel.refusal import Conflict, NotThere, Refused
from coop.ledger.queries import first_broken_seals, first_chain_fault, first_faults
from coop.running import Running
from tests.buyers.firms import again, firm, listed, sent

SEEN = Check(Outcome.ACCEPTED, Method.ORIGINAL, "")


async def _sound(tx: Transaction) -> list[str]:
    found = [*await first_faults(tx, faults.FAULTS), *await first_broken_seals(tx, faults.SEALS)]
    return [*found, *filter(None, [await first_chain_fault(tx)])]


async def _codes(tx: Transaction, code: str, days: int = 0) -> tuple[str, tuple[str, ...]]:
    found = await standing_of(tx, code, clock.today() + timedelta(days=days))
    assert found is not None
    return found.standing.value, found.codes


async def test_a_list_becomes_papers_and_its_next_version_only_what_is_new(tx: Transaction) -> None:
    first = await listed(tx)
    assert await _codes(tx, first.buyer_code) == ("verified", ())
    before = await buyer_of(tx, first.buyer_code)
    assert before is not None
    assert (before.gstin, before.state_lgd, before.district_lgd) == (first.dossier.gstin, 20, 334)
    # The agency takes a renewed licence; the old list comes again with another name.
    licence = GivenItem(ItemKind.LICENCE, "NEW-1", None, clock.today() + timedelta(days=900), "")
    await operations.give_item(tx, first.buyer_code, licence, SEEN, sent())
    assert (await listed_buyers(tx))[first.buyer_code] == first
    # ... and corrects the town; the list comes again with another name.
    facts = application(first.buyer_code, first.name, first.kind, "Markacho", 334, 20)
    await operations.record_facts(tx, facts, sent())
    assert (await listed_buyers(tx))[first.buyer_code] == first
    renamed = replace(first, name="Other (invented)")
    await operations.record_buyer(tx, renamed, first)
    assert (await listed_buyers(tx))[first.buyer_code] == renamed
    known = await known_buyer(tx, first.buyer_code)
    assert known is not None
    assert (known.id, known.version, known.name) == (before.id, 3, "Other (invented)")
    assert known.town == "Markacho"
    assert [item.number for item in known.papers.of(ItemKind.LICENCE)] == [
        first.dossier.dealer_licence_no,
        "NEW-1",
    ]
    assert await _sound(tx) == []
    assert await standing_of(tx, "NOBODY", clock.today()) is None
    assert await buyer_of(tx, "NOBODY") is None


async def test_from_a_draft_to_verified(tx: Transaction) -> None:
    made = firm()
    today = clock.today()
    facts = application(made.buyer_code, made.name, "exporter", "Kolkata", None, 20)
    form = sent()
    await operations.open_application(tx, facts, form)
    await operations.open_application(tx, facts, form)
    with pytest.raises(Refused, match="code_taken"):
        await operations.open_application(tx, facts, sent())
    assert (await _codes(tx, made.buyer_code))[1][0] == "not_decided"
    papers = [
        GivenItem(ItemKind.GSTIN, made.dossier.gstin, None, None, "file 1"),
        GivenItem(ItemKind.PAN, made.dossier.pan, None, None, "file 2"),
        GivenItem(ItemKind.LICENCE, "J-77", None, today + timedelta(days=20), "file 3"),
        GivenItem(ItemKind.UNDERTAKING, "", today, None, "file 4"),
    ]
    for paper in papers:
        check = None if paper.kind is ItemKind.LICENCE else SEEN
        await operations.give_item(tx, made.buyer_code, paper, check, sent())

    async def decide(state: State, reason: str = "") -> None:
        given = DecisionGiven(state, today, reason, "letter 5")
        await operations.decide(tx, made.buyer_code, given, sent())

    with pytest.raises(Refused, match="not_this_step"):
        await decide(State.VERIFIED)
    await decide(State.SUBMITTED)
    with pytest.raises(Refused, match="papers_open"):
        await decide(State.VERIFIED)
    known = await known_buyer(tx, made.buyer_code)
    assert known is not None
    licence = known.papers.of(ItemKind.LICENCE)[0]
    await operations.check_item(tx, made.buyer_code, licence.id, SEEN, sent())
    await decide(State.VERIFIED)
    version = (await buyers(tx))[made.buyer_code].dossier
    assert (version.gstin, version.pan) == (made.dossier.gstin, made.dossier.pan)
    found = await standing_of(tx, made.buyer_code, today)
    assert found is not None
    assert (found.standing, found.until) == (Standing.VERIFIED, today + timedelta(days=20))
    await decide(State.BLACKLISTED, "sealed godown (invented)")
    assert await _codes(tx, made.buyer_code) == ("refused", ("blacklisted",))
    with pytest.raises(Refused, match="reason_missing"):
        await decide(State.VERIFIED)
    await decide(State.VERIFIED, "court order (invented)")
    assert await _codes(tx, made.buyer_code) == ("verified", ())
    await operations.withdraw_item(tx, made.buyer_code, licence.id, "typed twice", sent())
    assert await _codes(tx, made.buyer_code) == ("refused", ("licence_missing",))
    with pytest.raises(NotThere):
        await operations.withdraw_item(tx, made.buyer_code, licence.id, "again", sent())
    facts = application(made.buyer_code, "Renamed (invented)", "trader", "Jhumri Telaiya", 334, 20)
    await operations.record_facts(tx, facts, sent())
    assert (await buyers(tx))[made.buyer_code].town == "Jhumri Telaiya"
    assert await _sound(tx) == []


async def test_a_suspension_and_its_end_hold_to_the_day(tx: Transaction) -> None:
    code, today = (await listed(tx)).buyer_code, clock.today()
    form = sent()
    await operations.suspend(tx, code, today, None, "papers late (invented)", form)
    await operations.suspend(tx, code, today, None, "papers late (invented)", again(form))
    with pytest.raises(Conflict):
        await operations.suspend(tx, code, today, None, "other", again(form, "other"))
    with pytest.raises(Refused, match="suspended"):
        await operations.suspend(tx, code, today, None, "twice", sent())
    assert await _codes(tx, code) == ("suspended", ("suspended",))
    assert await _codes(tx, code, -1) == ("verified", ())
    await operations.reinstate(tx, code, today + timedelta(days=3), "papers came", sent())
    assert await _codes(tx, code, 2) == ("suspended", ("suspended",))
    assert await _codes(tx, code, 3) == ("verified", ())
    assert await _sound(tx) == []
    count = await tx.fetchval(
        "SELECT count(*) FROM buyer_suspension s JOIN buyer b ON b.id = s.buyer_id WHERE b.buyer_code = $1",
        code,
    )
    assert count == 1


async def test_what_is_asked_for_changes_from_a_day_on(tx: Transaction) -> None:
    code, today = (await listed(tx)).buyer_code, clock.today()
    later = today + timedelta(days=10)
    demand = DemandRow(ItemKind.ALLOTMENT, "trader", True, None, later)
    with pytest.raises(Refused, match="source_missing"):
        await operations.set_demand(tx, demand, "", sent())
    await operations.set_demand(tx, demand, "Order 7 (invented)", sent())
    assert await _codes(tx, code) == ("verified", ())
    assert await _codes(tx, code, 10) == ("refused", ("allotment_missing",))
    assert await _sound(tx) == []


EDITS = {
    "a licence's last day": "UPDATE dossier_item SET expires_on = expires_on + 900 WHERE id = {item}",
    "an outcome": "UPDATE dossier_check SET outcome = 'rejected' WHERE item_id = {item}",
    "a paper gone": "DELETE FROM dossier_check WHERE item_id = {item}; DELETE FROM dossier_item WHERE id = {item}",
    "a suspension's day": "UPDATE buyer_suspension SET first_day = first_day + 30 WHERE buyer_id = {buyer}",
    "a suspension gone": "DELETE FROM buyer_suspension WHERE buyer_id = {buyer}",
    "a decision": "UPDATE buyer_decision SET state = 'verified' WHERE buyer_id = {buyer}",
    "a buyer's State": "UPDATE buyer SET state_lgd = 19 WHERE id = {buyer}",
    "an end added": "INSERT INTO buyer_suspension_end (act_id, suspension_id, last_day, reason)"
    " SELECT act_id, id, first_day, 'x' FROM buyer_suspension WHERE buyer_id = {buyer}",
    "an act without an entry": "INSERT INTO buyer_act (buyer_code, tag, acted_at, acted_by)"
    " VALUES ('{code}', 'buyer:suspended', now(), 'user:1')",
    "an act said to be carried over": "INSERT INTO buyer_act (buyer_code, tag, acted_at, acted_by)"
    " VALUES ('{code}', 'buyer:carried_over', now(), 'system')",
    "who acted": "UPDATE buyer_act SET acted_by = 'user:1' WHERE buyer_code = '{code}'",
    "a demand": "INSERT INTO dossier_demand (kind, buyer_kind, mandatory, holds_from, source, verified)"
    " VALUES ('licence', '', false, '2026-01-01', 'x', true)",
}


@pytest.mark.parametrize("what", EDITS)
async def test_verify_finds_an_edit(database: Running, what: str) -> None:
    """Written, edited by the owner and undone, all in one transaction of the owner."""
    owner: Any = await asyncpg.connect(database.addresses.owner)
    opened = owner.transaction()
    await opened.start()
    try:
        await owner.execute("SELECT set_config('coop.cooperatives', '*', true)")
        mine = Transaction(owner, SYSTEM)
        code = (await listed(mine)).buyer_code
        await operations.suspend(mine, code, clock.today(), None, "why", sent())
        known = await known_buyer(mine, code)
        assert known is not None
        assert await _sound(mine) == []
        item = known.papers.of(ItemKind.LICENCE)[0].id
        await owner.execute("SET LOCAL session_replication_role = replica")
        for statement in EDITS[what].format(item=item, buyer=known.id, code=code).split("; "):
            assert not (await owner.execute(statement)).endswith(" 0")
        assert await _sound(mine)
    finally:
        await opened.rollback()
        await owner.close()
