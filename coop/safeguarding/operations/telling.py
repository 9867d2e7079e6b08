"""A concern is told: it opens a case, or joins the open case of the same child."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID, uuid5

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.community.rules.signs import SignConcern
from coop.kernel import clock
from coop.kernel.db import Reach, Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.safeguarding.operations.once import keep_words, sent_before
from coop.safeguarding.operations.writing import add_line, names_of
from coop.safeguarding.queries.cases import days_on, listed_child, open_case_of_child
from coop.safeguarding.queries.proof import CONCERN_SEAL
from coop.safeguarding.queries.readers import readers
from coop.safeguarding.queries.role import CHAIN, safe_transaction
from coop.safeguarding.rules.book import ABOUT, Kind, NewLine
from coop.safeguarding.rules.names import refusals_to_tell, without_names
from coop.safeguarding.rules.readers import somebody_reads
from coop.schooling.queries.children import ChildLine

# In the chain nobody reads who told: the name stands in the concern alone, for the focal point.
TELLER = "concern"
_FEEDBACK = UUID("7d3c5a5e-6e0b-5a0c-9d0a-6c1f6f1d8a44")  # so that a message is one concern

_SIGNS = UUID("b7f0b3f6-0c1c-5d2b-8a55-2f7f3a5a9e10")


@dataclass(frozen=True, slots=True)
class Told:
    """A concern as it is told. ``about``: a code of ``rules.book.ABOUT``; ``source``: person,
    feedback or inspection; ``child_no``: the number in the household list, empty where not known;
    ``raised_by``: the account's label, empty for nobody.
    """

    cooperative_id: int
    operation_id: UUID
    about: str
    words: str = ""
    danger_now: bool = False
    names_reader: bool = False
    child_no: str = ""
    source: str = "person"
    raised_by: str = ""

    @property
    def body(self) -> Mapping[str, str]:
        """What makes two sendings the same."""
        return {
            "about": self.about,
            "words": self.words,
            "danger": str(self.danger_now),
            "reader": str(self.names_reader),
            "child": self.child_no,
            "by": self.raised_by,
        }


async def raise_concern(told: Told) -> None:
    """Tell the focal point, from anywhere: the verb that ``routes.py`` hands to other domains.

    In a transaction of safeguarding's own login: it stands also where the caller's act fails, and
    a second sending with the same ``operation_id`` books nothing. Raises Refused, Conflict.
    """
    async with safe_transaction(Reach(TELLER, (told.cooperative_id,))) as tx:
        await take_concern(tx, told)


class FromFeedback(Protocol):
    """What the feedback box passes on; ``operation_id`` is the message's own key, as text."""

    @property
    def cooperative_id(self) -> int: ...  # noqa: D102  (the class says it)
    @property
    def operation_id(self) -> str: ...  # noqa: D102
    @property
    def about(self) -> str: ...  # noqa: D102
    @property
    def words(self) -> str: ...  # noqa: D102
    @property
    def danger_now(self) -> bool: ...  # noqa: D102
    @property
    def raised_by(self) -> str: ...  # noqa: D102


async def concern_of_feedback(passed: FromFeedback) -> None:
    """Take a message of the feedback box as a concern. Raises Refused, Conflict."""
    told = Told(
        passed.cooperative_id,
        uuid5(_FEEDBACK, f"{passed.cooperative_id}/{passed.operation_id}"),
        passed.about,
        passed.words,
        passed.danger_now,
        source="feedback",
        raised_by=passed.raised_by,
    )
    await raise_concern(told)


async def concern_of_signs(passed: SignConcern) -> str:
    """Take strong signs of forced labour as a concern; return the page that says it arrived.

    Raises Refused, Conflict.
    """
    told = Told(
        passed.cooperative_id,
        uuid5(_SIGNS, str(passed.sheet_id)),
        "bonded" if passed.child_bound else "other",
        f"Signs of forced labour: {passed.household_no}, {passed.village}",
        raised_by=passed.raised_by,
    )
    await raise_concern(told)
    return f"/concern/received?place={passed.cooperative}"


async def take_concern(tx: Transaction, told: Told) -> None:
    """Write a concern into a case. Raises Refused, Conflict."""
    if reasons := refusals_to_tell(told.about, told.words, ABOUT):
        raise Refused(reasons)
    await lock_head(tx, CHAIN)
    named = await readers(tx, told.cooperative_id)
    if not somebody_reads(
        named, told.cooperative_id, names_reader=told.names_reader, today=clock.today()
    ):
        message = say("Nobody can read this now. Call 1098, in danger 112.")
        raise Refused([Refusal("no_reader", message)])
    if await sent_before(tx, told.cooperative_id, None, told.operation_id, told.body):
        return
    child = await listed_child(tx, told.child_no, told.cooperative_id)
    case_id = await _case_for(tx, told, child)
    words = without_names(told.words, names_of(child))
    kept = await keep_words(tx, told.cooperative_id, case_id, words)
    number = await tx.fetchval(
        """INSERT INTO safeguarding.concern (cooperative_id, case_id, source, about, danger_now, names_reader, words_id,
             raised_by, raised_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""",
        told.cooperative_id,
        case_id,
        told.source,
        told.about,
        told.danger_now,
        told.names_reader,
        kept.row,
        told.raised_by,
        clock.now(),
    )
    facts = {
        "words": kept.row,
        "words_sha256": kept.sha256,
        "rows_sha256": await sealed(tx, CONCERN_SEAL, None, str(number)),
    }
    await record(
        tx, AuditTag.CONCERN_RAISED, cooperative_id=CHAIN, table="concern", row=str(number), facts=facts
    )  # fmt: skip


async def _case_for(tx: Transaction, told: Told, child: ChildLine | None) -> int:
    days = await days_on(tx, told.cooperative_id, clock.today())
    if child is not None:
        stands = await open_case_of_child(tx, child.person_id, days)
        if stands is not None:
            return stands.id
    case_id: int = await tx.fetchval(
        """INSERT INTO safeguarding.protection_case (cooperative_id, case_no, opened_at)
           SELECT o.id, o.code || '-F' || lpad((1 + (SELECT count(*) FROM safeguarding.protection_case c
             WHERE c.cooperative_id = o.id))::text, 4, '0'), $2 FROM cooperative o WHERE o.id = $1 RETURNING id""",
        told.cooperative_id,
        clock.now(),
    )
    if child is not None:
        line = NewLine(Kind.CHILD, clock.today(), "", about_id=child.person_id)
        await add_line(tx, told.cooperative_id, case_id, line)
    return case_id
