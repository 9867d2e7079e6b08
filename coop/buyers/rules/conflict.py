"""Whether an owner of a buyer may be a member of a cooperative, or of a member's family: a flag only."""

from dataclasses import dataclass

from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.members.rules.names import SLIPPED, best_likeness, given_keys, likeness, surname

LEAST = 70  # of a hundred; below it half a village is alike


@dataclass(frozen=True, slots=True)
class MemberName:
    """A member as the member book names it; the relation is the husband or father."""

    member_id: int
    cooperative_id: int
    names: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score of a hundred and why: ``same_name``, ``family`` (the relation is named so)."""

    score: int
    reasons: str


def likeness_to_member(owner: str, member: MemberName) -> Likeness | None:
    """Return how alike an owner's name is to a member's or to the relation's; None below ``LEAST``.

    Either script is read. Names alone never prove anything: somebody looks at every flag.
    """
    own = max((_score(owner, name) for name in member.names), default=0)
    family = max((_score(owner, name) for name in member.relations), default=0)
    said = [
        (score, reason)
        for score, reason in ((own, "same_name"), (family, "family"))
        if score >= LEAST
    ]
    if not said:
        return None
    return Likeness(max(score for score, _ in said), "|".join(reason for _, reason in said))


def _score(one: str, other: str) -> int:
    """Given name and surname both: without a surname on either side a fifth less."""
    given = best_likeness(given_keys(one), given_keys(other))
    if given < SLIPPED:
        return 0
    first, second = surname(one), surname(other)
    if not first or not second:
        return round(given * 80)
    return round(given * 100) if likeness(first, second) >= SLIPPED else 0


def refusals_to_rule(outcome: str, reason: str, recusal: str) -> tuple[Refusal, ...]:
    """Return why a decision on a flag is refused: it says why, and who keeps out where it is one."""
    refusals = []
    if not reason:
        refusals.append(Refusal("reason_missing", say("Write how you found out."), "reason"))
    if outcome == "conflict" and not recusal:
        message = say("Write who keeps out of which decisions, by office.")
        refusals.append(Refusal("recusal_missing", message, "recusal"))
    return tuple(refusals)
