"""The children's pages with what they are drawn with in tests; every child is invented."""

from datetime import date
from types import SimpleNamespace as Thing

from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.schooling.rules.consent import READ_ALOUD, Answer, Purpose
from coop.schooling.rules.follow_up import BY_HAND, HOWS, NEXT_ACTS, QUESTIONS, STATUS_NAMES
from coop.schooling.rules.status import HandConfirmation, Status, rule_words
from tests.house.trade_samples import COOPERATIVE, NOON

_DAY = NOON.date()
_RULE = Thing(code="in-45", out_of_school_days=45, stale_days=90, verified=False)
_KNOWN = Thing(
    name_hi="रानी नमूना",
    name_latin="Rani Namuna",
    father_name="बिशुन नमूना",
    mother_name="गीता नमूना",
    dob=date(2015, 5, 4),
)
_CHILD = Thing(
    person_no="P00003", household_no="HKDM-0142", village="नमूनाटांड़", known=_KNOWN, answer=""
)
_BARE = Thing(**{**vars(_CHILD), "known": None, "answer": "refused"})
_SCHOOL = Thing(name_hi="मध्य विद्यालय नमूना", name_en="UMS Namuna", name="UMS Namuna")
_GUARDIAN = Thing(
    guardian=Thing(person_no="P00001", name_hi="गीता नमूना", name_latin="Gita Namuna"),
    relation="mother",
    guardianship_id=7,
)


def _line(status: Status, *, late: bool, stale: bool = False, path: str | None = "/x") -> Thing:
    next_act = NEXT_ACTS[status]
    return Thing(
        household_no="HKDM-0142",
        initial="र",
        band="6–13",
        state=next_act.state,
        status=STATUS_NAMES[status],
        reason=say("Days since last attended: %(days)s", days=52),
        act=next_act.act,
        due=_DAY,
        overdue=late,
        stale=stale,
        path=path,
    )


_WORKLIST: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "lines": (
        _line(Status.OUT_OF_SCHOOL, late=True),
        _line(Status.NOT_VERIFIABLE, late=False, stale=True, path=None),
    ),
    "total": 2,
    "next_path": "/children?from=60",
    "found": Thing(well=80, never=2, stale=1, checked_on=_DAY, rule=_RULE),
    "villages": (("", say("All villages")), ("नमूनाटांड़", "नमूनाटांड़")),
    "schools": (("", say("All schools")), ("20030000101", "मध्य विद्यालय नमूना")),
    "rules": (("in-45", rule_words(_RULE)), ("jh-30", "jh-30")),
    "form": Form({"village": "", "school": "", "rule": "in-45"}),
    "doubtful": 1,
    "unasked": 3,
    "may_assign": True,
    "assigned": True,
    "today": _DAY,
    "pdf_path": "/children/worklist.pdf?lang=hi",
}
_NOTHING = {
    **_WORKLIST,
    "lines": (),
    "total": 0,
    "next_path": None,
    "found": Thing(well=0, never=0, stale=0, checked_on=None, rule=_RULE),
    "doubtful": 0,
    "may_assign": False,
    "assigned": False,
}
_STANDING = Thing(
    status=Status.OUT_OF_SCHOOL,
    since=_DAY,
    reason=say("Days since last attended: %(days)s", days=52),
    by_hand=False,
    stale=True,
)
_SEEN: dict[str, object] = {
    "child": _CHILD,
    "age": 11,
    "standing": _STANDING,
    "last": Thing(
        on=_DAY, rule="in-45", udise="20030000101", admission_no="A-12", evidence_on=_DAY
    ),
    "school": _SCHOOL,
    "rule": _RULE,
    "rule_checked": rule_words(_RULE),
    "told": (HandConfirmation(Status.SPECIAL_TRAINING, _DAY, "home_visit", "", "A-12"),),
    "guardians": (_GUARDIAN,),
    "consents": tuple(
        Thing(
            purpose=one,
            words=READ_ALOUD[one],
            given=one is not Purpose.ASK_SCHOOL,
            line=Thing(answered_on=_DAY, answer=Answer.GIVEN),
        )
        for one in Purpose
    ),
    "questions": tuple(
        Thing(
            code=code,
            words=words,
            answer=choices["care"] if code == "barrier" else None,
            on=_DAY,
            choices=tuple(choices.items()),
        )
        for code, (words, choices) in QUESTIONS.items()
    ),
}
_PAGE: dict[str, object] = {
    "seen": Thing(**_SEEN),
    "form": Form({"confirmed_on": "24-11-2026"}),
    "operations": tuple(f"operation-{number}" for number in range(6)),
    "statuses": tuple(BY_HAND.items()),
    "hows": tuple(HOWS.items()),
    "names": STATUS_NAMES,
    "how_names": HOWS,
    "next_act": NEXT_ACTS[Status.OUT_OF_SCHOOL],
    "today": _DAY,
}
_CONSENT: dict[str, object] = {
    "asking": Thing(
        child=_CHILD, guardians=(_GUARDIAN,), purposes=tuple(READ_ALOUD.items()), refused=None
    ),
    "form": Form({"guardian": "P00001", "on": "24-11-2026"}),
    "relations": (("mother", say("mother")), ("father", say("father"))),
    "proofs": (("", say("Choose")), ("voter", say("Voter card"))),
    "operation_id": "0f2c",
}
_PAIR = Thing(
    pair=Thing(
        child=_CHILD,
        row=Thing(
            pupil_name="रानी कुमारी",
            father_name="",
            mother_name="गीता नमूना",
            dob=None,
            admission_no="A-12",
            udise="20030000101",
        ),
    ),
    school=_SCHOOL,
    per_cent=46,
    reasons=(say("name"), say("village")),
    operation_id="0f2c",
)
_VILLAGES: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "people": ((7, "करिश्मा नमूना", ("नमूनाटांड़",)), (8, "मंगरी नमूना", ())),
    "villages": (("नमूनाटांड़", "नमूनाटांड़"),),
    "form": Form(),
}
_WRONG = (FieldProblem("guardian", say("The guardian is under %(age)s; an adult guardian must answer.", age=18)),)  # fmt: skip

SCHOOLING: dict[str, tuple[str, dict[str, object], bool]] = {
    "children": ("schooling/worklist.html", _WORKLIST, True),
    "children-none": ("schooling/worklist.html", _NOTHING, True),
    "children-well": (
        "schooling/worklist.html",
        {**_NOTHING, "found": Thing(well=9, never=0, stale=0, checked_on=_DAY, rule=_RULE)},
        True,
    ),
    "child": ("schooling/child.html", _PAGE, True),
    "child-new": (
        "schooling/child.html",
        {
            **_PAGE,
            "next_act": None,
            "seen": Thing(
                **{
                    **_SEEN,
                    "standing": None,
                    "last": None,
                    "told": (),
                    "guardians": (),
                    "age": None,
                }
            ),
            "form": Form({}, (FieldProblem("status", say("Choose what you found out.")),)),
        },
        True,
    ),
    "child-consent": ("schooling/consent.html", _CONSENT, True),
    "child-consent-wrong": (
        "schooling/consent.html",
        {
            **_CONSENT,
            "asking": Thing(
                child=_BARE,
                guardians=(),
                purposes=tuple(READ_ALOUD.items()),
                refused=Thing(answered_on=_DAY),
            ),
            "form": Form({"guardian": "P00009"}, _WRONG),
        },
        True,
    ),
    "children-unasked": (
        "schooling/unasked.html",
        {"lines": (_BARE,), "total": 1, "next_path": None, "assigned": True},
        True,
    ),
    "children-unasked-none": (
        "schooling/unasked.html",
        {"lines": (), "total": 0, "next_path": None, "assigned": False},
        True,
    ),
    "children-matches": ("schooling/matches.html", {"pairs": (_PAIR,)}, True),
    "children-matches-none": ("schooling/matches.html", {"pairs": ()}, True),
    "children-villages": ("schooling/villages.html", _VILLAGES, True),
    "children-villages-none": (
        "schooling/villages.html",
        {**_VILLAGES, "people": (), "villages": ()},
        True,
    ),
}
