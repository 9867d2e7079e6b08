"""A monitor's monthly checklist of a village: what stands out, and where others saw it otherwise. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say

# Dangers of the inspectors' list of sites that the monitor's question asks about.
DANGERS = frozenset({"shaft", "slope", "water"})


class Seen(StrEnum):
    """What a monitor saw; what was not seen is not guessed."""

    YES = "yes"
    NO = "no"
    UNSEEN = "unseen"


SEEN: Mapping[Seen, Said] = {
    Seen.YES: say("Yes"),
    Seen.NO: say("No"),
    Seen.UNSEEN: say("Not seen"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A question and its good answer; not ``verified``: nobody has settled it."""

    code: str
    name_en: str
    name_hi: str
    good: Seen
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Check:
    """A sheet: village, day, answers by question."""

    village: str
    on_day: date
    answers: Mapping[str, Seen]

    @property
    def month(self) -> date:
        """The first day of its month.

        >>> Check("Namunatand", date(2026, 11, 24), {}).month
        datetime.date(2026, 11, 1)
        """
        return self.on_day.replace(day=1)


@dataclass(frozen=True, slots=True)
class SeenByOthers:
    """What others recorded of the village: its sites' last inspection and dangers, meetings of its committee."""

    inspected_on: date | None
    hazards: frozenset[str]
    met_on: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ItemCount:
    """Of so many sheets that answered a question, in how many it stood out."""

    item: Item
    answered: int
    stands_out: int


def refusals_to_check(
    one: Check, items: Sequence[Item], villages: Collection[str], today: date, within_days: int
) -> Iterator[Refusal]:
    """What keeps a sheet out; ``villages``: those of the household list, as they are spelt."""
    if one.village not in villages:
        yield Refusal("village", say("Choose one of those shown."), "village")
    if one.on_day > today:
        yield Refusal("future", say("This day is still to come; write the day it was."), "on_day")
    elif (today - one.on_day).days > within_days:
        message = say("Over %(days)s days ago; go through the village anew.", days=within_days)
        yield Refusal("too_old", message, "on_day")
    for item in items:
        if item.code not in one.answers:
            yield Refusal("unanswered", say("Choose yes, no or not seen."), f"seen_{item.code}")


def standing_out(items: Sequence[Item], answers: Mapping[str, Seen]) -> tuple[Item, ...]:
    """The questions whose answer is not the good one; what was not seen does not stand out."""
    return tuple(
        one for one in items if answers.get(one.code, Seen.UNSEEN) not in (one.good, Seen.UNSEEN)
    )


def seen_otherwise(one: Check, others: SeenByOthers) -> tuple[Said, ...]:
    """Where the sheet and what others recorded do not agree; a reason to look again, no fault of anybody."""
    return tuple(_otherwise(one, others))


def _otherwise(one: Check, others: SeenByOthers) -> Iterator[Said]:
    danger, dangers = one.answers.get("danger"), others.hazards & DANGERS
    if danger is Seen.YES and others.inspected_on is not None and not dangers:
        yield say("The monitor saw a danger, the inspector's list of sites shows none.")
    if danger is Seen.YES and others.inspected_on is None:
        yield say("The monitor saw a danger; no inspector's visit is recorded here.")
    if danger is Seen.NO and dangers:
        yield say("The inspector's list shows a danger, the monitor saw none.")
    met = any(day.replace(day=1) == one.month for day in others.met_on)
    if one.answers.get("committee") is Seen.YES and not met:
        yield say("The committee met by the sheet; no meeting of that month is recorded.")
    if one.answers.get("committee") is Seen.NO and met:
        yield say("A meeting of that month is recorded; the monitor knows of none.")


def counted_items(items: Sequence[Item], sheets: Sequence[Check]) -> tuple[ItemCount, ...]:
    """How often each question stood out, of the sheets in which it was seen."""
    found = []
    for item in items:
        seen = [one.answers.get(item.code, Seen.UNSEEN) for one in sheets]
        told = [one for one in seen if one is not Seen.UNSEEN]
        found.append(ItemCount(item, len(told), sum(one is not item.good for one in told)))
    return tuple(found)
