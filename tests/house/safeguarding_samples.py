"""Safeguarding's pages with what they are drawn with in tests; every case is invented."""

from datetime import date, timedelta
from types import SimpleNamespace as Thing

from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.safeguarding.controllers.acts import ACTS, Wished
from coop.safeguarding.controllers.book import Happened
from coop.safeguarding.controllers.lists import CaseRow
from coop.safeguarding.queries.care import Judged
from coop.safeguarding.queries.counts import HalfTold, Meaning
from coop.safeguarding.rules.acts import Duty
from coop.safeguarding.rules.book import ABOUT, CHANNELS, GROUNDS, LEVELS, SHARED, WISHES
from coop.safeguarding.rules.counts import Half, Indicator, Shown, together
from coop.safeguarding.rules.state import Due
from tests.house.trade_samples import COOPERATIVE, NOON

_DAY = NOON.date()
_DUE = Due("risk", say("Look into it and judge the risk"), _DAY - timedelta(days=1))
_LATER = Due("answer", say("Ask the office what it did"), _DAY + timedelta(days=9), 4)
_CHILD = Thing(
    person_no="P00003",
    household_no="HKDM-0142",
    village="नमूनाटांड़",
    consent=True,
    known=Thing(name_hi="रानी नमूना", name_latin="Rani Namuna"),
)
_ROW = CaseRow(
    "KOD01-F0001", ABOUT["work"], "bad", LEVELS["danger"], "HKDM-0142 · र", _DUE, True, True
)
_QUIET = CaseRow("KOD01-F0002", ABOUT["school"], "ok", say("Closed"), "", None, False, False)
_READER = Thing(
    name="बसंती नमूना",
    woman=True,
    training="दो दिन, नमूना",
    trained_on=_DAY,
    valid_until=_DAY,
    standby=False,
    holds_role=True,
)
_LIST: dict[str, object] = {
    "rows": (
        _ROW,
        CaseRow("KOD01-F0003", ABOUT["alone"], "ask", LEVELS["low"], "", _LATER, False, False),
    ),
    "closed": (_QUIET,),
    "named": _READER,
    "valid": True,
    "today": _DAY,
}
_NOTHING = {**_LIST, "rows": (), "closed": ()}
_DUTY = Duty("work", "cwc", 24, "किशोर न्याय अधिनियम 2015", False)
_CASE = Thing(case_no="KOD01-F0001", cooperative="KOD01", child=_CHILD)
_PAGE: dict[str, object] = {
    "case": _CASE,
    "row": _ROW,
    "standing": Thing(danger=True, closed=False, dues=(_DUE, _LATER), next=_DUE),
    "conflict": True,
    "today": _DAY,
    "happened": (
        Happened(
            NOON,
            "can",
            say("Referred"),
            "बसंती नमूना",
            "थाने को बताया",
            (SHARED["name"], SHARED["place"]),
            None,
            "/cases/KOD01-F0001/letters/4",
        ),
        Happened(NOON, "off", say("Step planned"), "", "", (), _DAY),
    ),
    "offices": (
        Wished(CHANNELS["cwc"], "ok", WISHES["yes"], _DUTY),
        Wished(CHANNELS["dcpu"], "off", say("not asked yet"), None),
    ),
    "acts": tuple(ACTS.values()),
}
_ACT: dict[str, object] = {
    "case": _CASE,
    "act": ACTS["risk"],
    "form": Form(),
    "ticked": (),
    "closing": None,
    "operation_id": "0f2c",
}
_CONCERN: dict[str, object] = {
    "form": Form({"cooperative": "KOD01"}),
    "places": (COOPERATIVE,),
    "about": tuple(ABOUT.items()),
    "readers": (_READER,),
    "operation_id": "0f2c",
}
_READERS: dict[str, object] = {
    "form": Form(),
    "readers": (
        (_READER, COOPERATIVE, True),
        (_READER, COOPERATIVE, False),
        (Thing(**{**vars(_READER), "holds_role": False, "standby": True}), None, False),
    ),
    "places": (COOPERATIVE,),
    "lacking": (),
    "standby": True,
    "today": _DAY,
    "operation_id": "0f2c",
}
_WORDS = Thing(name_hi="माँ विधवा है", name_en="The mother is a widow")
_FACT = Thing(name="p.care_ground", ask=_WORDS, hint=_WORDS, options=(("mother_widow", _WORDS),))
_SCHEMES: dict[str, object] = {
    "case": _CASE,
    "schemes": (
        Judged(_WORDS, _WORDS, "P00003", False, True, (_WORDS,)),  # type: ignore[arg-type]
        Judged(_WORDS, _WORDS, "P00003", True, True, ()),  # type: ignore[arg-type]
        Judged(_WORDS, _WORDS, "P00003", True, False, ()),  # type: ignore[arg-type]
    ),
    "questions": (Thing(fact=_FACT, answered=("P00003",)), Thing(fact=_FACT, answered=())),
    "asked": None,
    "people": (("P00003", "P00003"),),
    "form": Form({"person_no": "P00003"}),
    "ticked": ("mother_widow",),
    "operation_id": "0f2c",
}
_SENT = Thing(on=_DAY, words="ढेर पर देखा")
_LETTER: dict[str, object] = {
    "case": _CASE,
    "sent": _SENT,
    "office_named": CHANNELS["cwc"],
    "ground": GROUNDS["law"],
    "about": ABOUT["work"],
    "shares": frozenset(SHARED),
    "writer": "बसंती नमूना",
}
_WRONG = (FieldProblem("second", say("Ask them first, and write their wish for this office.")),)

_TOLD = HalfTold(
    1,
    Half(date(2026, 1, 1)),
    NOON,
    {
        **dict.fromkeys(Indicator, Shown(None)),
        Indicator.TOLD: Shown(10),
        Indicator.STOPPED: Shown(None, hidden=True),
    },
)
_COUNTS: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "cooperatives": (COOPERATIVE, COOPERATIVE),
    "halves": (_TOLD,),
    "meanings": tuple(
        Meaning(
            one, "Children counted", "गिने गए बच्चे", "What it means", "इसका मतलब", "नमूना मानक", False
        )
        for one in Indicator
    ),
    "sums": {one: together([_TOLD.told], one) for one in Indicator},
    "open": (("2026-H1", "2026-H1"),),
    "trained": 2,
    "form": Form({}, (FieldProblem("half", say("Choose one of those shown.")),)),
}
SAFEGUARDING: dict[str, tuple[str, dict[str, object], bool]] = {
    "concern": ("safeguarding/concern.html", _CONCERN, True),
    "concern-many": (
        "safeguarding/concern.html",
        {
            **_CONCERN,
            "places": (COOPERATIVE, COOPERATIVE),
            "form": Form({}, (FieldProblem("about", say("Choose what it is about.")),)),
        },
        True,
    ),
    "concern-nobody": ("safeguarding/concern.html", {**_CONCERN, "readers": ()}, True),
    "concern-received": (
        "safeguarding/received.html",
        {"readers": (_READER,), "by": _DAY},
        True,
    ),
    "cases": ("safeguarding/cases.html", _LIST, True),
    "cases-none": ("safeguarding/cases.html", _NOTHING, True),
    "cases-ended": ("safeguarding/cases.html", {**_NOTHING, "valid": False}, True),
    "cases-unnamed": ("safeguarding/cases.html", {**_NOTHING, "named": None, "valid": False}, True),
    "case": ("safeguarding/case.html", _PAGE, True),
    "case-unlisted": (
        "safeguarding/case.html",
        {
            **_PAGE,
            "case": Thing(case_no="KOD01-F0002", cooperative="KOD01", child=None),
            "row": _QUIET,
            "standing": Thing(danger=False, closed=True, dues=(), next=None),
            "acts": (ACTS["reopening"],),
        },
        True,
    ),
    **{
        f"case-act-{name}": ("safeguarding/act.html", {**_ACT, "act": act}, True)
        for name, act in ACTS.items()
    },
    "case-act-wrong": (
        "safeguarding/act.html",
        {
            **_ACT,
            "act": ACTS["referral"],
            "form": Form({"choice": "dcpu", "second": "wish"}, _WRONG),
            "ticked": ("name", "place"),
        },
        True,
    ),
    "case-closing-read": (
        "safeguarding/act.html",
        {**_ACT, "act": ACTS["decision"], "closing": _SENT},
        True,
    ),
    "case-schemes": ("safeguarding/schemes.html", _SCHEMES, True),
    "case-schemes-ask": ("safeguarding/schemes.html", {**_SCHEMES, "asked": _FACT}, True),
    "case-schemes-yes-no": (
        "safeguarding/schemes.html",
        {
            **_SCHEMES,
            "schemes": (),
            "asked": Thing(**{**vars(_FACT), "options": (), "hint": None}),
            "form": Form({}, (FieldProblem("value", say("Choose one of the answers.")),)),
        },
        True,
    ),
    "case-schemes-unlisted": (
        "safeguarding/schemes.html",
        {**_SCHEMES, "case": Thing(case_no="KOD01-F0002", child=None)},
        True,
    ),
    "case-letter": ("safeguarding/letter.html", _LETTER, True),
    "case-letter-bare": (
        "safeguarding/letter.html",
        {
            **_LETTER,
            "case": Thing(case_no="KOD01-F0002", cooperative="KOD01", child=None),
            "shares": frozenset({"name", "place"}),
        },
        True,
    ),
    "case-counts": ("safeguarding/counts.html", _COUNTS, True),
    "case-counts none": (
        "safeguarding/counts.html",
        {**_COUNTS, "cooperatives": (COOPERATIVE,), "halves": (), "open": (), "form": Form()},
        True,
    ),
    "focal-points": ("safeguarding/readers.html", _READERS, True),
    "focal-points-none": (
        "safeguarding/readers.html",
        {
            **_READERS,
            "readers": (),
            "lacking": (COOPERATIVE,),
            "standby": False,
            "form": Form(
                {}, (FieldProblem("user", say("Nobody signs in with this name; add the person first.")),)
            ),
        },
        True,
    ),
}  # fmt: skip
