"""The day book, and one journal with who posted it."""

from typing import Any

from litestar import Controller, Response, get
from litestar.params import FromPath

from coop.access.guard import acting
from coop.access.role_names import ROLE_NAMES
from coop.access.roles import Role
from coop.kernel import i18n
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.page import page, reading_of
from coop.kernel.words import Said, say
from coop.ledger.controllers.asked import (
    READ,
    AnyRequest,
    about_said,
    books_asked,
    day_asked,
    link,
    paper_path,
    place_asked,
    place_text,
    rupees_plain,
)
from coop.ledger.operations import turn_pages
from coop.ledger.queries.books import day_book
from coop.ledger.queries.parties import JournalShown, journal, poster_of, roles_then
from coop.ledger.rules import JournalNumber, journal_no_text, journal_number

_PAGE = 50
_FILE = 50_000
_COLUMNS = (say("Journal"), say("Paper"), say("About"), say("Time"), say("Amount"))
_MACHINES = {
    "device": ROLE_NAMES[Role.DEVICE],
    "console": ROLE_NAMES[Role.OPERATOR],
    "system": say("The system itself"),
}


class JournalController(Controller):
    """Journals by day and one by one."""

    path = "/ledger"
    opt = {"permission": READ}  # noqa: RUF012  (litestar's own form)

    @get("/days")
    async def show_day(self, request: AnyRequest) -> Response[Any]:
        """Show the journals of a day, today's without one. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(READ)) as tx:
            books = await books_asked(request, tx, actor)
            day, form = day_asked(request, books.code)
            await turn_pages(tx, books.office.id)
            found = await day_book(tx, books.office.id, day, place_asked(request), _PAGE + 1)
        more = None
        if len(found) > _PAGE:
            place = place_text(found[_PAGE - 1].fy, found[_PAGE - 1].no)
            more = link("/ledger/days", coop=books.code, on=day, after=place)
        context = {
            "books": books,
            "journals": [
                (
                    one,
                    journal_no_text(books.code, one.fy, one.no),
                    about_said(one.about),
                    paper_path(one.document),
                )
                for one in found[:_PAGE]
            ],
            "day": day,
            "form": form,
            "more_path": more,
            "csv_path": link("/ledger/days.csv", coop=books.code, on=day),
        }
        return page(request, "ledger/day.html", context, 422 if form.problems else 200)

    @get("/days.csv")
    async def download_day(self, request: AnyRequest) -> Response[bytes]:
        """Give them as a file. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(READ)) as tx:
            books = await books_asked(request, tx, actor)
            day, _ = day_asked(request, books.code)
            await turn_pages(tx, books.office.id)
            found = await day_book(tx, books.office.id, day, None, _FILE)
        with i18n.use_language(reading_of(request).lang):
            header = [i18n.render(word) for word in _COLUMNS]
            rows = [
                (
                    journal_no_text(books.code, one.fy, one.no),
                    one.document,
                    i18n.render(about_said(one.about)),
                    i18n.time(one.posted_at),
                    rupees_plain(one.paise),
                )
                for one in found
            ]
        return csv_answer(f"day-{books.code}-{day}", header, rows)

    @get("/journals/{number:str}")
    async def show(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show one journal: its lines, its paper, and in which role it was posted. Raises NotThere."""
        wanted = journal_number(number)
        if wanted is None:
            raise NotThere(number)
        async with transaction(acting(request).reach(READ)) as tx:
            found = await journal(tx, wanted)
            if found is None:
                raise NotThere(number)
            roles = await _posted_by(tx, wanted, found)
        context = {
            "journal": found,
            "number": number,
            "code": wanted.code,
            "about": about_said(found.about),
            "paper_path": paper_path(found.document),
            "roles": roles,
            "sum_paise": sum(line.paise for line in found.lines if line.paise > 0),
        }
        return page(request, "ledger/journal.html", context)


async def _posted_by(
    tx: Transaction, number: JournalNumber, shown: JournalShown
) -> tuple[Said, ...]:
    """The roles in which a journal was posted, as the chain names who did it; empty where it does not."""
    actor = await poster_of(tx, number, shown)
    kind, _, rest = (actor or "").partition(":")
    if kind == "user" and rest.isdigit():
        held = await roles_then(tx, int(rest), shown.cooperative_id, shown.posted_at)
        return tuple(ROLE_NAMES[Role(role)] for role in held)
    return (_MACHINES[kind],) if kind in _MACHINES else ()
