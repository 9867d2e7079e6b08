"""Signs of forced labour and of advances, asked of a household with care. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coop.kernel.rounding import Draw, rounded


class Answered(StrEnum):
    """What a household said; every question may be skipped."""

    YES = "yes"
    NO = "no"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Sign:
    """A question; ``strong``: a yes alone asks for help. Not ``verified``: nobody has settled it."""

    code: str
    name_en: str
    name_hi: str
    strong: bool
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class SignCounts:
    """Households of a quarter: asked, with an advance, with a strong sign; None: few, when published."""

    asked: int | None
    advance: int | None
    strong: int | None


@dataclass(frozen=True, slots=True)
class SignConcern:
    """What "tell the focal point" carries on: no buyer, and of the answers only whether a child is bound.

    ``sheet_id`` makes two tellings one; ``raised_by``: the account's label.
    """

    cooperative_id: int
    cooperative: str
    sheet_id: int
    household_no: str
    village: str
    child_bound: bool
    raised_by: str


def next_sign(signs: Sequence[Sign], answers: Mapping[str, Answered]) -> Sign | None:
    """The first question that is still open."""
    return next((one for one in signs if one.code not in answers), None)


def is_strong(signs: Sequence[Sign], answers: Mapping[str, Answered]) -> bool:
    """Whether a strong sign was answered with yes."""
    return any(one.strong and answers.get(one.code) is Answered.YES for one in signs)


def is_child_bound(answers: Mapping[str, Answered]) -> bool:
    """Whether a child works because of a debt."""
    return answers.get("child_debt") is Answered.YES


def counted(signs: Sequence[Sign], sheets: Sequence[Mapping[str, Answered]]) -> SignCounts:
    """True counts of a quarter's households; each sheet is a household's last."""
    return SignCounts(
        sum(1 for sheet in sheets if sheet),
        sum(1 for sheet in sheets if sheet.get("advance") is Answered.YES),
        sum(1 for sheet in sheets if is_strong(signs, sheet)),
    )


def shown(counts: SignCounts, draws: Sequence[Draw]) -> SignCounts:
    """What is published: each count rounded to 5 by chance of its own, a small one "few"."""
    values = (counts.asked, counts.advance, counts.strong)
    return SignCounts(*(rounded(n or 0, draw) for n, draw in zip(values, draws, strict=True)))
