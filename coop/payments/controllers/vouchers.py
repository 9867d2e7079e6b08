"""The book of vouchers, one voucher as paper, and its taking back."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import reads_of, record_read
from coop.cooperatives.queries import cooperatives
from coop.kernel.db import Transaction, transaction
from coop.kernel.i18n import use_language
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page, reading_of
from coop.kernel.web.paper import pdf_answer
from coop.payments.controllers.money import AnyRequest, office_of, texts_of
from coop.payments.forms import read_reversal
from coop.payments.operations.papers import count_print
from coop.payments.operations.record import Person
from coop.payments.operations.take_back import take_back_voucher
from coop.payments.queries.paper import PAPER_READ, voucher_paper
from coop.payments.queries.vouchers import VoucherRow, voucher, vouchers
from coop.payments.rules import (
    REASONS,
    VoucherNumber,
    refusals_to_take_back,
    voucher_no,
    voucher_number,
)

_READ = Permission.PAYMENTS_VOUCHER_READ
_REVERSE = Permission.PAYMENTS_MONEY_REVERSE
_PAGE = 50


class VoucherController(Controller):
    """Vouchers within reach."""

    path = "/vouchers"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show_all(self, request: AnyRequest) -> Response[Any]:
        """List a cooperative's vouchers, the newest first. Raises NotThere."""
        actor, query = acting(request), request.query_params
        code, after = str(query.get("coop", "")), _cursor(str(query.get("after", "")))
        within = actor.cooperatives_for(_READ)
        async with transaction(actor.reach(_READ)) as tx:
            office = await office_of(tx, actor, _READ, code)
            found = await vouchers(tx, office.id, after, _PAGE + 1, named=False)
            places = [c for c in await cooperatives(tx) if within is None or c.id in within]
        more = None
        if len(found) > _PAGE:
            last = found[_PAGE - 1]
            place = f"{last.recorded_at.isoformat()}~{last.series}~{last.no}"
            more = "/vouchers?" + urlencode({"coop": office.code, "after": place})
        context = {
            "vouchers": [(one, _number(one)) for one in found[:_PAGE]],
            "office": office,
            "places": places if len(places) > 1 else (),
            "form": Form({"coop": office.code}),
            "more_path": more,
            "may_record": actor.may(Permission.PAYMENTS_MONEY_RECORD, office.id),
        }
        return page(request, "payments/vouchers.html", context)

    @get("/{number:str}")
    async def show(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show a voucher as it is printed. Raises NotThere."""
        actor = acting(request)
        found, given = await _read(actor, number)
        may = actor.may(_REVERSE, found.cooperative_id) and found.reason is None
        with use_language(reading_of(request).lang):
            context = {
                "paper": voucher_paper(found, number, given),
                "reversal_path": f"/vouchers/{number}/reversal" if may else None,
            }
        return page(request, "payments/voucher.html", context)

    @get("/{number:str}/voucher.pdf")
    async def paper(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Give a voucher as a PDF; every paper after the first is a copy. Raises NotThere."""
        from coop.payments.pdf.voucher import voucher_pdf  # reportlab loads where paper is made

        found, given = await _read(acting(request), number, printing=True)
        return await pdf_answer(
            request, f"voucher-{number}", lambda: voucher_pdf(voucher_paper(found, number, given))
        )

    @get("/{number:str}/reversal", opt={"permission": _REVERSE})
    async def ask(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show the form to take a voucher back. Raises NotThere."""
        actor, wanted = acting(request), _wanted(number)
        async with transaction(actor.reach(_REVERSE)) as tx:
            return _reversal_page(request, actor, await _voucher(tx, actor, wanted), Form())

    @post("/{number:str}/reversal", opt={"permission": _REVERSE})
    async def take_back(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Take a voucher back that another recorded. Raises NotThere."""
        actor, wanted, typed = acting(request), _wanted(number), await texts_of(request)
        read, refusals = read_reversal(typed)
        if read is not None:
            try:
                async with transaction(actor.reach(_REVERSE)) as tx:
                    found = await _voucher(tx, actor, wanted)
                    role = actor.role_for(_REVERSE, found.cooperative_id).value
                    person = Person(actor.user_id or 0, role)
                    await take_back_voucher(
                        tx, wanted, person, read.operation_id, read.reason, read.words
                    )
            except Refused as refused:
                refusals = refused.refusals
            else:
                return Response(None, status_code=303, headers={"location": f"/vouchers/{number}"})
        async with transaction(actor.reach(_REVERSE)) as tx:
            found = await _voucher(tx, actor, wanted)
        return _reversal_page(request, actor, found, form_of(typed).with_refusals(refusals), 422)


def _wanted(number: str) -> VoucherNumber:
    wanted = voucher_number(number)
    if wanted is None:
        raise NotThere(number)
    return wanted


async def _voucher(tx: Transaction, actor: Actor, wanted: VoucherNumber) -> VoucherRow:
    """A voucher, with the member's name for who may see it. Raises NotThere."""
    named = actor.may(Permission.MEMBERS_MEMBER_READ)
    found = await voucher(tx, wanted, named=named)
    if found is None:
        raise NotThere(wanted.text)
    return found


async def _read(actor: Actor, number: str, *, printing: bool = False) -> tuple[VoucherRow, int]:
    """A voucher for who reads it, and its prints so far; a reading leaves a row. Raises NotThere."""
    wanted = _wanted(number)
    async with transaction(actor.reach(_READ)) as tx:
        found = await _voucher(tx, actor, wanted)
        own = found.cooperative_id
        if printing:
            return found, await count_print(tx, own, number)
        if found.member_id:
            await record_read(tx, "voucher", cooperative_id=own, about=number, rows=1)
        return found, await reads_of(tx, PAPER_READ, cooperative_id=own, about=number)


def _number(one: VoucherRow) -> str:
    return voucher_no(one.code, one.fy, one.series, one.no)


def _cursor(text: str) -> tuple[datetime, str, int] | None:
    """Where a page of the list goes on; a cursor that is none begins it."""
    try:
        at, series, no = text.split("~")
        instant = datetime.fromisoformat(at)
        return (instant, series[:1], int(no[:18])) if instant.tzinfo else None
    except ValueError:
        return None


def _reversal_page(
    request: AnyRequest, actor: Actor, found: VoucherRow, form: Form, status: int = 200
) -> Response[Any]:
    hindered = refusals_to_take_back(
        found.recorded_by, actor.user_id or 0, taken_back=found.reason is not None
    )
    context = {
        "voucher": found,
        "number": _number(found),
        "hindrance": hindered[0].message if hindered else None,
        "reasons": tuple(REASONS.items()),
        "operation_id": form.value("operation_id") or str(uuid4()),
        "form": form,
    }
    return page(request, "payments/reversal.html", context, status)
