"""The public price board."""

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get

from coop.cooperatives.queries import cooperatives
from coop.kernel import clock
from coop.kernel.db import NOWHERE, transaction
from coop.kernel.web.page import page
from coop.prices.queries import floors_at, grades

AnyRequest = Request[Any, Any, Any]
# Names of the Local Government Directory for the districts that cooperatives stand in.
_DISTRICTS = {
    334: ("कोडरमा", "Koderma"),
    329: ("गिरिडीह", "Giridih"),
    332: ("हजारीबाग", "Hazaribagh"),
}


@dataclass(frozen=True, slots=True)
class District:
    """A district by its LGD code."""

    code: int
    name_hi: str
    name_en: str


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


@dataclass(frozen=True, slots=True)
class BoardNotice:
    """A notice in force."""

    number: str
    authority: str
    effective_from: object
    effective_to: object


def _district(code: int) -> District:
    hindi, english = _DISTRICTS.get(code, (str(code), str(code)))
    return District(code, hindi, english)


@get(["/prices", "/hi/prices", "/en/prices"], opt={"public": True})
async def board(request: AnyRequest) -> Response[Any]:
    """Show the floors in force now in a district, and the notice that they come from."""
    asked = request.query_params.get("district", "")
    async with transaction(NOWHERE) as tx:
        districts = tuple(
            _district(code)
            for code in sorted({c.district_lgd for c in await cooperatives(tx)}, reverse=True)
        )
        chosen = next(
            (d for d in districts if str(d.code) == asked),
            districts[0] if districts else _district(334),
        )
        floors = {
            floor.grade_code: floor for floor in await floors_at(tx, chosen.code, clock.now())
        }
        known = await grades(tx)
    prices = []
    for grade in known.values():
        floor = floors.get(grade.code)
        figures = (
            (
                floor.picker_floor_paise,
                floor.buyer_floor_paise,
                floor.premium_paise,
                floor.notice_no,
            )
            if floor
            else (None,) * 4
        )
        prices.append(BoardPrice(grade.code, grade.name_hi, grade.name_en, *figures))
    notices = {
        f.notice_no: BoardNotice(f.notice_no, f.authority, f.since, f.until)
        for f in floors.values()
    }
    context = {
        "district": chosen,
        "districts": districts,
        "prices": tuple(prices) if floors else (),
        "notices": tuple(notices.values()),
        "history": None,
    }
    return page(request, "prices/board.html", context)


HANDLERS = (board,)
