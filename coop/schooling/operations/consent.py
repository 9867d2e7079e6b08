"""A guardian answers, purpose by purpose; withdraws; guardianships begin and end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coop.audit.operations import Act, lock_head, record, record_all
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.schooling.operations.erase import erase_children, lift_marks
from coop.schooling.operations.keep import (
    Answered,
    keep_answers,
    keep_children,
    keep_guardians,
)
from coop.schooling.queries.children import ChildLine, child_of, guardians_on, live_purposes
from coop.schooling.rules.consent import (
    Answer,
    Asked,
    ChildParticulars,
    Guardian,
    Purpose,
    refusals_to_answer,
    refusals_to_keep,
)


@dataclass(frozen=True, slots=True)
class ConsentTaken:
    """What a guardian answered. ``relation``: where they are not yet recorded as guardian."""

    guardian: Guardian | None
    relation: str
    asked: Asked
    answers: Mapping[Purpose, Answer]
    known: ChildParticulars


async def take_consent(
    tx: Transaction, child: ChildLine, taken: ConsentTaken, adult_age: int
) -> None:
    """Write a guardian's answers and, with consent to the look-up, what it needs. Raises Refused."""
    await lock_head(tx, child.cooperative_id)
    stands = await child_of(tx, child.person_id) or child
    live = await live_purposes(tx, child.person_id)
    reasons = list(
        refusals_to_answer(
            taken.asked,
            taken.answers,
            taken.guardian,
            live=live,
            adult_age=adult_age,
            today=clock.today(),
        )
    )
    keeps = taken.answers.get(Purpose.SCHOOL_CHECK) is Answer.GIVEN
    if keeps:
        reasons += refusals_to_keep(taken.known, adult_age, taken.asked.on)
    if reasons or taken.guardian is None:
        raise Refused(reasons)
    acts: list[Act] = []
    if keeps:
        acts += await _keep(tx, stands, taken, taken.guardian)
    told = [
        Answered(child.person_id, taken.guardian.person_id, purpose, answer, taken.asked)
        for purpose, answer in taken.answers.items()
    ]
    acts += await keep_answers(tx, child.cooperative_id, told)
    await record_all(tx, child.cooperative_id, acts)


async def _keep(
    tx: Transaction, child: ChildLine, taken: ConsentTaken, guardian: Guardian
) -> list[Act]:
    await lift_marks(tx, [child.person_id])
    known = [(child.person_id, taken.known)] if child.known != taken.known else []
    acts = await keep_children(tx, child.cooperative_id, known)
    now = await guardians_on(tx, child.person_id, taken.asked.on)
    if all(line.guardian.person_id != guardian.person_id for line in now):
        new = [(child.person_id, guardian.person_id, taken.relation, taken.asked.on)]
        acts += await keep_guardians(tx, child.cooperative_id, new)
    return acts


async def withdraw_consent(
    tx: Transaction,
    child: ChildLine,
    purpose: Purpose,
    guardian_person_id: int | None,
    asked: Asked,
) -> None:
    """End a consent by a word: withdrawn as easily as it was given. Nothing of it is refused.

    Without the look-up nothing stays: the record is erased in this transaction.
    """
    await lock_head(tx, child.cooperative_id)
    stands = await child_of(tx, child.person_id) or child
    live = await live_purposes(tx, child.person_id)
    ending = live if purpose is Purpose.SCHOOL_CHECK else live & {purpose}
    told = [
        Answered(child.person_id, guardian_person_id, one, Answer.WITHDRAWN, asked)
        for one in sorted(ending)
    ]
    acts = await keep_answers(tx, child.cooperative_id, told)
    if Purpose.SCHOOL_CHECK in ending:
        acts += await erase_children(tx, child.cooperative_id, [stands], "withdrawn")
    elif Purpose.FOLLOW_UP in ending:
        await tx.execute("DELETE FROM follow_up_answer WHERE person_id = $1", child.person_id)
    await record_all(tx, child.cooperative_id, acts)


async def erase_of_age(tx: Transaction, cooperative_id: int, lines: list[ChildLine]) -> int:
    """Erase the records of who is of age and past the time that they are kept; return how many."""
    await lock_head(tx, cooperative_id)
    asked = Asked(clock.today(), read_aloud=False, how="of_age", adult_proof="none")
    told: list[Answered] = []
    for line in lines:
        for purpose in sorted(await live_purposes(tx, line.person_id)):
            told.append(Answered(line.person_id, None, purpose, Answer.WITHDRAWN, asked))
    acts = await keep_answers(tx, cooperative_id, told)
    acts += await erase_children(tx, cooperative_id, lines, "of_age")
    await record_all(tx, cooperative_id, acts)
    return len(lines)


async def record_guardian(
    tx: Transaction, child: ChildLine, guardian: Guardian, relation: str, from_day: date
) -> None:
    """Write who is a child's guardian from a day on; an earlier guardian's consent goes on living."""
    await lock_head(tx, child.cooperative_id)
    new = [(child.person_id, guardian.person_id, relation, from_day)]
    await record_all(tx, child.cooperative_id, await keep_guardians(tx, child.cooperative_id, new))


async def end_guardianship(
    tx: Transaction, child: ChildLine, guardianship_id: int, until_day: date
) -> None:
    """Write that somebody is a child's guardian no longer, from a day on."""
    await lock_head(tx, child.cooperative_id)
    ended = await tx.fetchval(
        """INSERT INTO guardianship_end (guardianship_id, cooperative_id, until_day, recorded_at)
           SELECT g.id, g.cooperative_id, $3, $4 FROM guardianship g WHERE g.id = $1 AND g.person_id = $2
           ON CONFLICT DO NOTHING RETURNING guardianship_id""",
        guardianship_id,
        child.person_id,
        until_day,
        clock.now(),
    )
    if ended is not None:
        await record(
            tx,
            AuditTag.GUARDIAN_ENDED,
            cooperative_id=child.cooperative_id,
            table="guardianship",
            row=str(ended),
            facts={},
        )


def by_word(on: date) -> Asked:
    """How a withdrawal is told: a word is enough."""
    return Asked(on, read_aloud=False, how="word", adult_proof="none")
