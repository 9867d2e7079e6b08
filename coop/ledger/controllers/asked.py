"""What the pages of the books share: whose books, which day, where a list goes on, which paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Request

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.kernel import clock
from coop.kernel.cells import Cells
from coop.kernel.db import Transaction
from coop.kernel.money import format_paise
from coop.kernel.refusal import NotThere, Refusal
from coop.kernel.web.form import Form, problems_of
from coop.kernel.weight import format_kg
from coop.kernel.words import say
from coop.ledger.queries.books import Place
from coop.ledger.rules import about_said

__all__ = ["about_said"]  # a rule of the books that their pages share
AnyRequest = Request[Any, Any, Any]
READ = Permission.LEDGER_BOOK_READ
# Where the paper of a journal is shown, by the letter of its number.
_PAPERS = {"S": "/slips/", "R": "/slips/", "M": "/vouchers/", "V": "/vouchers/", "K": "/vouchers/"}


@dataclass(frozen=True, slots=True)
class Books:
    """Whose books are read, and those that the reader may choose; ``many``: more than one."""

    office: CooperativeRow
    places: tuple[CooperativeRow, ...]

    @property
    def code(self) -> str:
        """The cooperative's code, which every link of these pages carries."""
        return self.office.code


async def books_asked(request: AnyRequest, tx: Transaction, actor: Actor) -> Books:
    """The cooperative that the query names, or the first within reach. Raises NotThere."""
    code = str(request.query_params.get("coop", ""))
    within = actor.cooperatives_for(READ)
    found = tuple(c for c in await cooperatives(tx) if within is None or c.id in within)
    chosen = next((c for c in found if not code or c.code == code), None)
    if chosen is None:
        raise NotThere(code)
    return Books(chosen, found if len(found) > 1 else ())


def day_asked(request: AnyRequest, code: str) -> tuple[date, Form]:
    """The day of the query, today without one; and the form that says so, with what is wrong."""
    typed = str(request.query_params.get("on") or clock.today())
    cells = Cells({"on": typed}, {"on": say("Day")})
    day = cells.day("on")
    problems: list[Refusal] = cells.problems
    return day, Form({"on": typed, "coop": code}, problems_of(problems))


def place_asked(request: AnyRequest) -> Place | None:
    """Where a list goes on; a text that says no place begins it."""
    parts = str(request.query_params.get("after", "")).split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    fy, no, line_no = (int(part[:15]) for part in parts)
    return Place(min(fy, 9999), no, min(line_no, 32_000))


def place_text(fy: int, no: int, line_no: int = 0) -> str:
    """A place as a query says it."""
    return f"{fy}.{no}.{line_no}"


def link(path: str, **query: object) -> str:
    """An address of these pages with what it asks; what is empty is left out."""
    return f"{path}?{urlencode({k: v for k, v in query.items() if v not in ('', None)})}"


def paper_path(document: str) -> str | None:
    """Where the paper of a journal is shown, None where no page shows it yet."""
    parts = document.split("-")
    folder = _PAPERS.get(parts[2][:1]) if len(parts) == 3 else None
    return folder + document if folder else None


def rupees_plain(paise: int) -> str:
    """Paise as rupees for a file: a point, no grouping, no sign of the rupee."""
    return format_paise(paise).replace(",", "")


def kg_plain(grams: int) -> str:
    """Grams as kilograms for a file."""
    return format_kg(grams).replace(",", "")
