"""By when to apply: the earliest day on which a claim would lapse."""

from collections.abc import Mapping
from datetime import date, timedelta

from coop.schemes.rules.dates import Span
from coop.schemes.rules.facts import Answer
from coop.schemes.rules.judging import Result, judge_plainly
from coop.schemes.rules.scheme import Scheme

_LOOK_AHEAD = timedelta(days=366)
_USUAL = timedelta(days=30)


def apply_by(
    scheme: Scheme, answers: Mapping[str, Answer], on: date, camp: date | None = None
) -> date:
    """The last day to apply: the next camp, the end of an age or a claim period, else 30 days on."""
    days = [on + _USUAL]
    if camp is not None and camp >= on:
        days.append(camp)
    claim = _claimed_by(scheme, answers)
    if claim is not None and claim >= on:
        days.append(claim)
    last = last_day(scheme, answers, on)
    if last is not None:
        days.append(last)
    return min(days)


def last_day(scheme: Scheme, answers: Mapping[str, Answer], on: date) -> date | None:
    """The last day on which the same answers still fit, within a year; None if they keep fitting."""
    if judge_plainly(scheme, answers, on).result is not Result.ELIGIBLE:
        return None
    day = on
    while day < on + _LOOK_AHEAD:
        following = day + timedelta(days=1)
        if judge_plainly(scheme, answers, following).result is not Result.ELIGIBLE:
            return day
        day = following
    return None


def opens_on(
    scheme: Scheme, answers: Mapping[str, Answer], on: date, ahead: int = 60
) -> date | None:
    """The first day within ``ahead`` days on which somebody who does not fit today will fit."""
    for days in range(1, ahead + 1):
        day = on + timedelta(days=days)
        if judge_plainly(scheme, answers, day).result is Result.ELIGIBLE:
            return day
    return None


def _claimed_by(scheme: Scheme, answers: Mapping[str, Answer]) -> date | None:
    if scheme.claim is None:
        return None
    since = answers.get(scheme.claim.fact)
    return _months_after(since.first, scheme.claim.months) if isinstance(since, Span) else None


def _months_after(day: date, months: int) -> date:
    """The same day some months on; where the month is shorter, its last day.

    >>> _months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = first_after - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
