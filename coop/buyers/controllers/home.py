"""What of buyers waits for somebody on their first page."""

from dataclasses import dataclass

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.buyers.controllers.shown import endings_shown
from coop.buyers.controllers.words import days_words
from coop.buyers.queries.own import own_buyer
from coop.buyers.queries.registry import registry, warn_days
from coop.buyers.rules import State
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.i18n import day
from coop.kernel.refusal import NotThere
from coop.kernel.words import Said, say

_MOST = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of what is to be done: shape, where it leads, what, and when."""

    state: str
    path: str
    words: Said
    note: Said
    when: Said


async def waiting_for(tx: Transaction, actor: Actor) -> tuple[Waiting, ...]:
    """What runs out or is to be decided, for the agency, a cooperative or the buyer itself."""
    if actor.may(Permission.BUYERS_OWN_READ):
        return await _own(tx, actor)
    if not actor.may(Permission.BUYERS_BUYER_READ):
        return ()
    listed = await registry(tx, clock.today())
    due = [one for one in listed if one.due]
    lines = [
        Waiting(
            "wait",
            f"/buyers/{one.known.code}",
            say("%(name)s: a paper runs out", name=one.known.name),
            say("May buy through %(day)s", day=day(one.standing.until or clock.today())),
            days_words(one.left or 0),
        )
        for one in due[:_MOST]
    ]
    if len(due) > _MOST:
        more = say("%(count)s more buyers whose papers run out", count=len(due) - _MOST)
        lines.append(Waiting("wait", "/buyers?show=due", more, say("The whole list"), say("soon")))
    asked = sum(one.state is State.SUBMITTED for one in listed)
    if asked and actor.may(Permission.BUYERS_BUYER_SUSPEND):
        words = say("%(count)s buyers wait for a decision", count=asked)
        note = say("Check their papers, then decide")
        lines.append(Waiting("ask", "/buyers?show=waiting", words, note, say("now")))
    return tuple(lines)


async def _own(tx: Transaction, actor: Actor) -> tuple[Waiting, ...]:
    today = clock.today()
    try:
        known = await own_buyer(tx, actor.user_id)
    except NotThere:
        return ()  # an account that acts for no buyer yet
    note = say("Bring the renewed paper to the agency")
    return tuple(
        Waiting("wait", "/firm", one.kind, note, one.left)
        for one in endings_shown(known, today, await warn_days(tx, today))
    )
