"""Verify many receipts at once: anybody may, nothing of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile

from coop.buyers.controllers.judging import JudgedLine, judged_lines
from coop.buyers.forms.many import MOST_BYTES, Texts, csv_text, texts_of_csv, texts_pasted
from coop.kernel.clock import IST
from coop.kernel.money import PAISE_PER_RUPEE
from coop.kernel.web.form import Form, problems_of
from coop.kernel.web.page import page
from coop.receipts.rules.verdict import Verdict

AnyRequest = Request[Any, Any, Any]
_MOST_SIGNS = MOST_BYTES
_HEADER = (
    "line", "verdict", "receipt", "cooperative", "kind", "issued_at", "grams", "rupees", "buyer", "first_claimed_at"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Totals:
    """What the genuine and current receipts add up to, each counted once; the others beside."""

    grams: int
    paise: int
    again: int
    others: int


def _totals(lines: Sequence[JudgedLine]) -> Totals | None:
    """Add up, leaving out a receipt that stands a second time."""
    if not lines:
        return None
    current = [one for one in lines if one.verdict == Verdict.GENUINE_CURRENT]
    once = {one.cti: one for one in current}
    return Totals(
        sum(one.grams or 0 for one in once.values()),
        sum(one.total_paise or 0 for one in once.values()),
        len(current) - len(once),
        len(lines) - len(current),
    )


_PATHS = ["/verify/many", "/hi/verify/many", "/en/verify/many"]


@get(_PATHS, opt={"public": True}, sync_to_thread=False)
def show_many(request: AnyRequest) -> Response[Any]:
    """Show the form to paste many receipts."""
    context = {"form": Form(), "lines": (), "current": 0, "texts": "", "totals": None}
    return page(request, "receipts/many.html", context)


@post(
    _PATHS,
    opt={"public": True, "csrf": "origin"},
    status_code=200,
)
async def verify_many(request: AnyRequest) -> Response[Any]:
    """Judge what was pasted or uploaded: as a table, or as CSV where that is asked for."""
    typed = await request.form()
    pasted = typed.get("texts")
    pasted = pasted if isinstance(pasted, str) else ""
    given = await _given(pasted, typed.get("file"))
    form = Form({"texts": pasted[:_MOST_SIGNS]}, problems_of(given.problems))
    lines = await judged_lines(given.texts) if given.texts else []
    if lines and typed.get("as") == "csv":
        return csv_answer("verdicts.csv", csv_text(_HEADER, map(_row, lines)))
    context = {
        "form": form,
        "lines": tuple(zip(lines, given.texts, strict=True)),
        "current": sum(one.verdict == Verdict.GENUINE_CURRENT for one in lines),
        "texts": "\n".join(given.texts),
        "totals": _totals(lines),
    }
    return page(request, "receipts/many.html", context, 422 if form.problems else 200)


async def _given(pasted: str, file: object) -> Texts:
    if isinstance(file, UploadFile):
        content = await file.read(MOST_BYTES + 1)
        if content:
            return texts_of_csv(content)
    return texts_pasted(pasted)


def csv_answer(name: str, text: str) -> Response[Any]:
    """A CSV to keep, with the mark by which spreadsheets know UTF-8."""
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(
        ("\ufeff" + text).encode(), media_type="text/csv; charset=utf-8", headers=headers
    )


def _row(one: JudgedLine) -> Sequence[object]:
    return (
        one.line,
        one.verdict,
        one.number,
        one.cooperative,
        one.kind,
        one.issued_at.astimezone(IST).isoformat() if one.issued_at else None,
        one.grams,
        rupees_plain(one.total_paise),
        one.party,
        one.claimed_at.astimezone(IST).isoformat(timespec="seconds") if one.claimed_at else None,
    )


def rupees_plain(paise: int | None) -> str | None:
    """Rupees with two decimals and no sign of grouping, for programs.

    >>> rupees_plain(1518075)
    '15180.75'
    """
    if paise is None:
        return None
    return f"{paise // PAISE_PER_RUPEE}.{paise % PAISE_PER_RUPEE:02d}"


HANDLERS = (show_many, verify_many)
