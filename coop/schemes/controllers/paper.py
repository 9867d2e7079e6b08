"""The caregiver's letter: what, how much, what to bring, where, by when. One page a person."""

from typing import Any

from litestar import Controller, Response, get
from litestar.params import FromPath

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel import clock, i18n
from coop.kernel.db import transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.page import office_of, page, reading_of
from coop.kernel.web.paper import pdf_answer
from coop.schemes.controllers import views
from coop.schemes.controllers.views import AnyRequest, found
from coop.schemes.queries.letter import Letter, letter
from coop.schemes.queries.screened import screened

_SCREEN = Permission.SCHEMES_HOUSEHOLD_SCREEN


class LetterController(Controller):
    """Only what may be said of a person on paper: no caste, no health, no private scheme."""

    path = "/schemes/households/{number:str}/letters"
    opt = {"permission": _SCREEN}  # noqa: RUF012  (litestar's own form)

    @get("/{applicant:str}")
    async def show(
        self, request: AnyRequest, number: FromPath[str], applicant: FromPath[str]
    ) -> Response[Any]:
        """Show the letter of a grown person, ready to print. Raises NotThere."""
        one = await _letter(request, number, applicant)
        return page(request, "schemes/letter.html", {"letter": one, "applicant": applicant})

    @get("/{applicant:str}/letter.pdf")
    async def paper(
        self, request: AnyRequest, number: FromPath[str], applicant: FromPath[str]
    ) -> Response[Any]:
        """Give it as a PDF on A5. Raises NotThere."""
        from coop.schemes.pdf.letter import letter_pdf  # reportlab loads where paper is made

        one, office = await _letter(request, number, applicant), office_of(request)
        name = f"letter-{number}-{applicant}"
        return await pdf_answer(request, name, lambda: letter_pdf(one, office))


async def _letter(request: AnyRequest, number: str, applicant: str) -> Letter:
    async with transaction(acting(request).reach(_SCREEN)) as tx:
        known = found(await screened(tx, number, clock.today()), number)
        person = known.person(applicant)
        if person is None or not person.registered.known:
            raise NotThere(applicant)
        await record_read(
            tx,
            "letter of schemes",
            cooperative_id=known.household.cooperative_id,
            about=number,
            rows=1,
        )
    with i18n.use_language(reading_of(request).lang):
        return letter(known, applicant, views.name_of(person, applicant))
