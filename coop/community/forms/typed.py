"""Forms of partners, activities, committees, rounds. No field takes a name of a person."""

from collections.abc import Mapping, Sequence

from coop.community.rules.checklist import Check, Item, Seen
from coop.community.rules.prevalence import Round
from coop.community.rules.work import (
    BANDS,
    KINDS,
    MATERIALS,
    SEATS,
    SEXES,
    TOPICS,
    Activity,
    Committee,
    HamletGiven,
    Meeting,
    Money,
    Partner,
)
from coop.kernel.cells import Parsed
from coop.kernel.words import say
from coop.sites.forms import Typed

_MOST_PEOPLE = 9999
_MOST_PAISE = 10**12


def partner_from(typed: Mapping[str, str]) -> Parsed[Partner]:
    """Read a partner."""
    cells = Typed(typed)
    return cells.finish(
        Partner(
            cells.text("name", 120, needed=True),
            cells.text("contact_role", 80, needed=True),
            cells.day("agreed_from"),
            cells.day("agreed_until"),
        )
    )


def hamlet_from(typed: Mapping[str, str]) -> Parsed[HamletGiven]:
    """Read a hamlet given or taken back."""
    cells = Typed(typed)
    return cells.finish(
        HamletGiven(
            cells.text("village", 80, needed=True),
            cells.text("tola", 80),
            cells.day("from_day"),
            cells.choice("given", ("yes", "no")) == "yes",
        )
    )


def money_from(typed: Mapping[str, str], kinds: tuple[str, ...]) -> Parsed[Money]:
    """Read an amount in rupees."""
    cells = Typed(typed)
    return cells.finish(
        Money(
            cells.choice("kind", kinds),
            cells.text("words", 80, needed=True),
            cells.scaled("amount", 2, 1, _MOST_PAISE),
            cells.day("on_day"),
        )
    )


def activity_from(typed: Mapping[str, str]) -> Parsed[Activity]:
    """Read an activity; an empty count is nobody."""
    cells = Typed(typed)
    return cells.finish(
        Activity(
            cells.choice("kind", tuple(KINDS)),
            cells.choice("topic", tuple(TOPICS), needed=False),
            cells.text("village", 80, needed=True),
            cells.text("tola", 80),
            cells.day("on_day"),
            cells.choice("materials", tuple(MATERIALS)),
            {
                (sex, band): cells.whole_or_none(f"reached_{sex}_{band}", 0, _MOST_PEOPLE) or 0
                for sex in SEXES
                for band in BANDS
            },
        )
    )


def committee_from(typed: Mapping[str, str]) -> Parsed[Committee]:
    """Read a committee; an empty count is nobody."""
    cells = Typed(typed)
    return cells.finish(
        Committee(
            cells.text("village", 80, needed=True),
            cells.day("formed_on"),
            {
                (role, sex): cells.whole_or_none(f"seats_{role}_{sex}", 0, 99) or 0
                for role in SEATS
                for sex in ("F", "M")
            },
        )
    )


def meeting_from(typed: Mapping[str, str]) -> Parsed[Meeting]:
    """Read a meeting; ``present_ROLE`` says yes for each role that came."""
    cells = Typed(typed)
    return cells.finish(
        Meeting(
            cells.day("met_on"),
            tuple(role for role in SEATS if cells.raw(f"present_{role}") == "yes"),
            cells.text("decisions", 300, needed=True),
        )
    )


def round_from(typed: Mapping[str, str]) -> Parsed[Round]:
    """Read a round of home visits."""
    cells = Typed(typed)
    return cells.finish(
        Round(
            cells.text("village", 80, needed=True),
            cells.day("on_day"),
            cells.choice("whole", ("whole", "sample")) == "whole",
            cells.whole("households_visited", 1, _MOST_PEOPLE),
            cells.whole("children_seen", 0, _MOST_PEOPLE),
            cells.whole("children_at_work", 0, _MOST_PEOPLE),
        )
    )


def check_from(typed: Mapping[str, str], items: Sequence[Item]) -> Parsed[Check]:
    """Read a monitor's sheet; every question that was left open is told at once."""
    cells = Typed(typed)
    answers = {one.code: cells.raw(f"seen_{one.code}") for one in items}
    for code, said in answers.items():
        if said not in set(Seen):
            cells.refuse(f"seen_{code}", "unanswered", say("Choose yes, no or not seen."))
    return cells.finish(
        Check(
            cells.text("village", 80, needed=True),
            cells.day("on_day"),
            {code: Seen(said) for code, said in answers.items() if said in set(Seen)},
        )
    )
