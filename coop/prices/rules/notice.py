"""A notice as it is published: its lines, how floors come about, who was heard. Pure."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import quote

from coop.prices.rules.periods import NoticeLine

PICKER, BUYER = "picker", "buyer"


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a floor (``of_floor``: picker or buyer) with its name, in paise a kilogram."""

    of_floor: str
    name: str
    paise_per_kg: int


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with how its floors come about; no parts of a floor: they are left out."""

    line: NoticeLine
    components: tuple[Component, ...] = ()

    def parts_of(self, floor: str) -> tuple[Component, ...]:
        """The parts of one of the two floors."""
        return tuple(part for part in self.components if part.of_floor == floor)


@dataclass(frozen=True, slots=True)
class Consultation:
    """Who was heard: people counted, never named; ages are bands of full years."""

    held_on: date
    place: str
    men: int
    women: int
    under_18: int
    aged_18_35: int
    aged_36_59: int
    aged_60_up: int
    said: str
    changed: str

    @property
    def people(self) -> int:
        """How many were heard."""
        return self.men + self.women

    @property
    def by_age(self) -> int:
        """How many the bands of age come to."""
        return self.under_18 + self.aged_18_35 + self.aged_36_59 + self.aged_60_up


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it is published. ``reference`` and ``link``: the document it comes from.

    Without a consultation and without a reason it is one that a list brought: not recorded.
    """

    number: str
    authority: str
    authority_hi: str
    reference: str
    link: str
    consultation: Consultation | None
    no_consultation_reason: str
    no_components_reason: str
    lines: tuple[PricedLine, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands when a notice is to be published: every line ever published, the grades."""

    lines: tuple[NoticeLine, ...]
    grades: Collection[int]
    may_publish_for_past: bool

    def at(self, district: int, grade: int) -> tuple[NoticeLine, ...]:
        """The lines of one district and grade."""
        return tuple(
            line for line in self.lines if (line.district_lgd, line.grade_code) == (district, grade)
        )


def field_at(name: str, line: NoticeLine) -> str:
    """The field of a line on the form.

    ``picker`` of district 334 and grade 3 is ``picker-334-3``.
    """
    return f"{name}-{line.district_lgd}-{line.grade_code}"


def content_digest(notice: Notice) -> bytes:
    """SHA-256 over all that an officer typed: the same form sent twice has the same digest."""
    said = asdict(notice)
    for priced in said["lines"]:
        del priced["line"]["published_at"]  # the clock's word, not the officer's
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8")).digest()


def notice_path(number: str) -> str:
    """The public address of a notice; the slashes of its number are those of the path.

    >>> notice_path("DHB/2026/04-R1")
    '/prices/DHB/2026/04-R1'
    """
    return "/prices/" + quote(number)


def shortfall_path(number: str) -> str:
    """Where it is counted what was weighed below a notice for a past time."""
    return "/shortfalls/" + quote(number)
