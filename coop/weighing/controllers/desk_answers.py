"""What the desk's script is answered: the same acts as the page's forms, said as JSON."""

from typing import Any

from litestar import Request, Response

from coop.access.actor import Actor
from coop.kernel import clock, i18n
from coop.kernel.money import format_paise
from coop.kernel.refusal import Refusal
from coop.kernel.web.errors import refusals_said
from coop.kernel.web.page import draw, reading_of
from coop.kernel.words import say
from coop.receipts.rules.receipt import document_no
from coop.weighing.controllers.desk_place import DeskContext
from coop.weighing.operations.answer import Answer
from coop.weighing.operations.post import PURCHASE
from coop.weighing.queries.people import Seller
from coop.weighing.rules import Outcome

AnyRequest = Request[Any, Any, Any]


def standing(request: AnyRequest, actor: Actor, context: DeskContext) -> dict[str, Any]:
    """What a page that stays open must learn anew: form token, clerk, time, prices, last slips."""
    return {
        "csrf": reading_of(request).csrf,
        "clerk": str(actor.user_id),
        "now": int(clock.now().timestamp() * 1000),
        "prices": {str(key.code): key.paise for key in context.keys},
        "slips": draw(request, "weighing/_last_slips.html", {"slips": context.slips}),
    }


def said_posted(
    request: AnyRequest, actor: Actor, context: DeskContext, answer: Answer
) -> Response[Any]:
    """201 for a new slip, 200 for the same entry again; ``context`` is of after the posting."""
    stands = answer.booked
    if stands is None:
        raise AssertionError("only what is booked has a slip")
    number = document_no(answer.cooperative, stands.fy, PURCHASE, stands.no)
    with i18n.use_language(reading_of(request).lang):
        body = {
            "id": str(answer.entry_id),
            "number": number,
            "path": f"/slips/{number}",
            "payable_g": stands.payable_grams,
            "amount_paise": stands.amount_paise,
            "amount": f"₹\u00a0{format_paise(stands.amount_paise)}",
            "words": i18n.rupees_in_words(stands.amount_paise),
            **standing(request, actor, context),
        }
    new = answer.outcome is Outcome.ACCEPTED
    return Response(body, status_code=201 if new else 200)


def said_refused(
    request: AnyRequest,
    actor: Actor,
    context: DeskContext,
    refusals: tuple[Refusal, ...],
    entry_id: str,
) -> Response[Any]:
    """422 with each reason and its field, 409 where the id stands for another entry."""
    conflict = any(refusal.code == "duplicate_conflict" for refusal in refusals)
    with i18n.use_language(reading_of(request).lang):
        body = {
            "id": entry_id,
            "refusals": refusals_said(refusals),
            **standing(request, actor, context),
        }
    return Response(body, status_code=409 if conflict else 422)


def said_seller(request: AnyRequest, seller: Seller) -> Response[Any]:
    """Whose number it is: a first name, and how often this one weighed today."""
    with i18n.use_language(reading_of(request).lang):
        today = (
            i18n.ngettext(
                "%(num)s weighing today", "%(num)s weighings today", seller.weighings_today
            )
            % {"num": seller.weighings_today}
            if seller.weighings_today
            else i18n.gettext("First weighing today")
        )
        body = {"known": True, "number": seller.number, "name": i18n.named(seller), "today": today}
    return Response(body)


def said_nobody(request: AnyRequest) -> Response[Any]:
    """That no member of this cooperative has the number: an answer like any other."""
    message = say("No member of this cooperative has this number; check the card.")
    with i18n.use_language(reading_of(request).lang):
        body = {"known": False, "message": i18n.render(message)}
    return Response(body)
