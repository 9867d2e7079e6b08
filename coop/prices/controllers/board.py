"""What every stranger may read: the board, a floor's history, a notice with its source."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get
from litestar.params import FromPath

from coop.access.guard import actor_of
from coop.access.permission import Permission
from coop.access.role_names import ROLE_NAMES
from coop.access.roles import Role
from coop.cooperatives.queries import cooperatives
from coop.cooperatives.rules import District, district
from coop.kernel import clock
from coop.kernel.db import NOWHERE, Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.prices.queries import (
    FloorNow,
    FloorPeriod,
    floor_history,
    floors_after,
    floors_at,
    grades,
    priced_districts,
)
from coop.prices.queries.notices import heard_for, notice
from coop.prices.rules import Grade, Step, notice_path, shortfall_path, step_chart

AnyRequest = Request[Any, Any, Any]
_PUBLIC = {"public": True}
_NO_DISTRICT = 334  # what is shown before any cooperative is recorded


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


async def known_districts(tx: Transaction) -> tuple[District, ...]:
    """Districts of cooperatives and of notices, Koderma first."""
    codes = {c.district_lgd for c in await cooperatives(tx)} | set(await priced_districts(tx))
    own = {c.district_lgd for c in await cooperatives(tx)} or codes
    return tuple(district(code) for code in sorted(own, reverse=True)) + tuple(
        district(code) for code in sorted(codes - own, reverse=True)
    )


def chosen_district(request: AnyRequest, districts: tuple[District, ...]) -> District:
    """The district that the address asks for, else the first."""
    asked = request.query_params.get("district", "")
    first = districts[0] if districts else district(_NO_DISTRICT)
    return next((d for d in districts if str(d.code) == asked), first)


@get(["/prices", "/hi/prices", "/en/prices"], opt=_PUBLIC)
async def board(request: AnyRequest) -> Response[Any]:
    """Show the floors in force now in a district, where they come from and what comes next."""
    at = clock.now()
    async with transaction(NOWHERE) as tx:
        districts = await known_districts(tx)
        chosen = chosen_district(request, districts)
        floors = {floor.grade_code: floor for floor in await floors_at(tx, chosen.code, at)}
        later = await floors_after(tx, chosen.code, at)
        known = await grades(tx)
        notices = await _board_notices(tx, list(floors.values()))
    context = {
        "district": chosen,
        "districts": districts,
        "prices": tuple(_price(g, floors.get(g.code), chosen) for g in known.values())
        if floors
        else (),
        "notices": notices,
        "coming": _coming(floors, later, known),
    }
    return page(request, "prices/board.html", context)


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


@get(["/prices/history", "/hi/prices/history", "/en/prices/history"], opt=_PUBLIC)
async def history(request: AnyRequest) -> Response[Any]:
    """Show a grade's floors in a district through time, as steps and as a table. Raises NotThere."""
    at = clock.now()
    async with transaction(NOWHERE) as tx:
        districts = await known_districts(tx)
        chosen = chosen_district(request, districts)
        known = await grades(tx)
        grade = known.get(request.query_params.get("grade", next(iter(known), "")))
        if grade is None:
            raise NotThere
        periods = await floor_history(tx, chosen.code, grade.code)
    steps = [Step(p.since, p.until, p.picker_floor_paise) for p in periods]
    context = {
        "district": chosen,
        "districts": districts,
        "grade": grade,
        "grades": tuple(known.values()),
        "periods": tuple(reversed(periods)),
        "chart": step_chart(steps, at),
        "notice_path": notice_path,
    }
    return page(request, "prices/history.html", context)


_READ_FROM_A_LIST = say("read from a list")


def published_by(role: str) -> Said:
    """A publisher's role in words; a list has none."""
    return ROLE_NAMES[Role(role)] if role in set(Role) else _READ_FROM_A_LIST


@get(["/prices/{number:path}", "/hi/prices/{number:path}", "/en/prices/{number:path}"], opt=_PUBLIC)
async def one_notice(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """Show a notice: what it says, where it comes from, who was heard, when it held. Raises NotThere."""
    async with transaction(NOWHERE) as tx:
        found = await notice(tx, str(number).lstrip("/"), clock.now())
    if found is None:
        raise NotThere(number)
    actor = actor_of(request.scope)
    may_count = actor is not None and actor.may(Permission.WEIGHING_SHORTFALL_READ)
    may_publish = actor is not None and actor.may(Permission.PRICES_NOTICE_PUBLISH)
    context = {
        "notice": found,
        "issuer": Issuer(found.authority_hi, found.authority),
        "districts": {line.district_lgd: district(line.district_lgd) for line in found.lines},
        "published_by": published_by(found.published_as),
        "notice_path": notice_path,
        "revision_path": f"/notices/new?revises={quote(found.number, safe='')}"
        if may_publish
        else None,
        "shortfall_path": shortfall_path(found.number) if found.for_past and may_count else None,
    }
    return page(request, "prices/notice.html", context)
