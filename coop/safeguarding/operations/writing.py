"""A reader writes a line in a case's book."""

from collections.abc import Iterable
from dataclasses import replace

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say
from coop.safeguarding.operations.once import keep_words
from coop.safeguarding.queries.cases import (
    Case,
    Sight,
    case_of,
    duties_on,
    listed_child,
)
from coop.safeguarding.queries.proof import LINE_SEAL
from coop.safeguarding.queries.role import CHAIN
from coop.safeguarding.rules.acts import Asked, refusals_to_write
from coop.safeguarding.rules.book import Kind, NewLine
from coop.safeguarding.rules.names import without_names
from coop.schooling.queries.children import ChildLine


def names_of(child: ChildLine | None) -> Iterable[str]:
    """What a child is called, where a guardian's consent lets it be kept."""
    known = child.known if child is not None else None
    return (known.name_latin, known.name_hi) if known is not None else ()


async def write_line(tx: Transaction, sight: Sight, case: Case, new: NewLine) -> None:
    """Write a line; the case is read again under the chain's lock. Raises Refused, NotThere."""
    await lock_head(tx, CHAIN)
    stands = await case_of(tx, case.id, sight.days)
    if stands is None or not sight.sees(stands):
        raise NotThere(case.case_no)
    duties = await duties_on(tx, sight.today)
    asked = Asked(new, stands.facts, duties, sight.days, sight.today, tx.reach.actor)
    if reasons := refusals_to_write(asked):
        raise Refused(reasons)
    words = without_names(new.words, names_of(stands.child))
    await add_line(tx, stands.facts.cooperative_id, case.id, replace(new, words=words))


async def name_child(tx: Transaction, sight: Sight, case: Case, person_no: str) -> None:
    """Say which child of the list a case is about. Words that hold the name are erased: the number
    names the child from now on. Raises Refused.
    """
    child = await listed_child(tx, person_no, case.facts.cooperative_id)
    if child is None:
        message = say("No child of the household list has this number.")
        raise Refused([Refusal("child_unknown", message, "child_no")])
    line = NewLine(Kind.CHILD, sight.today, "", about_id=child.person_id)
    await write_line(tx, sight, case, line)
    for row in await tx.fetch(
        "SELECT id, words FROM safeguarding.case_words WHERE case_id = $1", case.id
    ):
        if without_names(row["words"], names_of(child)) != row["words"]:
            await tx.execute("DELETE FROM safeguarding.case_words WHERE id = $1", row["id"])


async def add_line(tx: Transaction, cooperative_id: int, case_id: int, new: NewLine) -> int:
    """Write a line and its entry; what may be written the caller has asked."""
    kept = await keep_words(tx, cooperative_id, case_id, new.words)
    number: int = await tx.fetchval(
        """INSERT INTO safeguarding.case_line (cooperative_id, case_id, kind, choice, second, third, shared, about_id,
             on_day, due_on, words_id, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id""",
        cooperative_id,
        case_id,
        new.kind.value,
        new.choice,
        new.second,
        new.third,
        ",".join(new.shared),
        new.about_id,
        new.on,
        new.due_on,
        kept.row,
        tx.reach.actor,
        clock.now(),
    )
    facts = {
        "case": case_id,
        "kind": new.kind.value,
        "words": kept.row,
        "words_sha256": kept.sha256,
        "rows_sha256": await sealed(tx, LINE_SEAL, None, str(number)),
    }
    await record(
        tx, AuditTag.CASE_WRITTEN, cooperative_id=CHAIN, table="case_line", row=str(number), facts=facts
    )  # fmt: skip
    return number
