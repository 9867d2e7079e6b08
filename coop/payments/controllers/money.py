"""Take money from a buyer, pay a member, bring cash to the bank: a form, a check, a voucher."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from litestar import Controller, Request, Response, get, post

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.payments.forms import ReadMoney, read_money
from coop.payments.operations.record import Money, Party, Person, judged_money, record_money
from coop.payments.queries.vouchers import payees_due, payers
from coop.payments.rules import CASH, Kind

AnyRequest = Request[Any, Any, Any]
_RECORD = Permission.PAYMENTS_MONEY_RECORD
_NAMES = Permission.MEMBERS_MEMBER_READ


@dataclass(frozen=True, slots=True)
class BuyerChoice:
    """A buyer to choose, named with what they owe."""

    code: str
    name_hi: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which form: the word in its address, and the kind of money; None: the form says it."""

    word: str
    kind: Kind | None


RECEIVED, PAID, BANK = (
    Asked("received", Kind.RECEIVED),
    Asked("paid", Kind.PAID),
    Asked("bank", None),
)


class MoneyController(Controller):
    """The three forms."""

    path = "/vouchers"
    opt = {"permission": _RECORD}  # noqa: RUF012  (litestar's own form)

    @get("/received")
    async def show_received(self, request: AnyRequest) -> Response[Any]:
        """Show the form of money from a buyer."""
        return await _show(request, RECEIVED)

    @post("/received")
    async def receive(self, request: AnyRequest) -> Response[Any]:
        """Check, then record, money from a buyer."""
        return await _record(request, RECEIVED)

    @get("/paid")
    async def show_paid(self, request: AnyRequest) -> Response[Any]:
        """Show the form of a payout."""
        return await _show(request, PAID)

    @post("/paid")
    async def pay(self, request: AnyRequest) -> Response[Any]:
        """Check, then record, a payout to a member."""
        return await _record(request, PAID)

    @get("/bank")
    async def show_bank(self, request: AnyRequest) -> Response[Any]:
        """Show the form of cash to or from the bank."""
        return await _show(request, BANK)

    @post("/bank")
    async def move(self, request: AnyRequest) -> Response[Any]:
        """Check, then record, cash to or from the bank."""
        return await _record(request, BANK)


async def _show(request: AnyRequest, asked: Asked) -> Response[Any]:
    actor, query = acting(request), request.query_params
    started = {
        "on_day": clock.today().isoformat(),
        "mode": CASH,
        "member_no": str(query.get("member", ""))[:12],
        "buyer_code": str(query.get("buyer", ""))[:12],
    }
    async with transaction(actor.reach(_RECORD)) as tx:
        return await _form_page(request, tx, actor, asked, Form(started))


async def _record(request: AnyRequest, asked: Asked) -> Response[Any]:
    actor, typed = acting(request), await texts_of(request)
    read, refusals = read_money(typed, asked.kind)
    if read is not None:
        try:
            return await _checked_or_booked(request, actor, asked, read, typed)
        except Refused as refused:
            refusals = refused.refusals
    async with transaction(actor.reach(_RECORD)) as tx:
        form = form_of(typed).with_refusals(_on_this_form(refusals, asked))
        return await _form_page(request, tx, actor, asked, form, 422)


def _on_this_form(refusals: tuple[Refusal, ...], asked: Asked) -> list[Refusal]:
    """Cash to the bank has no choice of how: what is said of it stands above."""
    return [
        Refusal(r.code, r.message, None if asked is BANK and r.field == "mode" else r.field)
        for r in refusals
    ]


async def _checked_or_booked(
    request: AnyRequest, actor: Actor, asked: Asked, read: ReadMoney, typed: Mapping[str, str]
) -> Response[Any]:
    money = Money(
        read.operation_id,
        read.kind,
        read.mode,
        read.paise,
        read.on_day,
        read.party,
        read.against,
        read.reference,
        read.words,
    )
    async with transaction(actor.reach(_RECORD)) as tx:
        office = await office_of(tx, actor, _RECORD)
        if typed.get("checked"):
            role = actor.role_for(_RECORD, office.id).value
            person = Person(actor.user_id or 0, role)
            number = await record_money(tx, office.id, office.code, person, money)
            return Response(None, status_code=303, headers={"location": f"/vouchers/{number}"})
        party = await judged_money(tx, office.id, money)
        await record_read(tx, "payee", cooperative_id=office.id, about=read.party, rows=1)
    return page(request, "payments/check.html", _check(asked, money, party, typed))


def _check(asked: Asked, money: Money, party: Party, typed: Mapping[str, str]) -> dict[str, object]:
    kept = {name: value for name, value in typed.items() if name not in ("csrf", "checked")}
    return {
        "word": asked.word,
        "money": money,
        "party": party,
        "after_paise": party.due_paise - money.paise,
        "typed": tuple(kept.items()),
    }


async def _form_page(
    request: AnyRequest,
    tx: Transaction,
    actor: Actor,
    asked: Asked,
    form: Form,
    status: int = 200,
) -> Response[Any]:
    office = await office_of(tx, actor, _RECORD)
    dues = await payees_due(tx, office.id) if asked is PAID else []
    owing = await payers(tx, office.id) if asked is RECEIVED else []
    if dues:
        await record_read(tx, "dues", cooperative_id=office.id, about="members", rows=len(dues))
    context = {
        "word": asked.word,
        "office": office,
        "dues": dues,
        "owing": [one for one in owing if one.due_paise > 0],
        "buyers": [
            BuyerChoice(b.code, f"{b.name} · {b.code}", f"{b.name} · {b.code}") for b in owing
        ],
        "operation_id": form.value("operation_id") or str(uuid4()),
        "form": form,
    }
    return page(request, "payments/money.html", context, status)


async def texts_of(request: AnyRequest) -> dict[str, str]:
    """The texts of a posted form, by the inputs' names."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


async def office_of(
    tx: Transaction, actor: Actor, permission: Permission, code: str = ""
) -> CooperativeRow:
    """The cooperative of a code, or the first in which the actor may. Raises NotThere."""
    within = actor.cooperatives_for(permission)
    found = [c for c in await cooperatives(tx) if within is None or c.id in within]
    chosen = next((c for c in found if not code or c.code == code), None)
    if chosen is None:
        raise NotThere(code)
    return chosen
