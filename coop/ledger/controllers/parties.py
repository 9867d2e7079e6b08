"""The sub-ledgers: dues of members, debts of buyers, stock by grade; as pages and as files."""

from typing import Any

from litestar import Controller, Response, get

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
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
    kg_plain,
    link,
    rupees_plain,
)
from coop.ledger.queries.parties import Due, dues, dues_total, owed, stock

_PAGE = 100
_FILE = 100_000
_STOCK = (say("Grade"), say("Name"), say("Weight, kg"), say("Amount"))


class PartyController(Controller):
    """What stands behind three accounts."""

    path = "/ledger"
    opt = {"permission": READ}  # noqa: RUF012  (litestar's own form)

    @get("/members")
    async def show_dues(self, request: AnyRequest) -> Response[Any]:
        """Show what is due to members, by number. Raises NotThere."""
        async with transaction(acting(request).reach(READ)) as tx:
            books, found, _ = await _dues(request, tx, _PAGE + 1)
            total = await dues_total(tx, books.office.id)
        more = None
        if len(found) > _PAGE:
            more = link("/ledger/members", coop=books.code, after=found[_PAGE - 1].member_no)
        context = {
            "books": books,
            "dues": found[:_PAGE],
            "total_paise": total,
            "more_path": more,
            "csv_path": link("/ledger/members.csv", coop=books.code),
        }
        return page(request, "ledger/members.html", context)

    @get("/members.csv")
    async def download_dues(self, request: AnyRequest) -> Response[bytes]:
        """Give them as a file. Raises NotThere."""
        async with transaction(acting(request).reach(READ)) as tx:
            books, found, named = await _dues(request, tx, _FILE)
        words = (say("Member number"), *((say("Name"),) if named else ()), say("Due"))
        with i18n.use_language(reading_of(request).lang):
            header = [i18n.render(word) for word in words]
            rows = [
                (one.member_no, *([i18n.named(one)] if named else []), rupees_plain(one.due_paise))
                for one in found
            ]
        return csv_answer(f"dues-{books.code}", header, rows)

    @get("/buyers")
    async def show_owed(self, request: AnyRequest) -> Response[Any]:
        """Show what buyers owe. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(READ)) as tx:
            books = await books_asked(request, tx, actor)
            found = await owed(tx, books.office.id)
        context = {
            "books": books,
            "owed": found,
            "total_paise": sum(one.owed_paise for one in found),
            "csv_path": link("/ledger/buyers.csv", coop=books.code),
        }
        return page(request, "ledger/buyers.html", context)

    @get("/buyers.csv")
    async def download_owed(self, request: AnyRequest) -> Response[bytes]:
        """Give them as a file. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(READ)) as tx:
            books = await books_asked(request, tx, actor)
            found = await owed(tx, books.office.id)
        with i18n.use_language(reading_of(request).lang):
            header = [i18n.render(word) for word in (say("Buyer"), say("Name"), say("Owed"))]
        rows = [(one.code, one.name, rupees_plain(one.owed_paise)) for one in found]
        return csv_answer(f"buyers-{books.code}", header, rows)

    @get("/stock")
    async def show_stock(self, request: AnyRequest) -> Response[Any]:
        """Show what lies in stock by grade. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(READ)) as tx:
            books = await books_asked(request, tx, actor)
            found = await stock(tx, books.office.id)
        context = {
            "books": books,
            "stock": found,
            "total_grams": sum(one.grams for one in found),
            "total_paise": sum(one.paise for one in found),
            "csv_path": link("/ledger/stock.csv", coop=books.code),
        }
        return page(request, "ledger/stock.html", context)

    @get("/stock.csv")
    async def download_stock(self, request: AnyRequest) -> Response[bytes]:
        """Give it as a file. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(READ)) as tx:
            books = await books_asked(request, tx, actor)
            found = await stock(tx, books.office.id)
        with i18n.use_language(reading_of(request).lang):
            header = [i18n.render(word) for word in _STOCK]
            rows = [
                (one.code, i18n.named(one), kg_plain(one.grams), rupees_plain(one.paise))
                for one in found
            ]
        return csv_answer(f"stock-{books.code}", header, rows)


async def _dues(request: AnyRequest, tx: Transaction, most: int) -> tuple[Books, list[Due], bool]:
    """The dues asked for, and whether with names: never for who may not see members."""
    actor = acting(request)
    books = await books_asked(request, tx, actor)
    named = actor.may(Permission.MEMBERS_MEMBER_READ, books.office.id)
    after = str(request.query_params.get("after", ""))[:12]
    found = await dues(tx, books.office.id, after, most, named=named)
    await record_read(tx, "dues", cooperative_id=books.office.id, about="members", rows=len(found))
    return books, found, named
