"""The price board: the floors in force in a district, where they come from and what comes next."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.cooperatives.rules import District
from coop.kernel.db import Transaction
from coop.prices.queries.in_force import FloorNow, FloorPeriod, floors_after, floors_at, grades
from coop.prices.queries.notices import heard_for
from coop.prices.rules import Grade, notice_path


@dataclass(frozen=True, slots=True)
class BoardPrice:
    """A grade on the board; None where no notice is in force."""

    grade_code: int
    name_hi: str
    name_en: str
    picker_paise: int | None
    buyer_paise: int | None
    premium_paise: int | None
    notice_no: str | None
    history_path: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """An authority in both languages."""

    name_hi: str
    name_en: str


@dataclass(frozen=True, slots=True)
class BoardNotice:
    """A notice in force, its source and who was heard (``consulted``: held, none, not_recorded)."""

    number: str
    path: str
    issuer: Issuer
    effective_from: datetime
    effective_to: datetime | None
    for_past: bool
    reference: str
    consulted: str
    no_consultation_reason: str
    held_on: date | None
    people: int
    changed: str


@dataclass(frozen=True, slots=True)
class NextPrice:
    """A grade's floor after a change; None: none will hold."""

    grade_code: int
    name_hi: str
    name_en: str
    paise: int | None
    before_paise: int | None


@dataclass(frozen=True, slots=True)
class NextChange:
    """What changes at an instant, by which notice (None: one only ends)."""

    at: datetime
    number: str | None
    path: str | None
    prices: tuple[NextPrice, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a district at an instant: what its page and its poster show.

    ``prices`` is empty where no notice is in force; ``address``: where anybody reads the same.
    """

    district: District
    districts: tuple[District, ...]
    at: datetime
    prices: tuple[BoardPrice, ...]
    notices: tuple[BoardNotice, ...]
    coming: tuple[NextChange, ...]
    address: str


async def board_at(
    tx: Transaction,
    where: District,
    districts: tuple[District, ...],
    at: datetime,
    address: str,
) -> Board:
    """The floors in force in a district at an instant, where they come from and what comes next."""
    floors = {floor.grade_code: floor for floor in await floors_at(tx, where.code, at)}
    later = await floors_after(tx, where.code, at)
    known = await grades(tx)
    shown = [_price(grade, floors.get(grade.code), where) for grade in known.values()]
    return Board(
        where,
        districts,
        at,
        tuple(shown) if floors else (),
        await _board_notices(tx, list(floors.values())),
        _coming(floors, later, known),
        address,
    )


def _price(grade: Grade, floor: FloorNow | None, where: District) -> BoardPrice:
    figures: tuple[int | None, int | None, int | None, str | None] = (None,) * 4
    if floor:
        figures = (
            floor.picker_floor_paise,
            floor.buyer_floor_paise,
            floor.premium_paise,
            floor.notice_no,
        )
    path = f"/prices/history?district={where.code}&grade={grade.code}"
    return BoardPrice(grade.code, grade.name_hi, grade.name_en, *figures, path)


async def _board_notices(tx: Transaction, floors: list[FloorNow]) -> tuple[BoardNotice, ...]:
    by_number = {floor.notice_no: floor for floor in floors}
    heard = await heard_for(tx, list(by_number))
    return tuple(
        BoardNotice(
            number,
            notice_path(number),
            Issuer(floor.authority_hi, floor.authority),
            floor.since,
            floor.until,
            heard[number].for_past,
            heard[number].reference,
            heard[number].consulted,
            heard[number].no_consultation_reason,
            heard[number].held_on,
            heard[number].people,
            heard[number].changed,
        )
        for number, floor in by_number.items()
    )


def _coming(
    now: dict[int, FloorNow], later: list[FloorPeriod], known: dict[str, Grade]
) -> tuple[NextChange, ...]:
    """What changes, in order; a floor that ends with none after it is a change too."""
    standing = {
        code: (floor.picker_floor_paise, floor.until, floor.since) for code, floor in now.items()
    }
    found: dict[tuple[datetime, str], list[NextPrice]] = {}
    ends: list[tuple[datetime, int, int]] = []
    for period in later:
        before = standing.get(period.grade_code)
        grade = known[str(period.grade_code)]
        held = before[0] if before and before[1] == period.since else None
        if before and before[1] and before[1] < period.since:
            ends.append((before[1], period.grade_code, before[0]))
        found.setdefault((period.since, period.notice_no), []).append(
            NextPrice(grade.code, grade.name_hi, grade.name_en, period.picker_floor_paise, held)
        )
        standing[period.grade_code] = (period.picker_floor_paise, period.until, period.since)
    ends += [(until, code, paise) for code, (paise, until, _) in standing.items() if until]
    for at, code, paise in ends:
        grade = known[str(code)]
        found.setdefault((at, ""), []).append(
            NextPrice(code, grade.name_hi, grade.name_en, None, paise)
        )
    return tuple(
        NextChange(at, number or None, notice_path(number) if number else None, tuple(prices))
        for (at, number), prices in sorted(found.items())
    )
