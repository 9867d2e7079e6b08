"""What the desk's pages show of a screened household, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Request

from coop.kernel import i18n
from coop.kernel.refusal import NotThere
from coop.kernel.words import Said, say
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.households import PersonKnown
from coop.schemes.queries.letter import gives
from coop.schemes.queries.screened import Screened, scheme_names
from coop.schemes.rules.answers import HOUSEHOLD
from coop.schemes.rules.dates import Measure, Span, measured
from coop.schemes.rules.explaining import why_not
from coop.schemes.rules.facts import Text
from coop.schemes.rules.screening import Group, Line

AnyRequest = Request[Any, Any, Any]
_NEAR = 6  # refusals shown on the household's own page; the rest stands on a page of its own
TITLES: Mapping[Group, Said] = {
    Group.CAN: say("Can apply now"),
    Group.PERHAPS: say("Perhaps: the office decides"),
    Group.PAPER: say("A paper is missing"),
    Group.QUESTION: say("One question left"),
    Group.APPLIED: say("Applied for"),
    Group.RECEIVING: say("Receiving already"),
    Group.NOT: say("Not eligible, and why"),
}
SHAPES: Mapping[Group, str] = {
    Group.CAN: "can",
    Group.PERHAPS: "off",
    Group.PAPER: "wait",
    Group.QUESTION: "ask",
    Group.APPLIED: "wait",
    Group.RECEIVING: "ok",
    Group.NOT: "off",
}


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line of the task list."""

    path: str
    name: Text
    who: str
    gives: Text
    shape: str
    papers: tuple[Text, ...]
    asks: Text | None
    why: tuple[Text, ...]
    over: tuple[Text, ...]
    better: Text | None


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A part of the task list; ``key`` names it for the page's own links."""

    key: str
    title: Said
    shape: str
    count: int
    lines: tuple[LineShown, ...]


@dataclass(frozen=True, slots=True)
class PersonShown:
    """Somebody of the household. ``known``: judged; otherwise a guardian is to be asked first."""

    applicant: str
    who: str
    known: bool
    child: bool
    letter: bool


async def texts_of(request: AnyRequest) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The texts of a posted form, and every value of each name."""
    form = await request.form()
    every: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            every.setdefault(name, []).append(value)
    return {name: values[-1] for name, values in every.items()}, every


def found(screened: Screened | None, number: str) -> Screened:
    """The household, or what is not within reach does not exist. Raises NotThere."""
    if screened is None:
        raise NotThere(number)
    return screened


def who(screened: Screened, applicant: str) -> str:
    """A grown person's name and age, a child's number, or the family."""
    if applicant == HOUSEHOLD:
        return i18n.gettext("The family")
    person = screened.person(applicant)
    return name_of(person, applicant) + _age(screened, applicant)


def name_of(person: PersonKnown | None, applicant: str) -> str:
    """A name where one is kept, else the number on the household list."""
    return (i18n.named(person) if person is not None else "") or applicant


def _age(screened: Screened, applicant: str) -> str:
    born = screened.answers(applicant).get("p.dob")
    if not isinstance(born, Span):
        return ""
    years = measured(born, Measure.YEARS, screened.on)
    return f", {years.high}" if years.low == years.high else f", {years.low}-{years.high}"


def groups(screened: Screened) -> tuple[GroupShown, ...]:
    """The task list; what still depends on several questions is only counted."""
    return tuple(_group(screened, group) for group in TITLES if _of(screened, group))


def undecided(screened: Screened) -> int:
    """How many schemes still depend on more than one question."""
    return len({line.scheme.code for line in screened.lines if line.group is Group.QUESTIONS})


def _of(screened: Screened, group: Group) -> list[Line]:
    lines = [line for line in screened.lines if line.group is group]
    if group is Group.NOT:
        lines.sort(key=lambda line: (len(line.judgement.failing), line.scheme.number))
    return lines


def _group(screened: Screened, group: Group) -> GroupShown:
    lines = _of(screened, group)
    shown = lines[:_NEAR] if group is Group.NOT else lines
    return GroupShown(
        group.value,
        TITLES[group],
        SHAPES[group],
        len(lines),
        tuple(line_shown(screened, line) for line in shown),
    )


def line_shown(screened: Screened, line: Line) -> LineShown:
    """One result in words."""
    names, words, facts = scheme_names(), catalogue().words["document"], catalogue().book.facts
    asks = facts[line.judgement.missing[0]].ask if line.group is Group.QUESTION else None
    return LineShown(
        f"/schemes/households/{screened.household.number}/schemes/{line.scheme.code}/{line.applicant}",
        line.scheme.name,
        who(screened, line.applicant),
        gives(line.scheme, screened.on),
        SHAPES.get(line.group, "off"),
        tuple(words[paper] for paper in line.papers),
        asks,
        why_not(line.judgement, line.scheme, screened.on),
        tuple(names[code] for code in line.over),
        names[line.better] if line.better else None,
    )


def persons_shown(screened: Screened) -> tuple[PersonShown, ...]:
    """Everybody of the household."""
    ready = {
        line.applicant
        for line in screened.lines
        if line.group in (Group.CAN, Group.PERHAPS, Group.PAPER, Group.APPLIED)
    }
    household_ready = HOUSEHOLD in ready
    shown = []
    for person in screened.people:
        known = screened.knows(person.person_no)
        grown = person.registered.known
        shown.append(
            PersonShown(
                person.person_no,
                who(screened, person.person_no),
                known,
                not grown,
                known and grown and (person.person_no in ready or household_ready),
            )
        )
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class ConsentShown:
    """Of whom agreement is asked: the household, or a child by its guardian."""

    applicant: str
    who: str
    child: bool


def consent_shown(screened: Screened, applicant: str) -> ConsentShown | None:
    """The agreement to ask, None where none is to be asked."""
    if not applicant:
        return None
    return ConsentShown(applicant, who(screened, applicant), applicant != HOUSEHOLD)


def pairs(kind: str, only: Iterable[str] | None = None) -> tuple[tuple[str, str], ...]:
    """Codes and words of one kind, in the reader's language, for a field's options."""
    words = catalogue().words[kind]
    return tuple((code, i18n.named(words[code])) for code in (words if only is None else only))
