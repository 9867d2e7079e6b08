"""A guardian is asked, purpose by purpose; withdraws; guardians change."""

from dataclasses import astuple, dataclass
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.guard import acting
from coop.audit.operations import lock_head, record_read
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.schooling.controllers.parts import (
    CONFIRM,
    AnyRequest,
    adult_age,
    body_of,
    child_for,
    new_operation,
    operation_of,
    texts,
    to,
)
from coop.schooling.forms.pages import (
    answers_from,
    asked_from,
    particulars_from,
    relation_from,
    typed_day,
)
from coop.schooling.operations.consent import (
    ConsentTaken,
    by_word,
    end_guardianship,
    record_guardian,
    take_consent,
    withdraw_consent,
)
from coop.schooling.operations.once import sent_before
from coop.schooling.queries.children import (
    ChildLine,
    GuardianLine,
    adult_named,
    consents_of,
    guardians_on,
)
from coop.schooling.queries.role import school_transaction
from coop.schooling.rules.consent import (
    READ_ALOUD,
    RELATIONS,
    Answer,
    ChildParticulars,
    Guardian,
    Purpose,
)

RELATION_NAMES: dict[str, Said] = {
    "mother": say("mother"),
    "father": say("father"),
    "grandmother": say("grandmother"),
    "grandfather": say("grandfather"),
    "uncle_aunt": say("uncle or aunt"),
    "other": say("somebody else"),
}
PROOF_NAMES: dict[str, Said] = {
    "voter": say("Voter card"),
    "ration": say("Ration card"),
    "job_card": say("Job card"),
    "eshram": say("e-Shram card"),
    "member_book": say("Member book"),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page of the questions shows. ``refused``: a guardian said no, and when."""

    child: ChildLine
    guardians: tuple[GuardianLine, ...]
    purposes: tuple[tuple[Purpose, Said], ...]
    refused: object | None


class ConsentController(Controller):
    """Consent stands apart from membership: neither is asked for with the other."""

    path = "/children/{person_no:str}"

    @get("/consent", opt={"permission": CONFIRM})
    async def ask(self, request: AnyRequest, person_no: FromPath[str]) -> Response[Any]:
        """Show the questions to be read aloud. Raises NotThere."""
        actor = acting(request)
        async with school_transaction(actor.reach(CONFIRM)) as tx:
            return await _page(request, tx, await child_for(tx, actor, person_no), Form())

    @post("/consent", opt={"permission": CONFIRM})
    async def take(self, request: AnyRequest, person_no: FromPath[str]) -> Response[Any]:
        """Keep the answers; what is told of the child is read only with a yes. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        try:
            async with school_transaction(actor.reach(CONFIRM)) as tx:
                child = await child_for(tx, actor, person_no)
                await lock_head(tx, child.cooperative_id)
                if not await _sent(tx, child, typed):
                    age = await adult_age(tx, clock.today())
                    await take_consent(tx, child, await _taken(tx, child, typed), age)
        except Refused as refused:
            async with school_transaction(actor.reach(CONFIRM)) as tx:
                child = await child_for(tx, actor, person_no)
                form = form_of(typed).with_refusals(refused.refusals)
                return await _page(request, tx, child, form, status=422)
        given = typed.get("school_check") == "given"
        return to(f"/children/{person_no}" if given else "/children/consents")

    @post("/withdrawal", opt={"permission": CONFIRM})
    async def withdraw(self, request: AnyRequest, person_no: FromPath[str]) -> Response[Any]:
        """A word of the guardian ends a consent at once. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        said = typed.get("purpose", "")
        if said not in set(Purpose):
            message = say("Choose which consent ends.")
            raise Refused([Refusal("purpose_missing", message, "purpose")])
        async with school_transaction(actor.reach(CONFIRM)) as tx:
            child = await child_for(tx, actor, person_no)
            now = await guardians_on(tx, child.person_id, clock.today())
            who = next((g for g in now if g.guardian.person_no == typed.get("guardian")), None)
            await withdraw_consent(
                tx,
                child,
                Purpose(said),
                who.guardian.person_id if who else None,
                by_word(clock.today()),
            )
        ended = said == Purpose.SCHOOL_CHECK
        return to("/children" if ended else f"/children/{person_no}")

    @post("/guardians", opt={"permission": CONFIRM})
    async def guardians(self, request: AnyRequest, person_no: FromPath[str]) -> Response[Any]:
        """Record a guardian from a day on, or the end of a guardianship. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        day = typed_day(typed, "day", clock.today()) or clock.today()
        async with school_transaction(actor.reach(CONFIRM)) as tx:
            child = await child_for(tx, actor, person_no)
            if not child.consent:
                raise Refused([Refusal("no_consent", say("Ask for consent first."))])
            await lock_head(tx, child.cooperative_id)
            if await _sent(tx, child, typed):
                return to(f"/children/{person_no}")
            if typed.get("end", "").isdigit():
                await end_guardianship(tx, child, int(typed["end"][:18]), day)
            else:
                guardian = await adult_named(tx, typed.get("guardian_no", "").strip().upper())
                if guardian is None:
                    message = say("No adult of the household list has this number.")
                    raise Refused([Refusal("guardian_unknown", message, "guardian_no")])
                await record_guardian(tx, child, guardian, relation_from(typed), day)
        return to(f"/children/{person_no}")


async def _sent(tx: Transaction, child: ChildLine, typed: dict[str, str]) -> bool:
    return await sent_before(
        tx, child.cooperative_id, child.person_id, operation_of(typed), body_of(typed)
    )


async def _taken(tx: Transaction, child: ChildLine, typed: dict[str, str]) -> ConsentTaken:
    """Read the form; without a yes to the look-up nothing of the child is even read."""
    today = clock.today()
    answers = answers_from(typed)
    asked, problems = asked_from(typed, today)
    known = ChildParticulars()
    if answers.get(Purpose.SCHOOL_CHECK) is Answer.GIVEN:
        known, more = particulars_from(typed, today)
        problems += more
    if not answers:
        message = say("Write down at least the answer to the first question.")
        problems.append(Refusal("answer_missing", message, "school_check"))
    if problems:
        raise Refused(problems)
    guardian = await _guardian(tx, child, typed)
    return ConsentTaken(guardian, relation_from(typed), asked, answers, known)


async def _guardian(tx: Transaction, child: ChildLine, typed: dict[str, str]) -> Guardian | None:
    number = typed.get("guardian", "").strip().upper()
    for line in await guardians_on(tx, child.person_id, clock.today()):
        if line.guardian.person_no == number:
            return line.guardian
    return await adult_named(tx, number)


async def _page(
    request: AnyRequest, tx: Transaction, child: ChildLine, form: Form, status: int = 200
) -> Response[Any]:
    guardians = tuple(await guardians_on(tx, child.person_id, clock.today()))
    lines = await consents_of(tx, child.person_id)
    refused = next((line for line in lines if line.answer is not Answer.GIVEN), None)
    await record_read(
        tx, "child_consent", cooperative_id=child.cooperative_id, about=child.person_no, rows=1
    )
    context = {
        "asking": Asking(child, guardians, tuple(READ_ALOUD.items()), refused),
        "form": Form({**_first(child, guardians), **form.values}, form.problems),
        "relations": tuple((code, RELATION_NAMES[code]) for code in RELATIONS),
        "proofs": (("", say("Choose")), *PROOF_NAMES.items()),
        "operation_id": form.value("operation_id") or new_operation(),
    }
    return page(request, "schooling/consent.html", context, status)


def _first(child: ChildLine, guardians: tuple[GuardianLine, ...]) -> dict[str, str]:
    """What the form holds before anybody typed: what is known, with consent."""
    known = child.known or ChildParticulars()
    names = ("name_latin", "name_hi", "sex", "dob", "dob_precision", "father_name", "mother_name")
    texts_ = dict(zip((*names, "disability_pct"), map(str, astuple(known)), strict=True))
    texts_["dob"] = f"{known.dob:%d-%m-%Y}" if known.dob else ""
    texts_["disability_pct"] = "" if known.disability_pct is None else texts_["disability_pct"]
    guardian = guardians[0] if guardians else None
    return {
        **texts_,
        "guardian": guardian.guardian.person_no if guardian else "",
        "relation": guardian.relation if guardian else "mother",
        "on": f"{clock.today():%d-%m-%Y}",
    }
