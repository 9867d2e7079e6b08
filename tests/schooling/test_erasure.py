"""What is left after a withdrawal: no row, no log line; the wall, the chain, the guards."""

from uuid import uuid4

import asyncpg
import pytest

from coop.kernel import clock
from coop.kernel.db import transaction
from coop.running import Running
from coop.schooling.operations.follow_up import confirm_by_hand, note_answer
from coop.schooling.operations.once import sent_before
from coop.schooling.queries.checks import status_rules
from coop.schooling.queries.registers import erased_pupils
from coop.schooling.queries.role import school_transaction
from coop.schooling.rules.consent import Purpose
from coop.schooling.rules.status import HandConfirmation, Status, rule_on
from tests.ledger.test_verify import faults_seen, insider
from tests.schooling.acts import owner_rows, run_check, status_of, where_it_stands, withdraw
from tests.schooling.family import (
    AGENCY,
    UDISE,
    Town,
    consent,
    line_of,
    new_family,
    register,
    row_of,
)
from tests.trade import Trade, entry, post

CHILDREN_S = (
    "child", "child_version", "guardianship", "guardianship_end", "guardian_consent", "school_check_run",
    "school_check_count", "school_check", "register_match", "pupil_decision", "hand_confirmation",
    "follow_up_answer", "facilitator_village", "schooling_form", "pupil_erased", "register_salt",
)  # fmt: skip


async def test_withdrawal_erases_everything_but_the_counts(database: Running, town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    await register(row_of(family))
    assert await status_of(family) is Status.OUT_OF_SCHOOL
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        rule = rule_on(await status_rules(tx), "in-45", clock.today())
        told = HandConfirmation(Status.MIGRATED, clock.today(), "home_visit", UDISE, f"A-{family.child_id}")  # fmt: skip
        await confirm_by_hand(tx, line, told, rule)
        await note_answer(tx, line, "barrier", "distance")
        body = {"name": family.name}
        assert not await sent_before(tx, town.here.id, family.child_id, uuid4(), body)
    stood = await where_it_stands(database, family.name)
    assert stood == {"child_version": 1, "enrolment_row": 1}
    counts = (
        "SELECT count(*) AS n, sum(children) AS s FROM school_check_count WHERE cooperative_id = $1"
    )
    before = (await owner_rows(database, counts, town.here.id))[0]
    await withdraw(family)
    assert await where_it_stands(database, family.name) == {}
    for table in ("child_version", "guardianship", "school_check", "register_match", "pupil_decision",
                  "hand_confirmation", "follow_up_answer", "schooling_form"):  # fmt: skip
        sql = f'SELECT count(*) AS n FROM "{table}" WHERE person_id = $1'
        assert (await owner_rows(database, sql, family.child_id))[0]["n"] == 0, table
    assert (await owner_rows(database, counts, town.here.id))[0] == before
    answers = await owner_rows(
        database,
        "SELECT purpose, answer FROM guardian_consent WHERE person_id = $1 ORDER BY id DESC LIMIT 3",
        family.child_id,
    )
    assert {(row["purpose"], row["answer"]) for row in answers} == {
        (purpose.value, "withdrawn") for purpose in Purpose
    }
    assert await status_of(family) is Status.CONSENT_REFUSED


async def test_after_withdrawal_no_row_and_no_log_line_names_the_child_and_the_books_verify(
    database: Running, trade: Trade, town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    family = await new_family(trade.here)
    await post(trade.here, *(entry(trade.here, paid_mode=mode) for mode in ("cash", "later")))
    await consent(family)
    await register(row_of(family))
    await run_check(trade.here.id)
    await withdraw(family)
    assert await where_it_stands(database, family.name) == {}
    assert database.server is not None
    logs = "".join(
        path.read_text("utf-8", "replace") for path in database.server.data.glob("*.log")
    )
    printed = capfd.readouterr()
    for text in (logs, printed.out, printed.err):
        assert family.name.lower() not in text.lower()
    async with insider(database) as owner:
        assert await owner.fetchval("SELECT count(*) FROM receipt") > 0
        assert await faults_seen(owner) == []


async def test_the_next_register_does_not_bring_the_name_back(
    database: Running, town: Town
) -> None:
    family = await new_family(town.here)
    await consent(family)
    await register(row_of(family))
    await withdraw(family)
    async with school_transaction(AGENCY) as tx:
        marks = await erased_pupils(tx)
        assert marks.holds(UDISE, f"A-{family.child_id}")
        assert not marks.holds(UDISE, "A-0")
    await consent(family)
    async with school_transaction(AGENCY) as tx:
        assert not (await erased_pupils(tx)).holds(UDISE, f"A-{family.child_id}")
    await register(row_of(family, absent=3))
    assert await status_of(family) is Status.ENROLLED


async def test_what_is_kept_is_proved_by_the_chain(database: Running, town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    await run_check(town.here.id)

    async def faults(edit: str = "") -> list[str]:
        async with insider(database) as owner:
            if edit:
                await owner.execute(edit)
            return await faults_seen(owner)

    assert await faults() == []
    at = f"WHERE person_id = {family.child_id}"
    assert await faults(f"UPDATE child_version SET name_latin = 'X' {at}")
    assert await faults(f"UPDATE guardian_consent SET adult_proof = 'ration' {at}")
    assert await faults(f"DELETE FROM guardian_consent {at}")
    assert await faults("UPDATE school_check_count SET children = children + 1")


async def test_rows_are_erased_but_never_changed(database: Running, town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        for sql in (
            "UPDATE child_version SET name_latin = 'X'",
            "TRUNCATE child_version",
            "UPDATE guardian_consent SET answer = 'given'",
            "DELETE FROM guardian_consent",
        ):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                async with owner.transaction():
                    await owner.execute(sql)
    finally:
        await owner.close()


async def test_the_application_s_role_reads_nothing_of_children(database: Running) -> None:
    """What weighing, sales and payments work as: no grant, so no status can sway a weighing."""
    app = await asyncpg.connect(database.addresses.app)
    try:
        for table in CHILDREN_S:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.execute(f'SELECT 1 FROM "{table}"')
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.execute(f'DELETE FROM "{table}"')
    finally:
        await app.close()


async def test_another_cooperative_s_children_are_not_seen(database: Running, town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    await run_check(town.here.id)
    app = await asyncpg.connect(database.addresses.app)
    try:
        async with app.transaction():
            await app.execute(
                "SELECT set_config('role', current_database() || '_school', true),"
                " set_config('coop.cooperatives', $1, true)",
                str(town.there.id),
            )
            for table in set(CHILDREN_S) - {"register_salt"}:
                sql = f'SELECT count(*) FROM "{table}" WHERE cooperative_id <> $1'
                assert await app.fetchval(sql, town.there.id) == 0, table
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.execute(
                    "INSERT INTO child (person_id, cooperative_id, recorded_at) VALUES ($1, $2, now())",
                    family.child_id,
                    town.here.id,
                )
    finally:
        await app.close()


async def test_the_plain_transaction_stays_the_application_s(town: Town) -> None:
    async with transaction(AGENCY) as tx:
        assert str(await tx.fetchval("SELECT current_user")).endswith("_app")
    async with school_transaction(AGENCY) as tx:
        assert str(await tx.fetchval("SELECT current_user")).endswith("_school")
    async with transaction(AGENCY) as tx:
        assert str(await tx.fetchval("SELECT current_user")).endswith("_app")
