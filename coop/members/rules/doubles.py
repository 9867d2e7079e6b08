"""Words and refusals of likely doubles. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say
from coop.members.rules.membership import State

SAME, NOT_SAME = "same", "not_same"
REASONS: Mapping[str, Said] = {
    "name": say("same name"),
    "same_surname": say("same surname"),
    "birth": say("date of birth"),
    "relation": say("father or husband"),
    "same_village": say("same village"),
    "same_tola": say("same tola"),
    "same_mobile": say("same mobile number"),
    "same_account": say("same bank account"),
    "same_household": say("same household"),
    "same_paper": say("same paper"),
    "same_house_paper": say("same paper of the household"),
    "same_last_four": say("same last four digits"),
}
BECAUSE: Mapping[str, Said] = {
    "papers": say("Papers of both were seen"),
    "asked": say("Both were asked"),
    "relatives": say("They are relatives"),
}


@dataclass(frozen=True, slots=True)
class Sides:
    """Two members of a pair as they stand when it is decided. ``gone``: who is to lose the number."""

    decision: str
    merged: bool
    a: State
    b: State
    kept_is_provisional: bool


def refusals_to_decide(sides: Sides, chosen: str, because: str, keep: str) -> Iterator[Refusal]:
    """Why a pair cannot be decided so."""
    if chosen not in (SAME, NOT_SAME):
        yield Refusal("choice_missing", say("Choose one of the two."), "decision")
    if because not in BECAUSE:
        yield Refusal("reason_missing", say("Say how you know it."), "because")
    if sides.decision:
        yield Refusal("decided_already", say("This pair is decided already."), "decision")
    if chosen == SAME:
        if keep not in ("a", "b"):
            yield Refusal("keep_missing", say("Choose the number that stays."), "keep")
        if State.CEASED in (sides.a, sides.b):
            message = say("One of the two has left; nothing is to be merged.")
            yield Refusal("already_ended", message, "decision")
        if sides.kept_is_provisional:
            message = say("Keep the full membership; the provisional one ends.")
            yield Refusal("keep_the_full_one", message, "keep")


def refusals_at_admission(
    own: Mapping[str, State], choices: Mapping[str, bool], elsewhere: str
) -> Iterator[Refusal]:
    """Why somebody with likely doubles is not admitted; ``choices``: True for the same person."""
    for number, state in own.items():
        if choices.get(number) and state is not State.CEASED:
            message = say("Then this person is number %(no)s; nobody is admitted twice.", no=number)
            yield Refusal("already_member", message, f"pair_{number}")
    if elsewhere == "same":
        message = say("Then ask that cooperative for a transfer; nobody is a member twice.")
        yield Refusal("member_elsewhere", message, "elsewhere")
