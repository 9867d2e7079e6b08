"""The trial balance of a day, with its proof; as a page and as a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Controller, Response, get

from coop.access.guard import acting
from coop.kernel import i18n
from coop.kernel.db import Transaction, transaction
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.page import page, reading_of
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
from coop.ledger.queries.books import AccountSum, balances_on

_COLUMNS = (say("Account"), say("Name"), say("Debit"), say("Credit"))


@dataclass(frozen=True, slots=True)
class Balance:
    """A trial balance: debit and credit sums in paise, which are equal where the books hold.

    ``as_kept``: whether the sums that the postings keep say the same as the lines.
    """

    accounts: tuple[AccountSum, ...]
    debit_paise: int
    credit_paise: int
    as_kept: bool


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
        }
        return page(request, "ledger/balance.html", context, 422 if form.problems else 200)

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
    accounts = tuple(await balances_on(tx, books.office.id, day))
    return Balance(
        accounts,
        sum(one.paise for one in accounts if one.paise > 0),
        -sum(one.paise for one in accounts if one.paise < 0),
        all(one.as_kept for one in accounts),
    )
