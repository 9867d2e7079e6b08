"""One scheme for one applicant: its conditions, sources and papers; and all that do not fit."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.kernel import i18n
from coop.kernel.db import transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.page import page, reading_of
from coop.schemes.controllers import views
from coop.schemes.controllers.desk import desk_of, incomplete, read_household
from coop.schemes.controllers.views import AnyRequest, texts_of
from coop.schemes.forms import operation_id
from coop.schemes.operations.desk import note_paper
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.screened import Screened, scheme_names
from coop.schemes.rules.answers import HOUSEHOLD
from coop.schemes.rules.explaining import best_source, reasons
from coop.schemes.rules.logic import Rule, holds, truth
from coop.schemes.rules.screening import Group

_SCREEN = Permission.SCHEMES_HOUSEHOLD_SCREEN


class SchemeController(Controller):
    """Why, why not, and which paper."""

    path = "/schemes"
    opt = {"permission": _SCREEN}  # noqa: RUF012  (litestar's own form)

    @post("/households/{number:str}/papers")
    async def paper(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Write that a paper was seen, or is missing. Raises NotThere."""
        typed, _ = await texts_of(request)
        async with transaction(acting(request).reach(_SCREEN)) as tx:
            known = await read_household(tx, number)
            at, act = desk_of(known, typed.get("applicant", "")), operation_id(typed)
            paper = typed.get("paper", "")
            if act is None or paper not in catalogue().words["document"]:
                raise Refused([incomplete()])
            await note_paper(tx, at, paper, typed.get("seen") == "yes", known.on, act)
        return Response(None, status_code=303, headers={"location": _back(typed, number)})

    @get("/households/{number:str}/others")
    async def others(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show every scheme that does not fit, and why. Raises NotThere."""
        async with transaction(acting(request).reach(_SCREEN)) as tx:
            known = await read_household(tx, number)
        with i18n.use_language(reading_of(request).lang):
            lines = [line for line in known.lines if line.group is Group.NOT]
            lines.sort(key=lambda line: (line.scheme.number, line.applicant))
            context = {
                "number": number,
                "lines": tuple(views.line_shown(known, line) for line in lines),
            }
        return page(request, "schemes/others.html", context)

    @get("/households/{number:str}/schemes/{code:str}/{applicant:str}")
    async def scheme(
        self,
        request: AnyRequest,
        number: FromPath[str],
        code: FromPath[str],
        applicant: FromPath[str],
    ) -> Response[Any]:
        """Show one scheme for one applicant: its conditions, sources, papers. Raises NotThere."""
        async with transaction(acting(request).reach(_SCREEN)) as tx:
            known = await read_household(tx, number)
        line = known.line(code, applicant)
        if line is None:
            raise NotThere(code)
        with i18n.use_language(reading_of(request).lang):
            context = _scheme(known, code, applicant)
        return page(request, "schemes/scheme.html", context)


def _back(typed: Mapping[str, str], number: str) -> str:
    """To the scheme that the paper was noted on, or to the household."""
    code, applicant = typed.get("scheme", ""), typed.get("applicant", HOUSEHOLD)
    place = f"/schemes/{code}/{applicant}" if code in catalogue().schemes else ""
    return f"/schemes/households/{number}{place}"


def _scheme(known: Screened, code: str, applicant: str) -> Mapping[str, object]:
    scheme, answers = catalogue().schemes[code], known.answers(applicant)
    line = known.line(code, applicant)
    noted = {one.paper: one for one in known.papers if one.applicant == applicant}
    documents, places = catalogue().words["document"], catalogue().words["place"]
    advice = [
        row.text
        for row in scheme.advice
        if row.days.hold(known.on) and (row.when is None or _holds(row.when, answers, known))
    ]
    return {
        "household": known.household,
        "scheme": scheme,
        "line": line and views.line_shown(known, line),
        "group": line.group.value if line else "",
        "title": views.TITLES.get(line.group) if line else None,
        "applicant": applicant,
        "reasons": reasons(scheme, answers, catalogue().book, scheme_names(), known.on),
        "advice": advice,
        "source": best_source(scheme),
        "papers": [(code_, documents[code_], noted.get(code_)) for code_ in scheme.documents],
        "registered": {
            name for name, of in known.gathered.prefilled if of in (applicant, HOUSEHOLD)
        },
        "places": [places[place] for place in scheme.apply_at],
        "standing": next(
            (one for one in known.applications if (one.scheme, one.applicant) == (code, applicant)),
            None,
        ),
        "ids": [str(uuid4()) for _ in range(2 * len(scheme.documents) + 1)],
    }


def _holds(rule: Rule, answers: Mapping[str, Any], known: Screened) -> bool:
    return truth(rule, lambda test: holds(test, answers.get(test.base), known.on)) is True
