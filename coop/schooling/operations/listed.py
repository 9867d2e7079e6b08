"""Children of a household list, with what the list says of their guardians' consent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from coop.audit.operations import Act, lock_head, record_all
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.schooling.operations.erase import erase_children, lift_marks
from coop.schooling.operations.keep import (
    BY_LIST,
    Answered,
    keep_answers,
    keep_children,
    keep_guardians,
)
from coop.schooling.queries.children import ChildLine, children, guardian_numbers
from coop.schooling.rules.consent import Answer, ChildParticulars, Purpose


@dataclass(frozen=True, slots=True)
class ListedChild:
    """A child of a list. ``answer`` None: the list says nothing of consent.

    ``known`` and the guardian only with a given consent; otherwise nothing of the line was read.
    """

    person_id: int
    answer: Answer | None
    known: ChildParticulars | None = None
    guardian_person_id: int | None = None
    relation: str = ""


async def record_listed_children(
    tx: Transaction, cooperative_id: int, on: date, listed: Sequence[ListedChild]
) -> None:
    """Write children of a list; a withdrawal erases in this transaction.

    A list never undoes a withdrawal, nor a refusal told in person: the caller has left those out.
    """
    await lock_head(tx, cooperative_id)
    await tx.execute(
        """INSERT INTO child (person_id, cooperative_id, recorded_at)
           SELECT k, $1, $2 FROM unnest($3::bigint[]) AS k ON CONFLICT DO NOTHING""",
        cooperative_id,
        clock.now(),
        [one.person_id for one in listed],
    )
    stand = {line.person_id: line for line in await children(tx)}
    acts: list[Act] = []
    gone = [stand[one.person_id] for one in listed if _ends(one, stand[one.person_id])]
    acts += await erase_children(tx, cooperative_id, gone, "withdrawn")
    asked = replace(BY_LIST, on=on)
    answers = [
        Answered(one.person_id, one.guardian_person_id, Purpose.SCHOOL_CHECK, answer, asked)
        for one in listed
        if (answer := _answer_to_write(one, stand[one.person_id])) is not None
    ]
    answers += await _other_purposes(tx, gone, answers)
    acts += await keep_answers(tx, cooperative_id, answers)
    given = [one for one in listed if one.answer is Answer.GIVEN and one.known is not None]
    await lift_marks(tx, [one.person_id for one in given if not stand[one.person_id].consent])
    acts += await _keep_given(tx, cooperative_id, given, stand)
    await record_all(tx, cooperative_id, acts)


async def _other_purposes(
    tx: Transaction, gone: Sequence[ChildLine], answers: Sequence[Answered]
) -> list[Answered]:
    """Without the look-up nothing else is consented to: the other purposes end with it."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (person_id, purpose) person_id, guardian_person_id, purpose, answer FROM guardian_consent
           WHERE person_id = ANY ($1) AND purpose <> 'school_check' ORDER BY person_id, purpose, id DESC""",
        [line.person_id for line in gone],
    )
    return [
        Answered(
            row["person_id"],
            row["guardian_person_id"],
            Purpose(row["purpose"]),
            Answer.WITHDRAWN,
            answers[0].asked,
        )
        for row in rows
        if row["answer"] == Answer.GIVEN
    ]


async def _keep_given(
    tx: Transaction,
    cooperative_id: int,
    given: Sequence[ListedChild],
    stand: dict[int, ChildLine],
) -> list[Act]:
    acts = await keep_children(
        tx,
        cooperative_id,
        [
            (one.person_id, one.known)
            for one in given
            if one.known is not None and one.known != stand[one.person_id].known
        ],
    )
    guardians = await guardian_numbers(tx)
    changed = [
        (one.person_id, one.guardian_person_id, one.relation, None)
        for one in given
        if one.guardian_person_id is not None
        and guardians.get(one.person_id) != (one.guardian_person_id, one.relation)
    ]
    return acts + await keep_guardians(tx, cooperative_id, changed)


def _ends(one: ListedChild, stands: ChildLine) -> bool:
    """Whether a list ends a consent that lives: it says no, or withdrawn."""
    return stands.consent and one.answer in (Answer.REFUSED, Answer.WITHDRAWN)


def _answer_to_write(one: ListedChild, stands: ChildLine) -> Answer | None:
    if one.answer is None or one.answer == stands.answer:
        return None
    if one.answer is Answer.REFUSED:
        if stands.answer == Answer.WITHDRAWN:
            return None
        return Answer.WITHDRAWN if stands.consent else Answer.REFUSED
    return one.answer
