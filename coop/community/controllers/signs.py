"""Signs of forced labour: asked of a household with its yes, one question at a time."""

from datetime import timedelta
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.audit.operations import record_read
from coop.community.controllers.parts import (
    ASK,
    PUBLISH,
    READ,
    SIGNS,
    AnyRequest,
    concern_verb,
    new_operation,
    own_cooperative,
    scope_of,
    sending_of,
    sign_places,
    texts,
    to,
)
from coop.community.operations.signs import (
    answer_sign,
    begin_sheet,
    erase_sheet,
    publish_signs,
)
from coop.community.operations.villages import within
from coop.community.queries.signs import (
    Sheet,
    household_of,
    published_signs,
    sheet,
    sheets,
    signs,
)
from coop.community.rules.signs import (
    Answered,
    SignConcern,
    is_child_bound,
    is_strong,
    next_sign,
)
from coop.cooperatives.queries import CooperativeRow, bylaws, value_on
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.quarter import quarter_named, quarter_of
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import say
from coop.schooling.queries.role import school_transaction

_LISTED_DAYS = 365
ANSWERS = {Answered.YES: say("Yes"), Answered.NO: say("No"), Answered.SKIPPED: say("Left out")}


class SignController(Controller):
    """Answers are seen by the focal point and the village's facilitator; counts by who reads counts."""

    path = "/community/{code:str}/signs"

    @get(opt={"permission": READ})
    async def signs(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show published counts and, to who may, the sheets and the way to ask. Raises NotThere."""
        return await _signs(request, acting(request), code, Form())

    @post(opt={"permission": ASK})
    async def begin(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Begin with a household that said yes. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        try:
            async with school_transaction(actor.reach(ASK)) as tx:
                owner, _ = await own_cooperative(tx, actor, ASK, code)
                scope = await scope_of(tx, actor, ASK, owner.id)
                number = await _own_household(tx, actor, owner, typed.get("household_no", ""))
                # A hash of the number would outlive the erasure: it is left out of what is compared.
                kept = {k: v for k, v in typed.items() if k != "household_no"}
                sent = sending_of(kept, scope.role)
                yes = typed.get("consent") == "yes"
                begun = await begin_sheet(tx, owner.id, number, sent, consent=yes)
        except Refused as refused:
            form = form_of(typed).with_refusals(refused.refusals)
            return await _signs(request, actor, code, form, 422)
        return to(f"/community/{code}/signs/{begun}" if begun else f"/community/{code}/signs")

    @post("/publication", opt={"permission": PUBLISH})
    async def publish(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Publish a quarter's counts, once. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        try:
            async with school_transaction(actor.reach(PUBLISH)) as tx:
                owner, _ = await own_cooperative(tx, actor, PUBLISH, code)
                quarter = quarter_named(typed.get("quarter", ""))
                if quarter is None:
                    message = say("Choose one of those shown.")
                    raise Refused([Refusal("quarter", message, "quarter")])
                await publish_signs(tx, owner.id, quarter)
        except Refused as refused:
            form = form_of(typed).with_refusals(refused.refusals)
            return await _signs(request, actor, code, form, 422)
        return to(f"/community/{code}/signs")

    @get("/{number:int}", opt={"permission": ASK})
    async def question(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Show the next question, or what to do now. Raises NotThere."""
        return await _question(request, acting(request), code, number, Form())

    @post("/{number:int}", opt={"permission": ASK})
    async def answer(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Write the answer to one question; sent twice it stays as it was. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        said = typed.get("answer", "")
        try:
            async with school_transaction(actor.reach(ASK)) as tx:
                one = await _sheet(tx, actor, code, number)
                if said not in set(Answered):
                    message = say("Choose yes, no or leave it out.")
                    raise Refused([Refusal("answer", message, "answer")])
                await answer_sign(tx, one, typed.get("sign", ""), Answered(said))
        except Refused as refused:
            form = form_of(typed).with_refusals(refused.refusals)
            return await _question(request, actor, code, number, form, 422)
        return to(f"/community/{code}/signs/{number}")

    @post("/{number:int}/erasure", opt={"permission": ASK})
    async def erase(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Forget the household's answers, as it wishes. Raises NotThere."""
        actor = acting(request)
        async with school_transaction(actor.reach(ASK)) as tx:
            await erase_sheet(tx, await _sheet(tx, actor, code, number))
        return to(f"/community/{code}/signs")

    @post("/{number:int}/concern", opt={"permission": ASK})
    async def concern(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Tell the focal point, by the verb that was handed in. Raises NotThere where there is none."""
        actor, verb = acting(request), concern_verb()
        async with school_transaction(actor.reach(ASK)) as tx:
            one = await _sheet(tx, actor, code, number)
        if verb is None:
            raise NotThere(str(number))
        told = SignConcern(
            one.cooperative_id, code, one.id, one.household_no, one.village,
            is_child_bound(one.answers), actor.label,
        )  # fmt: skip
        try:
            return to(await verb(told))
        except Refused as refused:
            form = Form().with_refusals(refused.refusals)
            return await _question(request, actor, code, number, form, 422)


async def _own_household(tx: Transaction, actor: Actor, owner: CooperativeRow, typed: str) -> str:
    """The number as typed, empty where the household lives elsewhere: both are answered alike."""
    number = typed.strip().upper()[:20]
    home = await household_of(tx, owner.id, number)
    places = await sign_places(tx, actor, owner.id)
    return number if home is not None and within(places, home.village, home.tola) else ""


async def _sheet(tx: Transaction, actor: Actor, code: str, number: int) -> Sheet:
    """A sheet that the actor may open: focal point, the village's facilitator, who asks it today."""
    owner, _ = await own_cooperative(tx, actor, ASK, code)
    one = await sheet(tx, number)
    if one is None or one.cooperative_id != owner.id:
        raise NotThere(str(number))
    asks = one.recorded_by == actor.label and one.asked_on == clock.today()
    if asks or await _reads(tx, actor, owner, one):
        return one
    raise NotThere(str(number))


async def _reads(tx: Transaction, actor: Actor, owner: CooperativeRow, one: Sheet) -> bool:
    if not actor.may(SIGNS, owner.id):
        return False
    return within(await sign_places(tx, actor, owner.id), one.village, "")


async def _signs(
    request: AnyRequest, actor: Actor, code: str, form: Form, status: int = 200
) -> Response[Any]:
    today = clock.today()
    async with school_transaction(actor.reach(READ)) as tx:
        owner, _ = await own_cooperative(tx, actor, READ, code)
        listed: list[Sheet] = []
        if actor.may(SIGNS, owner.id):
            found = await sheets(tx, owner.id, today - timedelta(days=_LISTED_DAYS), today)
            listed = [one for one in found if await _reads(tx, actor, owner, one)]
            await record_read(
                tx, "labour_signs", cooperative_id=owner.id, about=owner.code, rows=len(listed)
            )
        asked = await signs(tx, today)
        published = await published_signs(tx, owner.id)
        kept = int(value_on(await bylaws(tx), "signs_kept", owner.id, today))
    done = {one.quarter for one in published}
    quarter, open_ = quarter_of(today), []
    for _ in range(4):
        quarter = quarter_of(quarter.first - timedelta(days=1))
        open_ += [quarter] if quarter not in done else []
    context = {
        "cooperative": owner,
        "sheets": tuple((one, is_strong(asked, one.answers)) for one in listed),
        "published": tuple(published),
        "quarters": tuple((one.label, one.label) for one in open_),
        "questions": tuple(asked),
        "kept_days": kept,
        "may_ask": actor.may(ASK, owner.id),
        "may_read": actor.may(SIGNS, owner.id),
        "may_publish": actor.may(PUBLISH, owner.id),
        "operation": new_operation,
        "form": form,
    }
    return page(request, "community/signs.html", context, status)


async def _question(
    request: AnyRequest, actor: Actor, code: str, number: int, form: Form, status: int = 200
) -> Response[Any]:
    async with school_transaction(actor.reach(ASK)) as tx:
        owner, _ = await own_cooperative(tx, actor, ASK, code)
        one = await _sheet(tx, actor, code, number)
        asked = await signs(tx, one.asked_on)
        reads = await _reads(tx, actor, owner, one)
        await record_read(
            tx, "labour_sign_sheet", cooperative_id=owner.id, about=one.household_no, rows=1
        )
    question = next_sign(asked, one.answers)
    answers = [
        (sign, ANSWERS[one.answers[sign.code]]) for sign in asked if sign.code in one.answers
    ]
    context = {
        "cooperative": owner,
        "sheet": one,
        "question": question,
        "left": sum(1 for sign in asked if sign.code not in one.answers),
        "answers": tuple(answers) if reads else (),
        "strong": question is None and is_strong(asked, one.answers),
        "may_tell": concern_verb() is not None,
        "form": form,
    }
    return page(request, "community/sign.html", context, status)
