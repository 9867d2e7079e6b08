"""Public verification: paste one, follow a printed code, and the files a stranger's program needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from coop.access.guard import actor_of
from coop.access.permission import Permission
from coop.kernel import clock
from coop.kernel.db import NOWHERE, SYSTEM, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.web.page import page
from coop.kernel.words import say
from coop.receipts import queries
from coop.receipts.operations.keys import root_public_keys, signing_key
from coop.receipts.rules.receipt import SALE, Receipt, document_no
from coop.receipts.rules.status_list import PLACES, StatusList, read_status_list, sign_status_list
from coop.receipts.rules.trust_list import TrustList, read_trust_list
from coop.receipts.rules.verdict import PROVEN, Judgement, Verdict, judge
from coop.settings import settings

AnyRequest = Request[Any, Any, Any]
_PUBLIC = {"public": True}
_BYTES = 'application/cose; cose-type="cose-sign1"'
_LONGEST = 2000  # a receipt's text has at most 1,670 signs


@dataclass(frozen=True, slots=True)
class Named:
    """A name in both languages with its code."""

    code: str
    name_hi: str
    name_en: str


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """A line to compare with the goods."""

    grade_code: int
    name_hi: str
    name_en: str
    grams: int
    paise_per_kg: int


@dataclass(frozen=True, slots=True)
class Goods:
    """What the paper says, to compare with the goods."""

    number: str
    kind: int
    cooperative: Named
    issued_at: datetime
    lines: tuple[GoodsLine, ...]
    total_paise: int
    buyer: str | None
    cti: str


@dataclass(frozen=True, slots=True)
class Check:
    """One check and how it went."""

    key: str
    state: str


async def _no_log(_: bytes) -> bool:
    return False


_stands_in_log: Callable[[bytes], Awaitable[bool]] = _no_log


def ask_log(stands: Callable[[bytes], Awaitable[bool]]) -> None:
    """Say who knows whether a receipt (its cti) stands in the log, which is built above this domain."""
    global _stands_in_log
    _stands_in_log = stands


async def signed_status_list(list_no: int) -> bytes:
    """A status list as served, signed now. Raises NotThere."""
    at = clock.now()
    async with transaction(SYSTEM) as tx:
        if not await queries.list_exists(tx, list_no):
            raise NotThere(str(list_no))
        places = await queries.statuses(tx, list_no)
        key = await signing_key(tx, settings().keys, None, at)
    return sign_status_list(
        settings().public_url, list_no, places, int(at.timestamp()), key.private, key.kid
    )


@get("/.well-known/mr1-keys", opt=_PUBLIC)
async def mr1_keys() -> Response[bytes]:
    """Give the agency's signed list of keys."""
    async with transaction(NOWHERE) as tx:
        served = await queries.trust_list(tx)
    if served is None:
        raise NotFoundException
    return _open_bytes(served.signed, _BYTES, 300)


@get("/mr1/status/{list_no:int}", opt=_PUBLIC)
async def status_list(list_no: FromPath[int]) -> Response[bytes]:
    """Give a status list; what was voided shows at once."""
    if not 0 <= list_no < 2**31:
        raise NotThere(str(list_no))
    return _open_bytes(await signed_status_list(list_no), "application/statuslist+cwt", 2)


def _open_bytes(data: bytes, media_type: str, seconds: int) -> Response[bytes]:
    headers = {
        "cache-control": f"public, max-age={seconds}",
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
    }
    return Response(data, media_type=media_type, headers=headers)


@get(["/verify", "/hi/verify", "/en/verify"], opt=_PUBLIC, sync_to_thread=False)
def show(request: AnyRequest) -> Response[Any]:
    """Show the form to paste a receipt's text."""
    return page(request, "receipts/verify.html", _context(Form()))


@post(
    ["/verify", "/hi/verify", "/en/verify"], opt={"public": True, "csrf": "origin"}, status_code=200
)
async def verify(request: AnyRequest) -> Response[Any]:
    """Judge what was pasted, in plain words."""
    typed = (await request.form()).get("text")
    text = typed.strip() if isinstance(typed, str) else ""
    if not text or len(text) > _LONGEST:
        problem = FieldProblem(
            "text", say("Paste the text of one receipt, from https:// to its end.")
        )
        return page(
            request,
            "receipts/verify.html",
            _context(Form({"text": text[:_LONGEST]}, (problem,))),
            422,
        )
    return await _verdict_page(request, text)


@get(["/R/{code:str}", "/hi/R/{code:str}", "/en/R/{code:str}"], opt=_PUBLIC)
async def printed(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Judge the code that a camera followed."""
    host = settings().host_text
    return await _verdict_page(request, f"HTTPS://{host}/R/{code[:_LONGEST]}")


HANDLERS = (mr1_keys, status_list, show, verify, printed)


async def _verdict_page(request: AnyRequest, text: str) -> Response[Any]:
    at = int(clock.now().timestamp())
    async with transaction(NOWHERE) as tx:
        served = await queries.trust_list(tx)
    roots = [bytes.fromhex(line) for line in root_public_keys(settings().keys)]
    trust = (
        read_trust_list(served.signed, roots, now=at) if served else TrustList(refused="expired")
    )
    data = text.encode("utf-8", "replace")
    judged = judge(data, trust, await _lists(judge(data, trust, {}, now=at), trust), now=at)
    shown = (
        "KEY_LIST_OUT_OF_DATE"
        if trust.refused == "expired" and judged.verdict is Verdict.UNKNOWN_KEY
        else judged.verdict.value
    )
    goods = await _goods(judged.receipt) if judged.receipt else None
    proven = judged.receipt is not None and judged.verdict in PROVEN
    logged = proven and judged.receipt is not None and await _stands_in_log(judged.receipt.cti)
    context = _context(Form({"text": text}), shown, judged, goods, logged)
    return page(request, "receipts/verify.html", {**context, **await _claim(request, judged)})


async def _claim(request: AnyRequest, judged: Judgement) -> dict[str, object]:
    """When a proven sale's receipt was first claimed; where it was not, a buyer may claim it."""
    receipt = judged.receipt
    if receipt is None or receipt.kind != SALE or judged.verdict not in PROVEN:
        return {}
    async with transaction(NOWHERE) as tx:
        first = (await queries.first_claims(tx, [receipt.cti])).get(receipt.cti)
    actor = actor_of(request.scope)
    may = first is None and actor is not None and actor.may(Permission.BUYERS_RECEIPT_CLAIM)
    return {"first_claim": first, "claim_id": str(uuid4()) if may else None}


async def _lists(judged: Judgement, trust: TrustList) -> dict[int, StatusList]:
    """The one list that this receipt stands in, where the receipt is proven."""
    if judged.receipt is None or judged.verdict not in PROVEN:
        return {}
    number = judged.receipt.sidx // PLACES
    try:
        found = (
            read_status_list(await signed_status_list(number), trust) if number < 2**31 else None
        )
    except NotThere:
        found = None
    return {number: found} if found else {}


async def _goods(receipt: Receipt) -> Goods:
    async with transaction(NOWHERE) as tx:
        coop = await queries.cooperative_names(tx, receipt.coop)
        grades = await queries.grade_names(tx)
    blank = ("", "")
    lines = tuple(
        GoodsLine(line.grade, *grades.get(line.grade, blank), line.grams, line.paise_per_kg)
        for line in receipt.lines
    )
    number = document_no(receipt.coop, receipt.fy, receipt.kind, receipt.no)
    issued = datetime.fromtimestamp(min(receipt.iat, 32_503_680_000), UTC)
    return Goods(
        number,
        receipt.kind,
        Named(receipt.coop, *(coop or (receipt.coop, receipt.coop))),
        issued,
        lines,
        receipt.total,
        receipt.party,
        receipt.cti.hex(),
    )


_ORDER = ("text", "seal", "sum", "status", "log")
_FAILS = {
    Verdict.MALFORMED: 0,
    Verdict.UNKNOWN_KEY: 1,
    Verdict.KEY_NOT_VALID_THEN: 1,
    Verdict.BAD_SIGNATURE: 1,
    Verdict.INCONSISTENT: 2,
}
_STATUS_STATE = {
    Verdict.GENUINE_CURRENT: "ok",
    Verdict.GENUINE_STATUS_UNKNOWN: "wait",
    Verdict.HELD: "wait",
    Verdict.REPLACED: "wait",
    Verdict.VOID: "bad",
}


def _checks(verdict: Verdict, logged: bool) -> tuple[Check, ...]:
    """What was looked at in order; what comes after the first failure was not."""
    failed = _FAILS.get(verdict)
    if failed is None:
        states = ["ok", "ok", "ok", _STATUS_STATE[verdict], "ok" if logged else "wait"]
    else:
        states = ["ok"] * failed + ["bad"] + ["off"] * (4 - failed)
    return tuple(Check(key, state) for key, state in zip(_ORDER, states, strict=True))


def _context(
    form: Form,
    shown: str | None = None,
    judged: Judgement | None = None,
    goods: Goods | None = None,
    logged: bool = False,
) -> dict[str, object]:
    status_at = (
        datetime.fromtimestamp(judged.statuses.iat, UTC) if judged and judged.statuses else None
    )
    checks = _checks(judged.verdict, logged) if judged else ()
    return {
        "form": form,
        "verdict": shown,
        "status_at": status_at,
        "since": None,
        "checks": checks,
        "goods": goods,
        "history": (),
        "first_claim": None,
    }
