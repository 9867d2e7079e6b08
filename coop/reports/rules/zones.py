"""When a village may be called a zone free of child labour, and what an assessment must say. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.kernel.refusal import Refusal
from coop.kernel.words import say


class ZoneState(StrEnum):
    """What an assessment says on a day."""

    HOLDS = "holds"
    NOT_MET = "not_met"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Criterion:
    """What must hold; not ``verified``: the agency has not settled it yet."""

    code: str
    name_en: str
    name_hi: str
    demanded: bool
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessor's visit; ``met`` by criterion."""

    village: str
    block: str
    district_lgd: int
    assessed_on: date
    valid_until: date
    assessor: str
    organisation: str
    evidence: str
    met: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Limits:
    """Days that an assessment may hold, and within which it is entered."""

    valid_days: int
    within_days: int


def state_on(
    assessment: Assessment, revoked_on: date | None, criteria: Sequence[Criterion], on: date
) -> ZoneState:
    """What an assessment says on a day; revoked goes before everything."""
    if revoked_on is not None and revoked_on <= on:
        return ZoneState.REVOKED
    if not all(assessment.met.get(one.code, False) for one in criteria if one.demanded):
        return ZoneState.NOT_MET
    return ZoneState.HOLDS if on <= assessment.valid_until else ZoneState.EXPIRED


def refusals_to_assess(
    one: Assessment, criteria: Sequence[Criterion], limits: Limits, today: date
) -> tuple[Refusal, ...]:
    """Everything that keeps an assessment from being entered."""
    return tuple(_refusals(one, criteria, limits, today))


def _refusals(
    one: Assessment, criteria: Sequence[Criterion], limits: Limits, today: date
) -> Iterator[Refusal]:
    for name, text in (
        ("village", one.village),
        ("block", one.block),
        ("assessor", one.assessor),
        ("organisation", one.organisation),
        ("evidence", one.evidence),
    ):
        if not text:
            yield Refusal("missing", say("Fill this in; it stands on the public page."), name)
    if one.assessed_on > today:
        message = say("The assessment lies in the future; write the day it was made.")
        yield Refusal("future", message, "assessed_on")
    elif (today - one.assessed_on).days > limits.within_days:
        message = say("Assessed over %(days)s days ago; assess anew.", days=limits.within_days)
        yield Refusal("too_old", message, "assessed_on")
    if one.valid_until <= one.assessed_on:
        message = say("It must hold for at least a day; write a later day.")
        yield Refusal("validity", message, "valid_until")
    elif (one.valid_until - one.assessed_on).days > limits.valid_days:
        message = say(
            "It may hold %(days)s days at most; write an earlier day.", days=limits.valid_days
        )
        yield Refusal("validity", message, "valid_until")
    for criterion in criteria:
        if criterion.code not in one.met:
            yield Refusal("unanswered", say("Say yes or no."), f"met_{criterion.code}")
