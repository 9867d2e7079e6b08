"""A member's passbook: a month or a print of it, as a page and on A5."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, problems_of
from coop.kernel.web.page import page
from coop.kernel.web.paper import pdf_answer
from coop.ledger.controllers.asked import about_said, paper_path
from coop.members.queries.member import MemberFacts, member
from coop.payments.controllers.money import AnyRequest, texts_of
from coop.payments.operations.passbook import print_passbook
from coop.payments.operations.record import Person
from coop.payments.queries.passbook import (
    Passbook,
    last_print,
    passbook_of_month,
    passbook_of_print,
    print_of,
)

_PRINT = Permission.MEMBERS_PASSBOOK_PRINT
_MONTHS = 24


class PassbookController(Controller):
    """Weighings, cash paid, what is due: the ledger's own lines."""

    path = "/members/{code:str}/{number:str}/passbook"
    opt = {"permission": _PRINT}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[str]
    ) -> Response[Any]:
        """Show a month, this one without any, or a print. Raises NotThere."""
        return await _page(request, acting(request), code, number)

    @get("/passbook.pdf")
    async def paper(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[str]
    ) -> Response[Any]:
        """Give the same on A5. Raises NotThere."""
        from coop.payments.pdf.passbook import passbook_pdf  # reportlab loads where paper is made

        async with transaction(acting(request).reach(_PRINT)) as tx:
            one = await _member(tx, code, number)
            book = await _book(tx, request, one)
        span = f"print-{book.print_no}" if book.print_no else f"{book.first:%Y-%m}"
        name = f"passbook-{one.code}-{one.member_no}-{span}"
        return await pdf_answer(request, name, lambda: passbook_pdf(book))

    @post("/prints")
    async def print_new(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[str]
    ) -> Response[Any]:
        """Print what is new since the last print. Raises NotThere."""
        actor, typed = acting(request), await texts_of(request)
        try:
            operation_id = UUID(typed.get("operation_id", ""))
        except ValueError:
            operation_id = uuid4()
        try:
            async with transaction(actor.reach(_PRINT)) as tx:
                one = await _member(tx, code, number)
                role = actor.role_for(_PRINT, one.cooperative_id).value
                no = await print_passbook(tx, one, Person(actor.user_id or 0, role), operation_id)
        except Refused as refused:
            form = Form({}, problems_of(refused.refusals))
            return await _page(request, actor, code, number, form)
        place = f"/members/{code}/{number}/passbook?print={no}"
        return Response(None, status_code=303, headers={"location": place})


async def _member(tx: Transaction, code: str, number: str) -> MemberFacts:
    found = await member(tx, code, number)
    if found is None:
        raise NotThere(f"{code}/{number}")
    return found


async def _book(tx: Transaction, request: AnyRequest, one: MemberFacts) -> Passbook:
    """The print or the month that the query names; who reads it leaves a row. Raises NotThere."""
    asked = str(request.query_params.get("print", ""))
    if asked:
        known = asked.isascii() and asked.isdigit() and len(asked) < 7
        printed = await print_of(tx, one, int(asked)) if known else None
        if printed is None:
            raise NotThere(asked)
        book = await passbook_of_print(tx, one, printed)
    else:
        book = await passbook_of_month(tx, one, _month(request))
    await record_read(
        tx, "passbook", cooperative_id=one.cooperative_id, about=one.number, rows=len(book.lines)
    )
    return book


def _month(request: AnyRequest) -> date:
    asked = str(request.query_params.get("month", "")) or f"{clock.today():%Y-%m}"
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError as error:
        raise NotThere(asked) from error


async def _page(
    request: AnyRequest, actor: Actor, code: str, number: str, form: Form | None = None
) -> Response[Any]:
    async with transaction(actor.reach(_PRINT)) as tx:
        one = await _member(tx, code, number)
        book = await _book(tx, request, one)
        last = await last_print(tx, one)
    month = f"{book.first:%Y-%m}"
    asked = f"print={book.print_no}" if book.print_no else f"month={month}"
    context = {
        "book": book,
        "member": one,
        "lines": [(line, about_said(line.about), paper_path(line.document)) for line in book.lines],
        "last": last,
        "months": _months(clock.today()),
        "form": Form({"month": month}, form.problems if form else ()),
        "operation_id": str(uuid4()),
        "pdf_path": f"{one.path}/passbook/passbook.pdf?{asked}",
    }
    return page(request, "payments/passbook.html", context, 422 if form else 200)


def _months(today: date) -> tuple[tuple[str, str], ...]:
    """The last two years' months, the newest first."""
    whole = today.year * 12 + today.month - 1
    found = (divmod(whole - back, 12) for back in range(_MONTHS))
    return tuple(
        (f"{year:04d}-{month + 1:02d}", f"{month + 1:02d}-{year}") for year, month in found
    )
