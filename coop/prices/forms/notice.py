"""A price notice as an officer types it: one form, many lines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from coop.cooperatives.forms import Parsed
from coop.kernel.money import parse_rupees
from coop.kernel.words import say
from coop.prices.forms.lists import MOST_PAISE_PER_KG
from coop.prices.rules import (
    BUYER,
    PICKER,
    Component,
    Consultation,
    Notice,
    NoticeLine,
    PricedLine,
)
from coop.sites.forms import Typed

# No empty part and no point alone between slashes: the number is an address too.
_NUMBER = "[A-Z0-9][A-Z0-9.-]*(?:/[A-Z0-9][A-Z0-9.-]*)*"
_PART = re.compile(r"(.*?\S)[\s:=]+₹?\s*([0-9०-९.]+)", re.DOTALL)
_MOST_PEOPLE = 100_000


def notice_from_form(
    typed: Mapping[str, str], places: Sequence[tuple[int, int]], published_at: datetime
) -> Parsed[Notice]:
    """Read the form; ``places`` are the districts (LGD) and grades that it has lines for.

    A line with nothing typed is not in the notice. Rupees become paise; days and times are India's.
    """
    cells = Typed(typed)
    begins = cells.moment("from_day", "from_time")
    if begins is None and not cells.problems:
        cells.refuse("from_day", "missing", say("This is empty; fill it in."))
    head = _Head(
        cells.pattern("number", _NUMBER, "DHB/2026/07"),
        published_at,
        (begins or published_at).astimezone(UTC),
        _utc(cells.moment("to_day", "to_time")),
        cells.pattern("supersedes", _NUMBER, "DHB/2026/04", needed=False) or None,
    )
    if len(head.number) > 30:
        message = say(
            "%(column)s is over %(most)s signs.", column=say("Number of the notice"), most=30
        )
        cells.refuse("number", "too_long", message)
    notice = Notice(
        number=head.number,
        authority=cells.text("authority", 120, needed=True),
        authority_hi=cells.text("authority_hi", 120),
        reference=cells.text("reference", 200, needed=True),
        link=_link(cells),
        consultation=_consultation(cells),
        no_consultation_reason=""
        if cells.raw("consulted") == "yes"
        else cells.text("no_consultation_reason", 500),
        no_components_reason=cells.text("no_components_reason", 500),
        lines=_lines(cells, places, head),
    )
    return cells.finish(notice)


@dataclass(frozen=True, slots=True)
class _Head:
    """What every line of a notice shares."""

    number: str
    published_at: datetime
    effective_from: datetime
    effective_to: datetime | None
    supersedes: str | None


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at else None


def _link(cells: Typed) -> str:
    link = cells.text("link", 300)
    if link and not re.fullmatch(r"https://[^\s\"'<>]+", link):
        cells.refuse("link", "link_invalid", say("A link begins with https://; correct it."))
        return ""
    return link


def _consultation(cells: Typed) -> Consultation | None:
    if cells.choice("consulted", ("yes", "no")) != "yes":
        return None
    return Consultation(
        held_on=cells.day("held_on"),
        place=cells.text("place", 120, needed=True),
        men=_people(cells, "men"),
        women=_people(cells, "women"),
        under_18=_people(cells, "under_18"),
        aged_18_35=_people(cells, "aged_18_35"),
        aged_36_59=_people(cells, "aged_36_59"),
        aged_60_up=_people(cells, "aged_60_up"),
        said=cells.text("said", 1000, needed=True),
        changed=cells.text("changed", 1000, needed=True),
    )


def _people(cells: Typed, column: str) -> int:
    return cells.whole_or_none(column, 0, _MOST_PEOPLE) or 0


def _lines(cells: Typed, places: Sequence[tuple[int, int]], head: _Head) -> tuple[PricedLine, ...]:
    found = []
    for district, grade in places:
        at = f"{district}-{grade}"
        names = ("picker", "buyer", "premium", "parts", "buyer_parts")
        if not any(cells.raw(f"{name}-{at}") for name in names):
            continue
        picker, buyer, premium = (
            cells.scaled(f"{name}-{at}", 2, 0, MOST_PAISE_PER_KG) for name in names[:3]
        )
        line = NoticeLine(
            head.number,
            head.published_at,
            head.effective_from,
            head.effective_to,
            district,
            grade,
            picker,
            buyer,
            premium,
            head.supersedes,
        )
        parts = (*_parts(cells, f"parts-{at}", PICKER), *_parts(cells, f"buyer_parts-{at}", BUYER))
        found.append(PricedLine(line, parts))
    return tuple(found)


def _parts(cells: Typed, column: str, floor: str) -> list[Component]:
    """One part a line of text: its name, then rupees a kilogram."""
    parts = []
    for row in filter(None, map(str.strip, cells.raw(column).splitlines())):
        found = _PART.fullmatch(row)
        name = " ".join(found[1].split()) if found else ""
        try:
            paise = parse_rupees(found[2]) if found else 0
        except ValueError:
            paise = 0
        if not name or len(name) > 80 or not 0 < paise <= MOST_PAISE_PER_KG:
            message = say("Write each part on its line: its name, then rupees, as 1.25.")
            cells.refuse(column, "part_unreadable", message)
            return []
        parts.append(Component(floor, name, paise))
    cells.text(column, 2000)  # what cannot be kept, an Aadhaar number among it, is refused
    return parts
