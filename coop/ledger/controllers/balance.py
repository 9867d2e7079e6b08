"""The trial balance of a day, with its proof; as a page and as a file."""

from datetime import date
from typing import Any

from litestar import Controller, Response, get

from coop.access.guard import acting
from coop.kernel import i18n
from coop.kernel.db import Transaction, transaction
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.page import page, reading_of
from coop.kernel.web.paper import pdf_answer
from coop.kernel.words import say
from coop.ledger.controllers.asked import (
    READ,
    AnyRequest,
    Books,
    books_asked,
    day_asked,
    link,
    rupees_plain,
)
from coop.ledger.operations import turn_pages
from coop.ledger.queries.statement import Balance, Statement, balance_on, moved_in

_COLUMNS = (say("Account"), say("Name"), say("Debit"), say("Credit"))


class BalanceController(Controller):
    """The trial balance."""

    path = "/ledger"
    opt = {"permission": READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show it for a day, today without one. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(READ)) as tx:
            books = await books_asked(request, tx, actor)
            day, form = day_asked(request, books.code)
            balance = await _balance(tx, books, day)
        context = {
            "books": books,
            "balance": balance,
            "day": day,
            "form": form,
            "csv_path": link("/ledger/trial-balance.csv", coop=books.code, on=day),
            "pdf_path": link(
                "/ledger/trial-balance.pdf",
                coop=books.code,
                on=day,
                lang=reading_of(request).lang,
            ),
        }
        return page(request, "ledger/balance.html", context, 422 if form.problems else 200)

    @get("/trial-balance.pdf")
    async def paper(self, request: AnyRequest) -> Response[Any]:
        """Give the month up to a day on A4. Raises NotThere."""
        from coop.ledger.pdf import statement_pdf  # reportlab loads where paper is made

        actor = acting(request)
        async with transaction(actor.reach(READ)) as tx:
            books = await books_asked(request, tx, actor)
            day, _ = day_asked(request, books.code)
            one = await _statement(tx, books, day)
        name = f"trial-balance-{books.code}-{day}"
        return await pdf_answer(request, name, lambda: statement_pdf(one))

    @get("/trial-balance.csv")
    async def download(self, request: AnyRequest) -> Response[bytes]:
        """Give it as a file. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(READ)) as tx:
            books = await books_asked(request, tx, actor)
            day, _ = day_asked(request, books.code)
            balance = await _balance(tx, books, day)
        with i18n.use_language(reading_of(request).lang):
            header = [i18n.render(word) for word in _COLUMNS]
            rows = [
                (
                    one.code,
                    i18n.named(one),
                    rupees_plain(one.paise) if one.paise > 0 else "",
                    rupees_plain(-one.paise) if one.paise < 0 else "",
                )
                for one in balance.accounts
            ]
            total = (
                "",
                i18n.gettext("Sum"),
                rupees_plain(balance.debit_paise),
                rupees_plain(balance.credit_paise),
            )
        return csv_answer(f"trial-balance-{books.code}-{day}", header, [*rows, total])


async def _balance(tx: Transaction, books: Books, day: date) -> Balance:
    await turn_pages(tx, books.office.id)
    return await balance_on(tx, books.office.id, day)


async def _statement(tx: Transaction, books: Books, day: date) -> Statement:
    """The month of a day up to that day."""
    first, office = day.replace(day=1), books.office
    balance = await _balance(tx, books, day)
    moved = await moved_in(tx, office.id, first, day, balance)
    return Statement(office.name_hi, office.name_en, books.code, first, day, moved, balance)
