"""The states of a membership, and when it may end. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.kernel.money import format_paise
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say


class State(StrEnum):
    """How a membership stands today."""

    ACTIVE = "active"
    PROVISIONAL = "provisional"
    DORMANT = "dormant"
    CEASED = "ceased"


class Ending(StrEnum):
    """Why a membership ended; the last two are written by other acts."""

    RESIGNED = "resigned"
    MOVED = "moved"
    EXPELLED = "expelled"
    DIED = "died"
    MERGED = "merged"
    TRANSFERRED = "transferred"


ENDINGS: Mapping[Ending, Said] = {
    Ending.RESIGNED: say("Resigned"),
    Ending.MOVED: say("Moved away for good"),
    Ending.EXPELLED: say("Expelled by the general body"),
    Ending.DIED: say("Died"),
    Ending.MERGED: say("The same person has another number"),
    Ending.TRANSFERRED: say("Went to another cooperative"),
}
CHOSEN_ENDINGS = (Ending.RESIGNED, Ending.MOVED, Ending.EXPELLED, Ending.DIED)


@dataclass(frozen=True, slots=True)
class Standing:
    """What must be known of a membership to end, move or erase it. Days in India, money in paise."""

    state: State
    admitted_on: date
    ceased_on: date | None
    due_paise: int
    transfer_open: bool = False


def refusals_to_end(
    standing: Standing, reason: Ending, on: date, source: str, today: date
) -> Iterator[Refusal]:
    """Why a membership cannot end on this day (exit and expulsion: bye-laws; domain rules of death)."""
    if standing.state is State.CEASED:
        yield Refusal("already_ended", say("This membership has ended already."), "on_day")
    elif on > today:
        yield Refusal("day_ahead", say("The day lies ahead; write it down on that day."), "on_day")
    elif on < standing.admitted_on:
        yield Refusal("before_admission", say("The day is before the admission."), "on_day")
    if standing.transfer_open:
        message = say("A transfer is open; take it back first.")
        yield Refusal("transfer_open", message, "reason")
    if reason is Ending.EXPELLED and not source:
        message = say("Give the number of the general body's resolution.")
        yield Refusal("resolution_missing", message, "source")


def refusals_to_transfer(standing: Standing, same_cooperative: bool) -> Iterator[Refusal]:
    """Why a member cannot be sent to another cooperative."""
    if same_cooperative:
        yield Refusal("same_cooperative", say("Choose another cooperative."), "to")
    if standing.state is State.CEASED:
        yield Refusal("already_ended", say("This membership has ended already."), "to")
    if standing.state is State.PROVISIONAL:
        message = say("The membership is provisional; the agency decides first.")
        yield Refusal("provisional", message, "to")
    if standing.transfer_open:
        yield Refusal("transfer_open", say("A transfer is open already."), "to")


def refusals_to_season(standing: Standing, kind: str, on: date, today: date) -> Iterator[Refusal]:
    """Why a season away, or a return, cannot be written down."""
    if standing.state is State.CEASED:
        yield Refusal("already_ended", say("This membership has ended already."), "from_day")
    elif (standing.state is State.DORMANT) == (kind == "away"):
        yield Refusal("as_before", say("That is written down already."), "kind")
    if on > today or on < standing.admitted_on:
        message = say("The day must lie between the admission and today.")
        yield Refusal("day_invalid", message, "from_day")


def refusals_to_erase(
    memberships: tuple[Standing, ...], kept_months: int, today: date
) -> Iterator[Refusal]:
    """Why what is known of a person cannot be blanked yet; ``kept_months``: a dated by-law."""
    for one in memberships:
        if one.ceased_on is None or one.state is not State.CEASED:
            yield Refusal("still_member", say("The membership has not ended; end it first."))
            continue
        if one.due_paise:
            message = say(
                "Rs %(due)s are still due; settle them first.", due=format_paise(one.due_paise)
            )
            yield Refusal("dues_left", message)
        until = months_after(one.ceased_on, kept_months)
        if today < until:
            message = say(
                "The books must be kept until %(day)s (by-law member_kept); ask again then.",
                day=f"{until:%d-%m-%Y}",
            )
            yield Refusal("retention_runs", message)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the last of a shorter month.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
