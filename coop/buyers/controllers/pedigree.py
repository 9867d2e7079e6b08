"""Where a buyer's goods come from, and the pack for its own due diligence; as pages and as CSV."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.buyers.controllers.judging import JudgedLine, judged_lines
from coop.buyers.controllers.many import csv_answer
from coop.buyers.forms.many import csv_text
from coop.buyers.queries import Known
from coop.buyers.queries.own import own_buyer, receipt_of
from coop.buyers.queries.pedigree import pedigree_of
from coop.buyers.rules import ItemKind, Outcome
from coop.buyers.rules.pack import Paper, Step, Surroundings, pack_of
from coop.buyers.rules.pedigree import Pedigree
from coop.cooperatives.rules import District, district
from coop.kernel import clock, i18n
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.page import page, reading_of
from coop.kernel.words import Said
from coop.log.queries.checkpoints import witnesses
from coop.receipts.rules.receipt import receipt_text
from coop.settings import settings

AnyRequest = Request[Any, Any, Any]
Coverage = Callable[[Transaction, str], Awaitable[Said | None]]
_OWN = {"permission": Permission.BUYERS_OWN_READ}
_HEADER = ("step", "name_of_step", "field", "value", "known")
_CTI = re.compile(r"[0-9a-f]{20}")


@dataclass(slots=True)
class _Handed:
    coverage: Coverage | None = None


_handed = _Handed()


def hand_in_coverage(coverage: Coverage) -> None:
    """Take the question for a cooperative's band of school cover in the last whole quarter.

    It is asked with an open transaction and the cooperative's code, and answers words (such as
    "60 to 80 of 100"), or None where there are too few households to show. Never by lot.
    """
    _handed.coverage = coverage


@dataclass(frozen=True, slots=True)
class _Shown:
    """A sale of a buyer: what stands behind it, how its receipt is judged now, and the pack."""

    buyer: Known
    cti: str
    one: Pedigree
    line: JudgedLine
    text: str
    district: District
    steps: tuple[Step, ...]


async def _shown(request: AnyRequest, cti: str) -> _Shown:
    """Gather everything. Raises NotThere for a receipt that is not this buyer's sale."""
    actor = acting(request)
    if not _CTI.fullmatch(cti):
        raise NotThere(cti)
    async with transaction(actor.reach(Permission.BUYERS_OWN_READ)) as tx:
        buyer = await own_buyer(tx, actor.user_id)
        one = await pedigree_of(tx, buyer.id, bytes.fromhex(cti))
        row = await receipt_of(tx, buyer.id, bytes.fromhex(cti)) if one else None
        if one is None or row is None:
            raise NotThere(cti)
        coverage = await _handed.coverage(tx, one.coop_code) if _handed.coverage else None
        seen = [w.seen_at for w in await witnesses(tx)]
    text = receipt_text(settings().host_text, row.signed)
    line = (await judged_lines([text]))[0]
    place = district(one.district_lgd)
    hindi = reading_of(request).lang == i18n.HINDI
    known = Surroundings(
        cooperative=one.coop_hi if hindi else one.coop_en,
        grade=one.grade_hi if hindi else one.grade_en,
        district=place.name_hi if hindi else place.name_en,
        verdict=line.verdict,
        witnesses=sum(at is not None and (clock.now() - at).days < 1 for at in seen),
        licence=_paper(buyer, ItemKind.LICENCE),
        undertaking=_paper(buyer, ItemKind.UNDERTAKING),
        feedback=any(route.path == "/feedback" for route in request.app.routes),
        coverage=coverage,
    )
    return _Shown(buyer, cti, one, line, text, place, pack_of(one, known))


def _paper(buyer: Known, kind: ItemKind) -> Paper:
    """How a paper stands today: what the agency saw counts before what a list said."""
    today = clock.today()
    found = {
        item.outcome
        for item in buyer.papers.items
        if item.kind is kind and (item.expires_on is None or item.expires_on >= today)
    }
    if Outcome.ACCEPTED in found:
        return Paper.SEEN
    return Paper.LISTED if Outcome.TAKEN_OVER in found else Paper.MISSING


@get("/firm/receipts/{cti:str}", opt=_OWN)
async def show_pedigree(request: AnyRequest, cti: FromPath[str]) -> Response[Any]:
    """Show where the goods of a receipt come from. Raises NotThere."""
    return page(request, "buyers/pedigree.html", await _shown(request, cti))


@get("/firm/receipts/{cti:str}/pack", opt=_OWN)
async def show_pack(request: AnyRequest, cti: FromPath[str]) -> Response[Any]:
    """Show the pack for due diligence, to print. Raises NotThere."""
    return page(request, "buyers/pack.html", await _shown(request, cti))


@get("/firm/receipts/{cti:str}/pack.csv", opt=_OWN)
async def pack_csv(request: AnyRequest, cti: FromPath[str]) -> Response[Any]:
    """Give the pack as CSV in the reader's language. Raises NotThere."""
    shown = await _shown(request, cti)
    with i18n.use_language(reading_of(request).lang):
        rows = [
            _row(step, field.name, field.value, field.state)
            for step in shown.steps
            for field in step.fields
        ]
    return csv_answer(f"pack-{shown.one.receipt_no}.csv", csv_text(_HEADER, rows))


def _row(step: Step, name: Said, value: Said | str, state: str) -> Sequence[object]:
    known = {"ok": "yes", "wait": "open", "bad": "no", "off": "not known"}[state]
    said = [
        i18n.render(words) if isinstance(words, Said) else words
        for words in (step.name, name, value)
    ]
    return (step.number, *said, known)


HANDLERS = (show_pedigree, show_pack, pack_csv)
