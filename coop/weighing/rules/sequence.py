"""Entries judged in order of arrival: only one that is accepted takes its id."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from coop.kernel.clock import ist_day
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.weighing.rules.entry import UnreadEntry, WeighingEntry, content_sha256, says_the_same
from coop.weighing.rules.facts import Facts
from coop.weighing.rules.payable import Settled
from coop.weighing.rules.refusals import weigh_up


class Outcome(StrEnum):
    """What becomes of an entry. Replay: it came before in this batch; unchanged: earlier."""

    ACCEPTED = "accepted"
    REPLAY = "replay"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry's outcome: what is to be booked, the reasons against it, or whom it repeats.

    ``repeats`` is the place (from 0) in the batch of the accepted entry that a replay repeats;
    ``content`` the 32 bytes to be kept beside an accepted entry's id.
    """

    entry: WeighingEntry | None
    outcome: Outcome
    refusals: tuple[Refusal, ...] = ()
    settled: Settled | None = None
    repeats: int | None = None
    content: bytes = b""


def judge_in_order(
    entries: Iterable[WeighingEntry | UnreadEntry],
    facts_for: Callable[[WeighingEntry], Facts],
    earlier_ids: Mapping[UUID, bytes],
) -> list[Judged]:
    """Return the outcome of each entry of a batch, in its order; the whole batch is one booking.

    ``earlier_ids`` maps ids that are booked already to their content_sha256. ``facts_for`` says
    what stood before the batch; cash that the batch itself pays is added here.
    """
    batch = _Batch(facts_for, earlier_ids)
    return [batch.judge(place, entry) for place, entry in enumerate(entries)]


@dataclass(frozen=True, slots=True)
class _Payee:
    cooperative: str
    member_no: str
    day: date


class _Batch:
    """What the batch has booked so far: ids with their content, and cash by payee and day."""

    def __init__(
        self, facts_for: Callable[[WeighingEntry], Facts], earlier_ids: Mapping[UUID, bytes]
    ) -> None:
        self._facts_for = facts_for
        self._earlier = earlier_ids
        self._taken: dict[UUID, tuple[int, bytes]] = {}
        self._cash: dict[_Payee, int] = {}

    def judge(self, place: int, entry: WeighingEntry | UnreadEntry) -> Judged:
        if isinstance(entry, UnreadEntry):
            return Judged(None, Outcome.REFUSED, entry.refusals)
        if entry.id in self._earlier:
            return _again(entry, self._earlier[entry.id], Outcome.UNCHANGED, None)
        if entry.id in self._taken:
            first, content = self._taken[entry.id]
            return _again(entry, content, Outcome.REPLAY, first)
        return self._first_time(place, entry)

    def _first_time(self, place: int, entry: WeighingEntry) -> Judged:
        payee = _Payee(entry.cooperative, entry.member_no, ist_day(entry.weighed_at))
        facts = self._facts_for(entry)
        paid = self._cash.get(payee, 0)
        if paid:
            facts = replace(facts, cash_today_paise=facts.cash_today_paise + paid)
        refusals, worked_out = weigh_up(entry, facts)
        if worked_out is None:
            return Judged(entry, Outcome.REFUSED, refusals)
        content = content_sha256(entry)
        self._taken[entry.id] = (place, content)
        if entry.paid_mode == "cash":
            self._cash[payee] = paid + worked_out.amount_paise
        return Judged(entry, Outcome.ACCEPTED, settled=worked_out, content=content)


def _again(entry: WeighingEntry, kept: bytes, same: Outcome, first: int | None) -> Judged:
    if says_the_same(entry, kept):
        return Judged(entry, same, repeats=first)
    message = say("This id came before with another content; the first stands.")
    return Judged(entry, Outcome.REFUSED, (Refusal("duplicate_conflict", message, "id"),))
