"""The first steps of a new cooperative, each done by what stands, not by a mark. Pure."""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.words import Said, say

FIRST_MEMBERS = 3


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: whether it is done, what, and where it is done; ``note`` says why or who does it."""

    done: bool
    words: Said
    note: Said
    path: str


def first_steps(
    open_sites: int, priced_grades: int, members: int, devices: int, weighed_at: datetime | None
) -> tuple[FirstStep, ...]:
    """The steps in their order; a cooperative that has weighed needs none of them any more."""
    if weighed_at is not None:
        return ()
    return (
        FirstStep(
            open_sites > 0,
            say("A site where collection is allowed"),
            say("The inspector records it"),
            "/sites",
        ),
        FirstStep(
            priced_grades > 0, say("Today’s prices"), say("The agency publishes them"), "/prices"
        ),
        FirstStep(
            members >= FIRST_MEMBERS,
            say("The first members"),
            say("At least three, by hand or from a list"),
            "/admissions",
        ),
        FirstStep(
            devices > 0, say("A device at the scale"), say("Or weigh here at the desk"), "/devices"
        ),
        FirstStep(False, say("The first weighing"), say("Then the slip is printed"), "/desk"),
    )
