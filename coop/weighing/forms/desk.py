"""The desk's page: one weighing, and the settings of the day; problems in the page's own words."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from coop.kernel.cells import Cells
from coop.kernel.clock import IST
from coop.kernel.number import latin_digits
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.weighing.forms.entry import (
    NO_ID,
    TYPED,
    Place,
    entry_of_cells,
    member_no_of,
    uuid_of,
)
from coop.weighing.rules import PAID_MODES, DaySettings, UnreadEntry, WeighingEntry

LABELS = {
    "member_no": say("Member number"),
    "grade_code": say("Grade"),
    "gross_kg": say("Gross weight, with the bag"),
    "tare_kg": say("Tare (bag)"),
    "moisture_pct": say("Moisture"),
    "waste_pct": say("Waste"),
    "rate_rupees_per_kg": say("Price per kg"),
    "site_code": say("Site"),
    "paid_mode": say("Pay by"),
    "weighed_at": say("Date"),
    "paper_no": say("Page of the paper book"),
    "on_day": say("Date"),
    "at_time": say("Time"),
}
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::[0-5][0-9])?", re.ASCII)


def entry_from_form(
    fields: Mapping[str, str], place: Place, now: datetime
) -> WeighingEntry | UnreadEntry:
    """Read the desk's page: the columns of weighings.csv, its hidden ``id``, and ``paper_no``.

    ``weighed_at`` is for the paper book, India's time without offset; empty means ``now``, and
    then the same page sent twice still says the same.
    """
    row = {**fields}
    written = row.get("weighed_at", "").strip()
    if written:
        row["weighed_at"] = _with_offset(written)
    else:
        row["weighed_at"] = now.isoformat()
    cells = Cells(row, LABELS)
    given = uuid_of(cells.raw("id"))
    if given is None:
        cells.refuse("id", "id_invalid", NO_ID)
    if not cells.raw("member_no"):
        cells.refuse("member_no", "missing", say("Type the member number; it is on the card."))
    if not cells.raw("grade_code"):
        cells.refuse("grade_code", "missing", say("Choose a grade."))
    return entry_of_cells(cells, given, place, TYPED, place_in_row=False, time_in_row=bool(written))


def paper_fields(typed: Mapping[str, str]) -> tuple[dict[str, str], tuple[Refusal, ...]]:
    """A page of the paper book as the entry's form reads it; day and time are one ``weighed_at``.

    Returns the fields and what a page must say besides: its number, its price, day and time.
    """
    cells = Cells(typed, LABELS)
    cells.text("paper_no", 20, needed=True)
    cells.text("rate_rupees_per_kg", 12, needed=True)
    day = cells.day("on_day")
    time = _TIME.fullmatch(latin_digits(cells.raw("at_time")))
    if time is None:
        cells.refuse("at_time", "missing", say("Type the time on the page, as 07:40."))
    clock_time = f"{int(time[1]):02d}:{time[2]}" if time else "00:00"
    fields = {
        **typed,
        "id": typed.get("operation_id", ""),
        "weighed_at": f"{day.isoformat()}T{clock_time}:00",
    }
    return fields, tuple(cells.problems)


def typed_member_no(fields: Mapping[str, str]) -> str:
    """The member number as typed, in the form it is kept; empty where it is none."""
    return member_no_of(Cells(fields))


def bare_number(typed: str, code: str) -> str:
    """A number without its own cooperative's code, as a card's code or a scanner gives it.

    Another cooperative's number stays as it is and is nobody's here.

    >>> bare_number("KDM01/0235", "KDM01"), bare_number("GIR01/0235", "KDM01")
    ('0235', 'GIR01/0235')
    """
    number = latin_digits("".join(typed.split())).upper()
    return number.removeprefix(f"{code}/") if number.startswith(f"{code}/") else typed


def _with_offset(local: str) -> str:
    try:
        at = datetime.fromisoformat(local)
    except ValueError:
        return local
    return (at if at.tzinfo else at.replace(tzinfo=IST)).isoformat()


def read_day(
    fields: Mapping[str, str], open_sites: Collection[str]
) -> tuple[DaySettings | None, tuple[Refusal, ...]]:
    """Read the settings of the day: site, bag, shares and way of paying; or why not."""
    cells = Cells(fields, LABELS)
    chosen = DaySettings(
        site_code=cells.raw("site_code"),
        tare_grams=cells.scaled("tare_kg", 3, 0, 20_000),
        moisture=Decimal(cells.scaled("moisture_pct", 2, 0, 10_000)).scaleb(-2),
        waste=Decimal(cells.scaled("waste_pct", 2, 0, 10_000)).scaleb(-2),
        paid_mode=cells.choice("paid_mode", PAID_MODES),
    )
    if chosen.site_code not in open_sites:
        message = say("Choose a site of the list where collection is allowed.")
        cells.refuse("site_code", "unknown_site", message)
    return (None, tuple(cells.problems)) if cells.problems else (chosen, ())
