"""Who read what of persons: the newest first, page by page; looking here is recorded too."""

from typing import Any

from litestar import Controller, Request, Response, get

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.access.role_names import ROLE_NAMES
from coop.access.roles import Role
from coop.audit.operations import record_read
from coop.cooperatives.queries import cooperatives
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.form import Form
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.reports.queries.reads import Read, reads

AnyRequest = Request[Any, Any, Any]
_READ = Permission.AUDIT_TRAIL_READ
_PAGE = 50
_QUESTIONS = {
    "card": say("Member’s card"),
    "member": say("One member"),
    "members": say("List of members"),
    "household": say("One household"),
    "household for schemes": say("A household’s schemes"),
    "doubles": say("Likely same persons"),
    "duplicates": say("Likely same persons"),
    "slip": say("Slip"),
    "voucher": say("Voucher"),
    "payee": say("Payment to a member"),
    "dues": say("What members are owed"),
    "dossier": say("A buyer’s papers"),
    "own dossier": say("A buyer’s papers"),
    "owners of buyer": say("Owners of a buyer"),
    "children_worklist": say("List of children"),
    "child": say("One child"),
    "camp list": say("List for a camp"),
    "open applications": say("Open applications"),
    "letter of schemes": say("Letter of schemes"),
    "corrections": say("Corrections"),
    "reversal": say("Reversal"),
    "drawn sample": say("Drawn sample"),
    "trail": say("Way of a receipt"),
    "health of books": say("Health of the books"),
    "list of reads": say("Who read what"),
    "import preview": say("List from a file"),
    "person": say("One person, before an erasure"),
    "passbook": say("Passbook"),
    "seller": say("A member, at the desk"),
    "slip paper": say("Slip, printed"),
    "transfer": say("A transfer"),
    "application": say("One application"),
    "kit": say("Who holds which kit"),
    "kit table": say("Who holds which kit"),
    "household income": say("A household’s income"),
    "other livelihoods": say("Households offered other work"),
    "sites": say("List of sites"),
    "site": say("One site"),
    "children_unasked": say("Guardians to be asked"),
    "child_consent": say("A guardian’s consent"),
    "doubtful_pupils": say("Children perhaps found in a register"),
    "school_check": say("Check of school places"),
    "labour_signs": say("Signs of forced labour"),
    "labour_sign_sheet": say("Signs of forced labour"),
}
# How a page was reached; what else stands there is a number or a code.
_ABOUT = {
    "members": say("all members"),
    "book": say("the whole book"),
    "number": say("found by number"),
    "name": say("found by name"),
    "queue": say("those that wait"),
    "open": say("those that wait"),
    "all": say("all of them"),
    "admission": say("at an admission"),
    "households": say("Households"),
    "persons": say("Persons"),
    "weighings": say("Weighings"),
    "lots": say("Lots"),
    "sales": say("Sales"),
}


class ReadsController(Controller):
    """The list of reads."""

    path = "/reads"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the newest reads, or those before one. Raises NotThere."""
        actor, query = acting(request), request.query_params
        code, before = str(query.get("coop", ""))[:10], str(query.get("before", ""))
        within = actor.cooperatives_for(_READ)
        async with transaction(actor.reach(_READ)) as tx:
            places = [c for c in await cooperatives(tx) if within is None or c.id in within]
            chosen = next((one for one in places if one.code == code), None)
            if code and chosen is None:
                raise NotThere(code)
            number = int(before[:18]) if before.isascii() and before.isdigit() else None
            found = await reads(tx, clock.now(), code, number, _PAGE + 1)
            # One who reaches one cooperative has its reads only; the agency looks at all of them.
            owner = chosen or (places[0] if within is not None and places else None)
            await record_read(
                tx,
                "list of reads",
                cooperative_id=owner.id if owner else None,
                about=code or "all",
                rows=len(found[:_PAGE]),
            )
        context = {
            "rows": [(one, _who(one), _question(one), _about(one)) for one in found[:_PAGE]],
            "places": places if len(places) > 1 else (),
            "form": Form({"coop": code}),
            "more_path": f"/reads?coop={code}&before={found[_PAGE - 1].id}"
            if len(found) > _PAGE
            else None,
        }
        return page(request, "reports/reads.html", context)


def _question(one: Read) -> Said:
    return _QUESTIONS.get(one.question) or Said(one.question)


def _about(one: Read) -> tuple[Said | None, str]:
    """Words where there are any, and the number or code beside them."""
    first, _, rest = one.about.partition(" ")
    if one.about in _ABOUT:
        return _ABOUT[one.about], ""
    if one.question == "import preview":
        return _ABOUT.get("book" if first == "members" else first), ""
    if first in ("pair", "transfer") and rest.isdigit():
        return say("no. %(number)s", number=rest), ""
    return None, one.about


def _who(one: Read) -> tuple[Said, ...]:
    """By role, never by name: an account's number stands beside it."""
    if one.roles:
        return tuple(ROLE_NAMES[Role(role)] for role in one.roles)
    if one.actor.startswith("console:"):
        return (say("Console of the server"),)
    if one.actor.startswith("device:"):
        return (say("Device at the scale"),)
    return (say("Somebody without a role now"),)
