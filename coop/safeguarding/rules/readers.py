"""Who reads a case: a trained focal point who is not related; the standby where it is due. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.safeguarding.rules.book import Concern, Kind, Line
from coop.safeguarding.rules.state import Days, Standing, of_kind


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody named to read cases. ``cooperative_id`` None: the agency's standby.

    ``holds_role``: whether the account still holds the role; ``person_id``: their own row in the
    household list, by which a relation is seen.
    """

    user_id: int
    cooperative_id: int | None
    name: str
    person_id: int | None
    woman: bool
    training: str
    trained_on: date
    valid_until: date
    holds_role: bool

    def valid(self, today: date) -> bool:
        """Whether training, role and day hold."""
        return self.holds_role and self.trained_on <= today <= self.valid_until

    @property
    def standby(self) -> bool:
        """Whether it is the agency's."""
        return self.cooperative_id is None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What decides on who reads. ``related``: person rows of the child's household and guardians."""

    cooperative_id: int
    concerns: tuple[Concern, ...]
    lines: tuple[Line, ...]
    standing: Standing
    related: frozenset[int]


def conflicted(reader: Reader, case: CaseFacts) -> bool:
    """Whether a focal point is related to the child, said so, or is named in a concern."""
    said = {line.about_id for line in of_kind(case.lines, Kind.CONFLICT)}
    if reader.user_id in said:
        return True
    if reader.person_id is not None and reader.person_id in case.related:
        return True
    return not reader.standby and any(one.names_reader for one in case.concerns)


def focal_points(readers: Iterable[Reader], case: CaseFacts, today: date) -> list[Reader]:
    """The cooperative's focal points who may read a case."""
    return [
        one
        for one in readers
        if one.cooperative_id == case.cooperative_id
        and one.valid(today)
        and not conflicted(one, case)
    ]


def standby_due(readers: Sequence[Reader], case: CaseFacts, today: date, days: Days) -> bool:
    """Whether the standby reads a case: nobody else may, one is related, a day was missed, it was
    handed over, or a closing needs a second person whom the cooperative does not have.
    """
    own = focal_points(readers, case, today)
    if not own or of_kind(case.lines, Kind.HANDOVER):
        return True
    if any(one.cooperative_id == case.cooperative_id and conflicted(one, case) for one in readers):
        return True
    if case.standing.late(today, days["case_escalates"]):
        return True
    asked = case.standing.closing
    return asked is not None and not [one for one in own if label(one) != asked.recorded_by]


def somebody_reads(
    readers: Sequence[Reader], cooperative_id: int, *, names_reader: bool, today: date
) -> list[Reader]:
    """Who would read a new concern, focal points first; empty: nobody, so that none is taken."""
    own = [
        one
        for one in readers
        if one.cooperative_id == cooperative_id and one.valid(today) and not names_reader
    ]
    return own or [one for one in readers if one.standby and one.valid(today)]


def reads(
    user_id: int, readers: Sequence[Reader], case: CaseFacts, today: date, days: Days
) -> bool:
    """Whether an account may open a case today."""
    if any(one.user_id == user_id for one in focal_points(readers, case, today)):
        return True
    standing_by = [
        one
        for one in readers
        if one.standby and one.user_id == user_id and one.valid(today) and not conflicted(one, case)
    ]
    return bool(standing_by) and standby_due(readers, case, today, days)


def label(reader: Reader) -> str:
    """How lines name an account."""
    return f"user:{reader.user_id}"


def refusals_to_name(reader: Reader, named_by: str, today: date) -> list[Refusal]:
    """Why somebody cannot be named as a reader."""
    found = []
    if label(reader) == named_by:
        message = say("Nobody names themselves; ask another administrator.")
        found.append(Refusal("names_self", message, "user"))
    if not reader.holds_role:
        message = say("This person does not hold the role; give the role first.")
        found.append(Refusal("role_missing", message, "user"))
    if not reader.training:
        message = say("Write which training it was and who gave it.")
        found.append(Refusal("training_missing", message, "training"))
    if reader.trained_on > today:
        message = say("The training is still to come; name the person after it.")
        found.append(Refusal("training_to_come", message, "trained_on"))
    if reader.valid_until < reader.trained_on:
        message = say("The last day is before the training; correct it.")
        found.append(Refusal("training_over", message, "valid_until"))
    return found
