"""The next question as the desk's page shows it: in words, with a picture and the voices that speak it."""

from collections.abc import Iterable
from dataclasses import dataclass

from coop.kernel import i18n
from coop.schemes.controllers.views import who
from coop.schemes.forms import NONE, UNKNOWN
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.clips import ClipKnown
from coop.schemes.queries.screened import Screened, scheme_names
from coop.schemes.rules.facts import Fact, Kind, Text
from coop.schemes.rules.logic import tests
from coop.schemes.rules.screening import Question


@dataclass(frozen=True, slots=True)
class ClipShown:
    """A spoken question. ``language``: its code; ``name``: in words."""

    path: str
    language: str
    name: Text
    media: str


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """The next question with what it may be answered with."""

    fact: str
    applicant: str
    who: str
    ask: Text
    hint: Text | None
    kind: str
    options: tuple[tuple[str, str], ...]
    unit: str
    settles: int
    sensitive: bool
    picture: str
    clips: tuple[ClipShown, ...]


def clips_shown(fact: Fact, known: Iterable[ClipKnown]) -> tuple[ClipShown, ...]:
    """Those that speak the question as it reads today."""
    names = catalogue().words["language"]
    return tuple(
        ClipShown(f"/schemes/sounds/{one.id}", one.language, names[one.language], one.media)
        for one in known
        if one.speaks(fact) and one.language in names
    )


def question_shown(
    screened: Screened, question: Question | None, spoken: Iterable[ClipKnown] = ()
) -> QuestionShown | None:
    """The next question in words. ``spoken``: recordings of the household's cooperative."""
    if question is None:
        return None
    fact = question.fact
    return QuestionShown(
        fact.name,
        question.applicant,
        who(screened, question.applicant),
        fact.ask,
        fact.hint,
        fact.kind.value,
        _options(fact),
        _UNITS.get(fact.unit, ""),
        question.settles,
        fact.care.value != "plain",
        fact.picture,
        clips_shown(fact, (one for one in spoken if one.fact == fact.name)),
    )


_UNITS = {"rupees": "₹", "acres": ""}


def _options(fact: Fact) -> tuple[tuple[str, str], ...]:
    unknown = (UNKNOWN, i18n.gettext("Do not know"))
    match fact.kind:
        case Kind.BOOL:
            return (("yes", i18n.gettext("Yes")), ("no", i18n.gettext("No")), unknown)
        case Kind.ENUM:
            return (*((word, i18n.named(text)) for word, text in fact.options), unknown)
        case Kind.SET:
            words = [(word, i18n.named(text)) for word, text in fact.options]
            return (*words, (NONE, i18n.gettext("None of these")))
        case Kind.SCHEMES:
            names = scheme_names()
            drawn = [(code, i18n.named(names[code])) for code in asked_benefits(fact.name)]
            return (*drawn, (NONE, i18n.gettext("None of these")))
        case _:
            return ()


def asked_benefits(fact: str) -> tuple[str, ...]:
    """The schemes whose being drawn decides something: those that rules on this fact name."""
    named = {
        code
        for scheme in catalogue().schemes.values()
        for criterion in scheme.criteria
        for test in tests(criterion.rule)
        if test.base == fact and isinstance(test.value, frozenset)
        for code in test.value
    }
    return tuple(sorted(named, key=lambda code: catalogue().schemes[code].number))
