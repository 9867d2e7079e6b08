"""Two doors of a weighing as one entry: a row of a file and a device's JSON; what all doors share.

Numbers are bounded here so that no product of them leaves a bigint; what they mean is for the
rules. A weight or share beyond all bounds stays beyond them and is refused there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from coop.cooperatives.forms import COOPERATIVE_CODE
from coop.kernel.cells import MOST_BIGINT, MOST_INTEGER, Cells
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.weighing.rules import (
    PAID_MODES,
    UnreadEntry,
    WeighingEntry,
)

WEIGHING_COLUMNS = (
    "client_id",
    "cooperative",
    "centre",
    "device",
    "device_seq",
    "member_no",
    "site_code",
    "grade_code",
    "gross_kg",
    "tare_kg",
    "moisture_pct",
    "waste_pct",
    "rate_rupees_per_kg",
    "weighed_at",
    "paid_mode",
)
# Where a refusal of a rule stands in a file and on the desk's page.
COLUMN_OF = {
    "id": "client_id",
    "gross_g": "gross_kg",
    "tare_g": "tare_kg",
    "rate_paise_per_kg": "rate_rupees_per_kg",
}
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WHOLE_NAMES = ("device_seq", "grade_code", "gross_g", "tare_g", "rate_paise_per_kg")
_TEXT_NAMES = ("member_no", "site_code", "moisture_pct", "waste_pct", "weighed_at", "paid_mode")
_OPTIONAL_NAMES = ("paper_no", "sig")
_NAMES = frozenset({"id", *_WHOLE_NAMES, *_TEXT_NAMES, *_OPTIONAL_NAMES})
_BEYOND = 10**21  # longer numbers are not read; everything up to here is bounded below
_MOST_GRAMS = 10**12
_MOST_RATE = 10**9
_MOST_HUNDREDTHS = 10**8
_MEMBER_NO, _CENTRE, _DEVICE = "[0-9A-Z/-]{1,12}", "[0-9A-Z-]{1,20}", "[0-9A-Z-]{1,24}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry is made, as the device's token or the clerk's session tells."""

    cooperative: str
    centre: str | None
    device: str | None


@dataclass(frozen=True, slots=True)
class Units:
    """How a door names and measures weights and rate: decimals of kilograms and rupees."""

    gross: str = "gross_kg"
    tare: str = "tare_kg"
    rate: str = "rate_rupees_per_kg"
    gram_places: int = 3
    paisa_places: int = 2


TYPED = Units()
_JSON = Units("gross_g", "tare_g", "rate_paise_per_kg", 0, 0)


def entry_id(item: object) -> UUID | None:
    """Return the id of a JSON entry, None where it has none: such a list is answered 400."""
    given = item.get("id") if isinstance(item, dict) else None
    return uuid_of(given) if isinstance(given, str) else None


def entry_from_row(row: Mapping[str, str]) -> WeighingEntry | UnreadEntry:
    """Read a row of weighings.csv; the row itself names cooperative, centre and device."""
    cells = Cells(row)
    place = Place(
        cells.pattern("cooperative", COOPERATIVE_CODE, "KDM01"),
        _code(cells, "centre", _CENTRE, "KDM01-C1", "unknown_centre") or None,
        _code(cells, "device", _DEVICE, "KDM01-C1-D1", "code_invalid") or None,
    )
    given = uuid_of(cells.raw("client_id"))
    if given is None:
        cells.refuse("client_id", "id_invalid", NO_ID)
    return entry_of_cells(cells, given, place, TYPED, place_in_row=True)


def entry_from_json(item: object, place: Place) -> WeighingEntry | UnreadEntry:
    """Read one entry of ``POST /api/v1/desk/entries``; whole numbers must be JSON integers.

    ``place`` is the device token's. A signature (``sig``) is no part of the entry.
    """
    if not isinstance(item, dict):
        message = say("An entry must be a JSON object; see the contract.")
        return UnreadEntry(None, (Refusal("not_an_object", message),))
    row, wrong = _strictly(item)
    cells = Cells(row)
    for refusal in wrong:
        cells.problems.append(refusal)
    given = entry_id(item)
    if given is None:
        cells.refuse("id", "id_invalid", NO_ID)
    if "device_seq" not in row:
        cells.refuse("device_seq", "not_a_number", _NOT_WHOLE)
    return entry_of_cells(cells, given, place, _JSON, place_in_row=False)


def entry_of_cells(
    cells: Cells,
    given: UUID | None,
    place: Place,
    units: Units,
    *,
    place_in_row: bool,
    time_in_row: bool = True,
) -> WeighingEntry | UnreadEntry:
    """Read the values that every door has; the first problem of each field where one is wrong."""
    entry = WeighingEntry(
        id=given or UUID(int=0),
        cooperative=place.cooperative,
        centre=place.centre,
        device=place.device,
        device_seq=cells.whole_or_none("device_seq", 0, MOST_BIGINT),
        member_no=member_no_of(cells),
        site_code=_code(cells, "site_code", _CENTRE, "S-334-01", "unknown_site"),
        grade_code=_grade_code(cells),
        gross_g=_bounded(cells, units.gross, units.gram_places, _MOST_GRAMS),
        tare_g=_bounded(cells, units.tare, units.gram_places, _MOST_GRAMS),
        moisture=_share(cells, "moisture_pct"),
        waste=_share(cells, "waste_pct"),
        rate_paise_per_kg=cells.scaled(units.rate, units.paisa_places, -_MOST_RATE, _MOST_RATE),
        weighed_at=cells.instant("weighed_at"),
        paid_mode=cells.choice("paid_mode", PAID_MODES),
        paper_no=cells.text("paper_no", 20) or None,
        place_in_row=place_in_row,
        time_in_row=time_in_row,
    )
    return UnreadEntry(given, _first_of_each(cells.problems)) if cells.problems else entry


def uuid_of(text: str) -> UUID | None:
    """Return the UUID that a text is, None where it is none."""
    return UUID(text.strip()) if _UUID.fullmatch(text.strip()) else None


def _code(cells: Cells, column: str, form: str, example: str, problem: str) -> str:
    return cells.pattern(column, form, example, needed=False, problem=problem)


def member_no_of(cells: Cells) -> str:
    """Four digits; a spreadsheet drops the noughts before them."""
    number = _code(cells, "member_no", _MEMBER_NO, "0235", "unknown_member")
    return number.zfill(4) if number.isdigit() else number


def _grade_code(cells: Cells) -> int:
    code = cells.whole("grade_code", -_BEYOND * 1000, _BEYOND * 1000)
    return code if 0 < code <= MOST_INTEGER else 0  # no grade has the code 0


def _bounded(cells: Cells, column: str, places: int, most: int) -> int:
    number = cells.scaled(column, places, -_BEYOND * 10**6, _BEYOND * 10**6)
    return max(-most, min(number, most))


def _share(cells: Cells, column: str) -> Decimal:
    return Decimal(_bounded(cells, column, 2, _MOST_HUNDREDTHS)).scaleb(-2)


def _strictly(item: Mapping[object, object]) -> tuple[dict[str, str], list[Refusal]]:
    """Return the entry's values as text, and what has not the JSON type it must have."""
    row: dict[str, str] = {}
    wrong: list[Refusal] = []
    for name, value in item.items():
        if name not in _NAMES or not isinstance(name, str):
            message = say("The entry has a field that the contract does not name.")
            wrong.append(Refusal("unknown_field", message, ascii(name).strip("'\"")[:40]))
        elif name in _WHOLE_NAMES and type(value) is int:
            row[name] = str(max(-_BEYOND, min(value, _BEYOND)))
        elif name in _WHOLE_NAMES:
            wrong.append(Refusal("not_a_number", _NOT_WHOLE, name))
        elif isinstance(value, str):
            row[name] = value
        elif value is not None or name not in _OPTIONAL_NAMES:
            message = say("This must be text between quotes, also for a share of 2.5.")
            shares = ("moisture_pct", "waste_pct")
            wrong.append(Refusal("not_a_number" if name in shares else "not_text", message, name))
    return row, wrong


def _first_of_each(problems: list[Refusal]) -> tuple[Refusal, ...]:
    """The first problem of each field: a value of the wrong type is not also a missing one."""
    first: dict[str | None, Refusal] = {}
    for problem in problems:
        first.setdefault(problem.field, problem)
    return tuple(first.values())


NO_ID = say("The id is not a UUID; make one for each weighing.")
_NOT_WHOLE = say("This must be a whole JSON number, without quotes or point.")
