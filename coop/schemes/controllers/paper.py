"""The caregiver's letter: what, how much, what to bring, where, by when. One page a person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Controller, Response, get
from litestar.params import FromPath

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel import clock, i18n
from coop.kernel.db import transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.page import page, reading_of
from coop.schemes.controllers import views
from coop.schemes.controllers.views import AnyRequest, found
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.screened import Screened, screened
from coop.schemes.rules.answers import HOUSEHOLD
from coop.schemes.rules.deadlines import apply_by
from coop.schemes.rules.facts import Text
from coop.schemes.rules.screening import Group, Line

_MOST = 3
_IN_LETTER = (Group.CAN, Group.PAPER, Group.APPLIED, Group.PERHAPS)


@dataclass(frozen=True, slots=True)
class Offer:
    """One scheme of a letter. ``papers``: each with whether it was seen at the desk."""

    name: Text
    gives: Text
    sure: bool
    papers: tuple[tuple[Text, bool], ...]
    places: tuple[Text, ...]
    by: date
    over: tuple[Text, ...]


class LetterController(Controller):
    """Only what may be said of a person on paper: no caste, no health, no private scheme."""

    path = "/schemes/households/{number:str}/letters"
    opt = {"permission": Permission.SCHEMES_HOUSEHOLD_SCREEN}  # noqa: RUF012  (litestar's own form)

    @get("/{applicant:str}")
    async def show(
        self, request: AnyRequest, number: FromPath[str], applicant: FromPath[str]
    ) -> Response[Any]:
        """Show the letter of a grown person, ready to print. Raises NotThere."""
        async with transaction(acting(request).reach(Permission.SCHEMES_HOUSEHOLD_SCREEN)) as tx:
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
            context = {
                "household": known.household,
                "name": views.name_of(person, applicant),
                "offers": tuple(_offer(known, line) for line in chosen(known, applicant)),
                "asks": _asks(known, applicant),
                "on": known.on,
            }
        return page(request, "schemes/letter.html", context)


def chosen(known: Screened, applicant: str) -> list[Line]:
    """At most three: the person's own and the family's, best first, none that another shuts out."""
    order = list(_IN_LETTER)
    fitting = [
        line
        for line in known.lines
        if line.group in order and line.applicant in (applicant, HOUSEHOLD) and not line.better
    ]
    fitting.sort(key=lambda line: (line.group is Group.PERHAPS, -line.rupees, line.scheme.number))
    return fitting[:_MOST]


def _offer(known: Screened, line: Line) -> Offer:
    words, schemes = catalogue().words, catalogue().schemes
    seen = {one.paper for one in known.papers if one.seen and one.applicant == line.applicant}
    return Offer(
        line.scheme.name,
        views.gives(line.scheme, known.on),
        line.group is not Group.PERHAPS,
        tuple((words["document"][paper], paper in seen) for paper in line.scheme.documents),
        tuple(words["place"][place] for place in line.scheme.apply_at),
        apply_by(line.scheme, known.answers(line.applicant), known.on),
        tuple(schemes[code].name for code in line.over),
    )


def _asks(known: Screened, applicant: str) -> tuple[Text, ...]:
    """What we do not know yet: of schemes with one question left, and only what is no secret."""
    facts = catalogue().book.facts
    asked = {
        line.judgement.missing[0]
        for line in known.lines
        if line.group is Group.QUESTION and line.applicant in (applicant, HOUSEHOLD)
    }
    plain = [facts[name] for name in asked if facts[name].care.value == "plain"]
    return tuple(fact.ask for fact in sorted(plain, key=lambda fact: fact.order)[:_MOST])
