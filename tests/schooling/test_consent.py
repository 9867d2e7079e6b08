"""A guardian's consent against the database: what is one, what it keeps, how it ends, two at once."""

import asyncio
from datetime import date, timedelta

import pytest

from coop.kernel import clock
from coop.running import Running
from coop.schooling.operations.consent import (
    ConsentTaken,
    end_guardianship,
    record_guardian,
    take_consent,
)
from coop.schooling.operations.follow_up import note_answer
from coop.schooling.operations.listed import ListedChild, record_listed_children
from coop.schooling.queries.children import adult_named, guardians_on, live_purposes
from coop.schooling.queries.role import school_transaction
from coop.schooling.rules.consent import Answer, Asked, ChildParticulars, Purpose
from coop.schooling.rules.status import Status
from tests.schooling.acts import (
    owner_rows,
    refused_with,
    status_of,
    where_it_stands,
    withdraw,
)
from tests.schooling.family import (
    AGENCY,
    ALL_YES,
    ASKED,
    Town,
    consent,
    line_of,
    new_family,
)


async def test_consent_keeps_the_least_and_the_entry_holds_no_value(
    database: Running, town: Town
) -> None:
    family = await new_family(town.here)
    assert await where_it_stands(database, family.name) == {}
    await consent(family)
    assert await where_it_stands(database, family.name) == {"child_version": 1}
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        assert line.consent
        assert line.known == family.known
        assert await live_purposes(tx, family.child_id) == set(Purpose)
        guardian = (await guardians_on(tx, family.child_id, clock.today()))[0]
        assert (guardian.guardian.person_no, guardian.relation) == (family.mother_no, "mother")
    entries = await owner_rows(
        database,
        "SELECT facts FROM audit_entry WHERE tag = 'child:recorded' AND about_row = $1",
        str(family.child_id),
    )
    assert len(entries) == 1
    assert '"values_sha256":"' in entries[0]["facts"]


@pytest.mark.parametrize(
    ("asked", "answers", "codes"),
    [
        (ASKED, {Purpose.FOLLOW_UP: Answer.GIVEN}, {"first_purpose_missing"}),
        (Asked(ASKED.on, False, "thumb", "voter"), ALL_YES, {"not_read_aloud"}),
        (Asked(ASKED.on, True, "word", "voter"), ALL_YES, {"no_sign"}),
        (Asked(ASKED.on, True, "thumb", "none"), ALL_YES, {"adult_not_shown"}),
        (Asked(date(2999, 1, 1), True, "thumb", "voter"), ALL_YES, {"future_day", "of_age"}),
    ],
    ids=["other purpose first", "not read", "no thumb", "adult not shown", "future"],
)
async def test_what_is_no_consent(
    database: Running, town: Town, asked: Asked, answers: dict[Purpose, Answer], codes: set[str]
) -> None:
    family = await new_family(town.here)
    async with school_transaction(AGENCY) as tx:
        line, mother = await line_of(tx, family), await adult_named(tx, family.mother_no)
        taken = ConsentTaken(mother, "mother", asked, answers, family.known)
        found = await refused_with(take_consent(tx, line, taken, 18))
    assert found == codes
    assert await where_it_stands(database, family.name) == {}


async def test_a_child_cannot_consent_for_a_child_and_nobody_for_an_adult(town: Town) -> None:
    family, other = await new_family(town.here), await new_family(town.here)
    async with school_transaction(AGENCY) as tx:
        assert await adult_named(tx, other.child_no) is None
        line, mother = await line_of(tx, family), await adult_named(tx, family.mother_no)
        nobody = ConsentTaken(None, "", ASKED, ALL_YES, family.known)
        assert "not_guardian" in await refused_with(take_consent(tx, line, nobody, 18))
        adult = ChildParticulars(name_latin="Rani", dob=date(2000, 1, 1))
        taken = ConsentTaken(mother, "mother", ASKED, ALL_YES, adult)
        assert await refused_with(take_consent(tx, line, taken, 18)) == {"of_age"}
        unnamed = ConsentTaken(mother, "mother", ASKED, ALL_YES, ChildParticulars())
        found = await refused_with(take_consent(tx, line, unnamed, 18))
        assert found == {"name_missing", "dob_invalid"}


async def test_a_no_is_kept_as_a_no_and_nothing_of_the_child(database: Running, town: Town) -> None:
    family = await new_family(town.here)
    await consent(family, {Purpose.SCHOOL_CHECK: Answer.REFUSED})
    assert await where_it_stands(database, family.name) == {}
    assert await status_of(family) is Status.CONSENT_REFUSED


async def test_withdrawing_one_purpose_leaves_the_others(town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    async with school_transaction(AGENCY) as tx:
        await note_answer(tx, await line_of(tx, family), "wish", "back")
    await withdraw(family, Purpose.FOLLOW_UP)
    async with school_transaction(AGENCY) as tx:
        assert await live_purposes(tx, family.child_id) == {
            Purpose.SCHOOL_CHECK,
            Purpose.ASK_SCHOOL,
        }
        sql = "SELECT count(*) FROM follow_up_answer WHERE person_id = $1"
        assert await tx.fetchval(sql, family.child_id) == 0
        line = await line_of(tx, family)
        assert line.consent
        found = await refused_with(note_answer(tx, line, "wish", "back"))
        assert found == {"no_consent_to_note"}


async def test_a_list_never_undoes_a_withdrawal_and_may_withdraw(
    database: Running, town: Town
) -> None:
    family = await new_family(town.here)
    given = ListedChild(family.child_id, Answer.GIVEN, family.known, None, "")
    today = clock.today()
    async with school_transaction(AGENCY) as tx:
        await record_listed_children(tx, town.here.id, today, [given])
        assert (await line_of(tx, family)).consent
        await record_listed_children(tx, town.here.id, today, [given])  # again: nothing new
        sql = "SELECT count(*) FROM guardian_consent WHERE person_id = $1"
        assert await tx.fetchval(sql, family.child_id) == 1
    assert await where_it_stands(database, family.name) == {"child_version": 1}
    async with school_transaction(AGENCY) as tx:
        ended = ListedChild(family.child_id, Answer.WITHDRAWN)
        await record_listed_children(tx, town.here.id, today, [ended])
    assert await where_it_stands(database, family.name) == {}


async def test_guardians_change_with_dates(town: Town) -> None:
    family, other = await new_family(town.here), await new_family(town.here)
    await consent(family)
    today = clock.today()
    async with school_transaction(AGENCY) as tx:
        line, grandmother = await line_of(tx, family), await adult_named(tx, other.mother_no)
        assert grandmother is not None
        await record_guardian(tx, line, grandmother, "grandmother", today)
        mother = (await guardians_on(tx, family.child_id, today))[0]
        await end_guardianship(tx, line, mother.guardianship_id, today)
        await end_guardianship(tx, line, mother.guardianship_id, today)  # again: nothing
        now = await guardians_on(tx, family.child_id, today)
        assert [one.guardian.person_no for one in now] == [other.mother_no]
        before = await guardians_on(tx, family.child_id, today - timedelta(days=1))
        assert [one.guardian.person_no for one in before] == [family.mother_no]
        assert (await line_of(tx, family)).consent  # the mother's yes goes on living


async def test_two_at_once_consent_and_withdrawal_leave_no_half(
    database: Running, town: Town
) -> None:
    family = await new_family(town.here)
    await consent(family)
    await asyncio.gather(*(withdraw(family) for _ in range(2)), consent(family))
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        live = await live_purposes(tx, family.child_id)
    assert line.consent == (line.known is not None) == (Purpose.SCHOOL_CHECK in live)
