"""What waits for a reader, as the home page shows it: a number, no case."""

from dataclasses import dataclass

from coop.access.actor import Actor
from coop.kernel.words import Said, say
from coop.safeguarding.controllers.parts import WORK
from coop.safeguarding.queries.cases import all_cases, sight_of
from coop.safeguarding.queries.role import safe_transaction


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits; ``when`` says how many."""

    state: str
    path: str
    words: Said
    note: Said
    when: str


async def waiting_for(actor: Actor) -> tuple[Waiting, ...]:
    """Cases in which something is due today or was missed; in a transaction of its own."""
    if not actor.may(WORK):
        return ()
    async with safe_transaction(actor.reach(WORK)) as tx:
        sight = await sight_of(tx, actor.user_id or 0)
        seen = [case for case in await all_cases(tx, sight.days) if sight.sees(case)]
    stands = [case.facts.standing for case in seen if not case.facts.standing.closed]
    due = [one for one in stands if one.next is not None and one.next.on <= sight.today]
    if not due:
        return ()
    danger = any(one.danger for one in due)
    note = say("A child is in danger. Open it first.") if danger else say("Days end today or are over.")  # fmt: skip
    return (
        Waiting("bad" if danger else "wait", "/cases", say("Cases that wait"), note, str(len(due))),
    )
