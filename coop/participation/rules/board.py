"""When the board may speak of a month. Pure."""

from datetime import date, timedelta

from coop.kernel.refusal import Refusal
from coop.kernel.words import say


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the month after.

    >>> month_after(date(2026, 12, 1))
    datetime.date(2027, 1, 1)
    """
    return (month + timedelta(days=32)).replace(day=1)


def months_before(today: date, count: int) -> tuple[date, ...]:
    """The last months that are over, the newest first."""
    found, at = [], month_of(today)
    for _ in range(count):
        at = month_of(at - timedelta(days=1))
        found.append(at)
    return tuple(found)


def refusals_to_post(month: date, today: date, messages: int, least: int) -> tuple[Refusal, ...]:
    """Why a month is not on the board: not over, or too few spoke, so that one could be guessed."""
    if month != month_of(month) or month_after(month) > today:
        return (Refusal("month_runs", say("Wait until the month is over."), "month"),)
    if messages < least:
        message = say(
            "Fewer than %(least)s wrote in this month; it stays off the board.", least=least
        )
        return (Refusal("too_few", message, "month"),)
    return ()
