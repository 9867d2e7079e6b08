"""A buyer's own pages: standing and papers, receipts, the claim of a receipt; and accounts for it."""

import secrets
from typing import Any
from uuid import uuid4

from litestar import Request, Response, get, post
from litestar.params import FromPath

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.access.roles import Role
from coop.audit.operations import record_read
from coop.buyers import operations
from coop.buyers.controllers.judging import JudgedLine, judge_many, judged_lines
from coop.buyers.controllers.many import csv_answer, rupees_plain
from coop.buyers.controllers.shown import endings_shown, kind_words, papers_shown, standing_shown
from coop.buyers.controllers.words import STATES
from coop.buyers.forms.many import csv_text
from coop.buyers.forms.typed import Typed
from coop.buyers.operations import Sent
from coop.buyers.queries import known_buyer
from coop.buyers.queries.dossier import decisions, dossier
from coop.buyers.queries.own import own_buyer, receipt_count, receipts_of
from coop.buyers.queries.registry import warn_days
from coop.identity.operations import NewUser, add_user
from coop.kernel import clock
from coop.kernel.clock import IST
from coop.kernel.db import Transaction, transaction
from coop.kernel.i18n import HINDI
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.receipts.rules.receipt import receipt_text
from coop.settings import settings

AnyRequest = Request[Any, Any, Any]
_OWN = Permission.BUYERS_OWN_READ
_CLAIM = Permission.BUYERS_RECEIPT_CLAIM
_ADD = Permission.BUYERS_PERSON_ADD
_PAGE = 50
_MOST_CSV = 5_000
_LONGEST = 2000
_HEADER = (
    "receipt",
    "cooperative",
    "kind",
    "issued_at",
    "grams",
    "rupees_before_tax",
    "verdict",
    "claimed_at",
)


@get("/firm", opt={"permission": _OWN})
async def firm(request: AnyRequest) -> Response[Any]:
    """Show a buyer its own standing, papers and what runs out. Raises NotThere."""
    actor, today = acting(request), clock.today()
    async with transaction(actor.reach(_OWN)) as tx:
        known = await own_buyer(tx, actor.user_id)
        warn = await warn_days(tx, today)
        rows = await dossier(tx, known.id)
        made = await decisions(tx, known.id)
        await record_read(tx, "own dossier", cooperative_id=None, about=known.code, rows=len(rows))
    context = {
        "buyer": known,
        "kind": kind_words(known.kind),
        "standing": standing_shown(known, known.standing(today), today, warn),
        "papers": papers_shown(known, rows, today, warn),
        "endings": endings_shown(known, today, warn),
        "suspensions": known.papers.suspensions,
        "decisions": tuple((row, *STATES[row.state]) for row in made),
    }
    return page(request, "buyers/firm.html", context)


@get("/firm/receipts", opt={"permission": _OWN})
async def receipts(request: AnyRequest) -> Response[Any]:
    """List a buyer's receipts with their verdict now, the newest first. Raises NotThere."""
    actor = acting(request)
    number = request.query_params.get("page", "1")
    at_page = (
        max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    )
    async with transaction(actor.reach(_OWN)) as tx:
        known = await own_buyer(tx, actor.user_id)
        total = await receipt_count(tx, known.id)
        texts = await _texts(tx, known.id, limit=_PAGE, offset=_PAGE * (at_page - 1))
    lines = await judged_lines(texts) if texts else []
    context = {
        "buyer": known,
        "lines": tuple(zip(lines, texts, strict=True)),
        "total": total,
        "next_page": at_page + 1 if total > _PAGE * at_page else None,
    }
    return page(request, "buyers/receipts.html", context)


@get("/firm/receipts.csv", opt={"permission": _OWN})
async def receipts_csv(request: AnyRequest) -> Response[Any]:
    """Give a buyer's receipts as CSV, the newest first, at most 5,000. Raises NotThere."""
    actor = acting(request)
    async with transaction(actor.reach(_OWN)) as tx:
        known = await own_buyer(tx, actor.user_id)
        texts = await _texts(tx, known.id, limit=_MOST_CSV, offset=0)
    lines = await judged_lines(texts) if texts else []
    return csv_answer(f"receipts-{known.code}.csv", csv_text(_HEADER, map(_csv_row, lines)))


async def _texts(tx: Transaction, buyer_id: int, *, limit: int, offset: int) -> list[str]:
    rows = await receipts_of(tx, buyer_id, limit=limit, offset=offset)
    return [receipt_text(settings().host_text, row.signed) for row in rows]


def _csv_row(one: JudgedLine) -> tuple[object, ...]:
    return (
        one.number,
        one.cooperative,
        one.kind,
        one.issued_at.astimezone(IST).isoformat() if one.issued_at else None,
        one.grams,
        rupees_plain(one.total_paise),
        one.verdict,
        one.claimed_at.astimezone(IST).isoformat(timespec="seconds") if one.claimed_at else None,
    )


@get("/firm/claims", opt={"permission": _CLAIM})
async def claim_form(request: AnyRequest) -> Response[Any]:
    """Show the form to claim the receipt that came with the goods."""
    actor = acting(request)
    async with transaction(actor.reach(_CLAIM)) as tx:
        await own_buyer(tx, actor.user_id)
    return _claim_page(request, Form({"operation_id": str(uuid4())}))


@post("/firm/claims", opt={"permission": _CLAIM})
async def claim(request: AnyRequest) -> Response[Any]:
    """Claim a receipt once; the second claim is told when the first was."""
    actor, typed = acting(request), Typed(await request.form())
    sent = Sent(*typed.sent(request.scope["path"]))
    text = "".join(typed.values.get("text", "").split())[:_LONGEST]
    judged = (await judge_many([text]))[0]
    try:
        if typed.problems:
            raise Refused(typed.problems)
        async with transaction(actor.reach(_CLAIM)) as tx:
            await operations.claim_receipt(tx, actor.user_id or 0, judged, sent)
    except Refused as refused:
        return _claim_page(request, form_of(typed.values).with_refusals(refused.refusals))
    code = text.rsplit("/", 1)[-1]
    return Response(None, status_code=303, headers={"location": f"/R/{code}"})


def _claim_page(request: AnyRequest, form: Form) -> Response[Any]:
    return page(request, "buyers/claim.html", {"form": form}, 422 if form.problems else 200)


@get("/buyers/{code:str}/people", opt={"permission": _ADD})
async def person_form(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Show the form to add an account for a buyer. Raises NotThere."""
    return await _person_page(request, code, Form())


@post("/buyers/{code:str}/people", opt={"permission": _ADD}, status_code=200)
async def add_person(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Add an account that acts for this buyer; its first password is shown on this answer only."""
    actor, typed = acting(request), Typed(await request.form())
    login = typed.text("user", 60)
    name = typed.text("name", 120) or login
    password = secrets.token_urlsafe(12)
    try:
        if typed.problems:
            raise Refused(typed.problems)
        async with transaction(actor.reach(_ADD)) as tx:
            person = NewUser(login, name, Role.BUYER, None, password, HINDI)
            user_id = await add_user(tx, actor, person)
            await operations.tie_person(tx, code, user_id, None)
    except Refused as refused:
        form = form_of(typed.values).with_refusals(refused.refusals)
        return await _person_page(request, code, form)
    return await _person_page(request, code, Form(), (login, password))


async def _person_page(
    request: AnyRequest, code: str, form: Form, added: tuple[str, str] | None = None
) -> Response[Any]:
    async with transaction(acting(request).reach(_ADD)) as tx:
        known = await known_buyer(tx, code)
    if known is None:
        raise NotThere(code)
    context = {"buyer": known, "form": form, "added": added}
    return page(request, "buyers/person.html", context, 422 if form.problems else 200)


HANDLERS = (firm, receipts, receipts_csv, claim_form, claim, person_form, add_person)
