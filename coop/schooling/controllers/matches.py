"""Doubtful matches: a child and a pupil side by side, and a person's word."""

from dataclasses import dataclass
from typing import Any

from litestar import Controller, Response, get, post

from coop.access.guard import acting
from coop.audit.operations import record_read
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.schooling.controllers.parts import (
    CONFIRM,
    AnyRequest,
    body_of,
    child_for,
    new_operation,
    operation_of,
    own_cooperative,
    sight_of,
    texts,
    to,
)
from coop.schooling.operations.follow_up import decide_pupil
from coop.schooling.operations.once import sent_before
from coop.schooling.queries import schools
from coop.schooling.queries.role import school_transaction
from coop.schooling.queries.work import DoubtfulPair, doubtful_pairs
from coop.schooling.rules.match import Decision
from coop.schooling.rules.school import School

REASONS: dict[str, Said] = {
    "name": say("name"),
    "father": say("father's name"),
    "mother": say("mother's name"),
    "surname": say("surname"),
    "birth": say("date of birth"),
    "village": say("village"),
    "admission_no": say("number in the school"),
    "two_children": say("two children fit this row"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair as the page shows it."""

    pair: DoubtfulPair
    school: School | None
    per_cent: int
    reasons: tuple[Said, ...]
    operation_id: str


class MatchController(Controller):
    """What the match left for a person."""

    path = "/children/matches"

    @get(opt={"permission": CONFIRM})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show doubtful pairs of one's own villages."""
        actor = acting(request)
        async with school_transaction(actor.reach(CONFIRM)) as tx:
            owner = await own_cooperative(tx, actor, request.query_params.get("cooperative", ""))
            sight = await sight_of(tx, actor, owner.id)
            known = await schools(tx)
            pairs = [one for one in await doubtful_pairs(tx, owner.id) if sight.sees(one.child)]
            await record_read(
                tx, "doubtful_pupils", cooperative_id=owner.id, about=owner.code, rows=len(pairs)
            )
        shown = tuple(
            Shown(
                one,
                known.get(one.row.udise),
                round(one.score_thousandths / 10),
                tuple(REASONS[code] for code in one.reasons if code in REASONS),
                new_operation(),
            )
            for one in pairs
        )
        return page(request, "schooling/matches.html", {"pairs": shown})

    @post(opt={"permission": CONFIRM})
    async def decide(self, request: AnyRequest) -> Response[Any]:
        """Say that they are one, or are not; remembered for every later check. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        if typed.get("word") not in ("same", "other"):
            message = say("Say whether they are one child or not.")
            raise Refused([Refusal("word_missing", message, "word")])
        async with school_transaction(actor.reach(CONFIRM)) as tx:
            child = await child_for(tx, actor, typed.get("child", ""))
            pupil = typed.get("udise", ""), typed.get("admission_no", "")
            if not await sent_before(
                tx, child.cooperative_id, child.person_id, operation_of(typed), body_of(typed)
            ):
                offered = await doubtful_pairs(tx, child.cooperative_id)
                if all(
                    (one.child.person_id, one.row.udise, one.row.admission_no)
                    != (child.person_id, *pupil)
                    for one in offered
                ):
                    raise NotThere("pair")
                same = typed["word"] == "same"
                await decide_pupil(tx, child, Decision(child.person_id, *pupil, same=same))
        return to("/children/matches")
