"""One account's entries with the balance after each, page by page and as a file."""

from dataclasses import dataclass
from typing import Any

from litestar import Controller, Response, get
from litestar.params import FromPath

from coop.access.guard import acting
from coop.kernel import i18n
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.page import page, reading_of
from coop.kernel.words import say
from coop.ledger.controllers.asked import (
    READ,
    AnyRequest,
    Books,
    about_said,
    books_asked,
    kg_plain,
    link,
    paper_path,
    place_asked,
    place_text,
    rupees_plain,
)
from coop.ledger.operations import turn_pages
from coop.ledger.queries.books import AccountSum, Entry, account, account_entries, party_entries
from coop.ledger.queries.parties import buyer_ids, member_id
from coop.ledger.rules import journal_no_text

_PAGE = 50
_FILE = 50_000
_COLUMNS = (
    say("Day"),
    say("Journal"),
    say("Paper"),
    say("Member number"),
    say("Buyer"),
    say("Grade"),
    say("Weight, kg"),
    say("Debit"),
    say("Credit"),
    say("Balance"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries: the account, and the one member or buyer where one is named."""

    books: Books
    account: AccountSum
    member: str
    buyer: str
    entries: list[Entry]


class AccountController(Controller):
    """The entries of an account."""

    path = "/ledger/accounts/{code:int}"
    opt = {"permission": READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest, code: FromPath[int]) -> Response[Any]:
        """Show the newest entries, or those after a place. Raises NotThere."""
        async with transaction(acting(request).reach(READ)) as tx:
            asked = await _asked(request, tx, code, _PAGE + 1)
        query = {"coop": asked.books.code, "member": asked.member, "buyer": asked.buyer}
        more = None
        if len(asked.entries) > _PAGE:
            last = asked.entries[_PAGE - 1]
            place = place_text(last.fy, last.journal_no, last.line_no)
            more = link(f"/ledger/accounts/{code}", **query, after=place)
        context = {
            "books": asked.books,
            "account": asked.account,
            "member": asked.member,
            "buyer": asked.buyer,
            "entries": [
                (
                    one,
                    journal_no_text(asked.books.code, one.fy, one.journal_no),
                    paper_path(one.document),
                    about_said(one.about),
                )
                for one in asked.entries[:_PAGE]
            ],
            "more_path": more,
            "csv_path": link(
                f"/ledger/accounts/{code}/entries.csv",
                **query,
                after=request.query_params.get("after", ""),
            ),
        }
        return page(request, "ledger/entries.html", context)

    @get("/entries.csv")
    async def download(self, request: AnyRequest, code: FromPath[int]) -> Response[bytes]:
        """Give up to 50,000 entries from a place on as a file. Raises NotThere."""
        async with transaction(acting(request).reach(READ)) as tx:
            asked = await _asked(request, tx, code, _FILE)
        with i18n.use_language(reading_of(request).lang):
            header = [i18n.render(word) for word in _COLUMNS]
        rows = (_row(asked.books.code, one) for one in asked.entries)
        return csv_answer(f"account-{code}-{asked.books.code}", header, rows)


async def _asked(request: AnyRequest, tx: Transaction, code: int, most: int) -> Asked:
    actor, query = acting(request), request.query_params
    books = await books_asked(request, tx, actor)
    found = await account(tx, code) if code < 2**31 else None
    if found is None:
        raise NotThere(str(code))
    member, buyer = str(query.get("member", ""))[:12], str(query.get("buyer", ""))[:12]
    owner, after = books.office.id, place_asked(request)
    if member:
        number = await member_id(tx, owner, member)
        if number is None:
            raise NotThere(member)
        entries = await party_entries(tx, owner, code, after, most, member_id=number)
    elif buyer:
        ids = await buyer_ids(tx, buyer)
        if not ids:
            raise NotThere(buyer)
        entries = await party_entries(tx, owner, code, after, most, buyer_ids=ids)
    else:
        await turn_pages(tx, owner)
        entries = await account_entries(tx, owner, code, after, most)
    return Asked(books, found, member, buyer, entries)


def _row(coop: str, one: Entry) -> tuple[object, ...]:
    return (
        one.day.isoformat(),
        journal_no_text(coop, one.fy, one.journal_no),
        one.document,
        one.member_no,
        one.buyer_code,
        one.grade_code or "",
        kg_plain(one.grams) if one.grams else "",
        rupees_plain(one.paise) if one.paise > 0 else "",
        rupees_plain(-one.paise) if one.paise < 0 else "",
        rupees_plain(one.balance_paise),
    )
