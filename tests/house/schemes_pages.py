"""Pages of the benefit desk with what they are drawn with: an invented family on invented answers."""

from datetime import date, timedelta
from types import SimpleNamespace as Thing

from coop.kernel import i18n
from coop.kernel.refusal import Refusal
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.schemes.controllers import questions, views
from coop.schemes.controllers.ageing import Waiting
from coop.schemes.controllers.applications import EventShown, _steps
from coop.schemes.controllers.scheme import _scheme
from coop.schemes.queries.applications import ApplicationKnown, SeenKnown
from coop.schemes.queries.camp import PaperShown
from coop.schemes.queries.catalogue import catalogue, rules_on
from coop.schemes.queries.households import HouseholdKnown, PaperKnown, PersonKnown
from coop.schemes.queries.letter import Letter, chosen, offer_of
from coop.schemes.queries.reports import CampRow
from coop.schemes.queries.screened import Screened
from coop.schemes.rules.answers import HOUSEHOLD
from coop.schemes.rules.applications import State
from coop.schemes.rules.dates import read_span
from coop.schemes.rules.facts import Answer, Facts, Person
from coop.schemes.rules.gathering import Agreed, Gathered, RegisteredHousehold, RegisteredPerson
from coop.schemes.rules.screening import Group, Known, Question, task_list
from tests.house.schemes_counts import AGAIN, REPORT

ON = date(2026, 11, 24)
_ID = "0b0e7a5e-2f1f-4c3f-9d53-6b9c1f1d2a77"
_NO: dict[str, Answer] = dict.fromkeys(
    ("p.govt_job", "p.govt_pension", "p.spouse_govt_job", "p.spouse_govt_pension", "p.epf", "p.esic", "p.income_tax"), False
)  # fmt: skip
_FACTS = Facts(
    {
        "h.state": "JH", "h.rural": True, "h.ration": "PHH", "h.any_income_tax": False, "h.lpg": False,
        "h.house": "kutcha", "h.prior_house": False, "h.receives": frozenset(), "h.mp_mla": False,
    },
    (
        Person(
            "P00001",
            {**_NO, "p.sex": "F", "p.dob": read_span("1963"), "p.marital": "widow", "p.receives": frozenset(),
             "p.willing_manual": False, "p.bank_ac": True},
        ),
        Person(
            "P00002",
            {**_NO, "p.sex": "F", "p.dob": read_span("1992-05-01"), "p.marital": "married", "p.receives": frozenset(),
             "p.willing_manual": True, "p.on_ration_card": True, "p.father_govt_job": False,
             "p.family_pension": False, "p.unorganised": True, "p.eshram": False},
        ),
    ),
)  # fmt: skip


def _person(number: int, name_hi: str, name_latin: str, known: bool) -> PersonKnown:
    code = f"P0000{number}"
    return PersonKnown(number, code, name_hi, name_latin, False, RegisteredPerson(code, known))


def _family() -> Screened:
    household = HouseholdKnown(
        1, 1, "KDM01", "HKDM-0142", "खैराटांड़", "ऊपर टोला", "डोमचांच", "P00001",
        RegisteredHousehold(20, "PHH", "kutcha", 50, None, None),
    )  # fmt: skip
    people = (
        _person(1, "बसंती नमूना", "Basanti Namuna", True),
        _person(2, "सुनीता नमूना", "Sunita Namuna", True),
        _person(3, "", "", False),
    )
    rules = rules_on(ON)
    outcomes = tuple(rules.outcomes(_FACTS))
    known = Known(
        receiving=frozenset({("PHH", HOUSEHOLD)}),
        applied=frozenset({("RURAL_WORK", "P00002")}),
        missing_papers=frozenset({("income_cert", HOUSEHOLD)}),
    )
    fact = catalogue().book.facts["p.bank_aadhaar_seeded"]
    return Screened(
        household,
        people,
        Agreed(household=True, children=frozenset()),
        Gathered(_FACTS, frozenset(), frozenset(), frozenset({"P00003"})),
        outcomes,
        frozenset({"p.bank_ac"}),
        task_list(catalogue(), rules, _FACTS, known),
        Question(fact, "P00002", 1),
        False,
        (PaperKnown(HOUSEHOLD, "income_cert", False, ON), PaperKnown("P00001", "ration_card", True, ON)),
        (_application(),),
        ON,
    )  # fmt: skip


def _application(state: State = State.RECEIVING) -> ApplicationKnown:
    return ApplicationKnown(
        1, 1, "KDM01-26-A00012", 1, "HKDM-0142", "P00002", "सुनीता नमूना", "Sunita Namuna", "RURAL_WORK", 5, state, ON
    )  # fmt: skip


FAMILY = _family()
WORDS = catalogue().words
ERRORS = (FieldProblem("answer", say("Choose one of the list.")),)


def household(form: Form | None = None, **changed: object) -> dict[str, object]:
    with i18n.use_language("hi"):
        return {
            "household": FAMILY.household,
            "people": views.persons_shown(FAMILY),
            "question": questions.question_shown(FAMILY, FAMILY.question),
            "consent_for": None,
            "groups": views.groups(FAMILY),
            "undecided": views.undecided(FAMILY),
            "hows": views.pairs("how"),
            "languages": views.pairs("language"),
            "kept": False,
            "form": form or Form(),
            "operation_id": _ID,
            "other_id": _ID,
            "on": ON,
            "may_speak": True,
            **changed,
        }


def asked(name: str, applicant: str) -> questions.QuestionShown | None:
    with i18n.use_language("hi"):
        return questions.question_shown(
            FAMILY, Question(catalogue().book.facts[name], applicant, 3)
        )


def scheme(code: str, applicant: str) -> dict[str, object]:
    with i18n.use_language("hi"):
        context = dict(_scheme(FAMILY, code, applicant))
    # Titles of sources stay in the language they were written in.
    source = Thing(title="Namuna", publisher="Namuna", dated="2024", read=ON, verified=True)
    return {**context, "source": source}


def application(state: State, step: str, form: Form | None = None) -> dict[str, object]:
    one = _application(state)
    event = EventShown(
        ON, WORDS["state"]["applied"], "user:1", (WORDS["channel"]["camp"],), ("77", "प्रखंड कार्यालय"), 100_000, ON,
        (WORDS["document"]["voter_id"],), ((WORDS["barrier"]["NO_ACK"], WORDS["next_step"]["NO_ACK"]),), True,
    )  # fmt: skip
    with i18n.use_language("hi"):
        return {
            "one": one,
            "scheme": catalogue().schemes[one.scheme],
            "applicant": "सुनीता नमूना, 34",
            "state": WORDS["state"][state],
            "by": ON + timedelta(days=30),
            "events": (event, event),
            "seen": (SeenKnown(ON, 250_000, "passbook"), SeenKnown(ON, 0, "goods")),
            "may_see": state is State.RECEIVING,
            "form": form or Form({"on": "24-11-2026"}),
            "operation_id": _ID,
            **_steps(one, step),
        }


def letter_sample(*, empty: bool) -> Letter:
    offers = tuple(offer_of(FAMILY, line) for line in chosen(FAMILY, "P00001"))
    asks = (catalogue().book.facts["h.bpl"].ask,)
    return Letter(FAMILY.household, "बसंती नमूना", () if empty else offers, () if empty else asks, ON)


def _letter(*, empty: bool) -> dict[str, object]:
    return {"letter": letter_sample(empty=empty), "applicant": "P00001"}


_LINES = tuple(line for line in FAMILY.lines if line.group is Group.NOT)
with i18n.use_language("hi"):
    OTHERS = tuple(views.line_shown(FAMILY, line) for line in _LINES)
_ROW = CampRow(
    "voter_id", "ऊपर टोला", "बसंती नमूना", "Basanti Namuna", "P00001", "HKDM-0142", True, False
)
_PAPERS = (PaperShown(WORDS["document"]["voter_id"], 3, (_ROW, _ROW)),)
_WAITING = Waiting(
    "KDM01-26-A00012", "HKDM-0142", "सुनीता नमूना", "Sunita Namuna", catalogue().schemes["RURAL_WORK"].name,
    WORDS["state"]["applied"], ON, ON, "late", "wait",
)  # fmt: skip
_UNKNOWN = (
    Refusal("unknown", say("No household of this number here. Look at the card again."), "q"),
)

SCHEMES_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "schemes": (
        "schemes/start.html",
        {"form": Form(), "waiting": (_WAITING,), "again": (AGAIN,)},
        True,
    ),
    "schemes-none": (
        "schemes/start.html",
        {"form": Form({"q": "HKDM-9"}).with_refusals(_UNKNOWN), "waiting": (), "again": ()},
        True,
    ),
    "schemes-household": ("schemes/household.html", household(), True),
    "schemes-household-wrong": (
        "schemes/household.html",
        household(Form({"answer": ""}, ERRORS), kept=True, undecided=1),
        True,
    ),
    "schemes-household-date": (
        "schemes/household.html",
        household(Form({"answer": "x"}, ERRORS), question=asked("p.dob", "P00001")),
        True,
    ),
    "schemes-household-tick": (
        "schemes/household.html",
        household(Form({}, ERRORS), question=asked("p.receives", "P00001")),
        True,
    ),
    "schemes-household-number": (
        "schemes/household.html",
        household(question=asked("h.income_year", HOUSEHOLD), groups=()),
        True,
    ),
    "schemes-household-consent": (
        "schemes/household.html",
        household(consent_for=views.ConsentShown(HOUSEHOLD, "परिवार", False)),
        True,
    ),
    "schemes-household-child": (
        "schemes/household.html",
        household(consent_for=views.ConsentShown("P00003", "P00003", True)),
        True,
    ),
    "schemes-household-done": ("schemes/household.html", household(question=None), True),
    "schemes-others": ("schemes/others.html", {"number": "HKDM-0142", "lines": OTHERS}, True),
    "schemes-others-none": ("schemes/others.html", {"number": "HKDM-0142", "lines": ()}, True),
    "scheme": ("schemes/scheme.html", scheme("SARVAJAN", "P00001"), True),
    "scheme-unverified": ("schemes/scheme.html", scheme("PMUY", "P00002"), True),
    "scheme-applied": ("schemes/scheme.html", scheme("RURAL_WORK", "P00002"), True),
    "scheme-by-itself": ("schemes/scheme.html", scheme("URJA", HOUSEHOLD), True),
    "application": ("schemes/application.html", application(State.RECEIVING, ""), True),
    "application-apply": (
        "schemes/application.html",
        application(
            State.CONSENTED,
            "applied",
            Form({"on": "x"}, (FieldProblem("on", say("Type the day, as 24-11-2026.")),)),
        ),
        True,
    ),
    "application-papers": (
        "schemes/application.html",
        application(State.CONSENTED, "documents_pending"),
        True,
    ),
    "application-rejected": (
        "schemes/application.html",
        application(State.APPLIED, "rejected"),
        True,
    ),
    "application-paid": (
        "schemes/application.html",
        application(State.SANCTIONED, "receiving"),
        True,
    ),
    "application-closed": ("schemes/application.html", application(State.CLOSED, ""), True),
    "schemes-letter": ("schemes/letter.html", _letter(empty=False), True),
    "schemes-letter-none": ("schemes/letter.html", _letter(empty=True), True),
    "camp": (
        "schemes/camp.html",
        {
            "villages": (("खैराटांड़", "खैराटांड़"),),
            "village": "खैराटांड़",
            "papers": _PAPERS,
            "form": Form(),
        },
        True,
    ),
    "camp-none": (
        "schemes/camp.html",
        {"villages": (), "village": "", "papers": (), "form": Form()},
        True,
    ),
    "camp-nothing": (
        "schemes/camp.html",
        {"villages": (("खैराटांड़", "खैराटांड़"),), "village": "खैराटांड़", "papers": (), "form": Form()},
        True,
    ),
    "camp-sheet": (
        "schemes/camp_sheet.html",
        {"village": "खैराटांड़", "papers": _PAPERS, "on": ON},
        True,
    ),
    "schemes-report": ("schemes/report.html", REPORT, True),
    "schemes-report-none": (
        "schemes/report.html",
        {**REPORT, "ages": (), **dict.fromkeys(("barriers", "papers", "villages", "money"), ())},
        True,
    ),
}
