"""Pages of community work with what they are drawn with in tests; everything is invented."""

from datetime import date
from types import SimpleNamespace as Thing

from coop.community.queries.checklist import CheckLine, CheckRow, QuarterSheet
from coop.community.queries.committees import CommitteeLine, CommitteePage
from coop.community.queries.signs import Sheet, SignReportLine
from coop.community.queries.work import ActivityLine, PartnerLine
from coop.community.rules.checklist import SEEN, Check, Item, ItemCount, Seen
from coop.community.rules.coverage import CoverageLine, Hamlet
from coop.community.rules.prevalence import Estimate
from coop.community.rules.signs import Answered, Sign, SignCounts
from coop.community.rules.work import (
    BANDS,
    KINDS,
    MATERIALS,
    SEATS,
    SEXES,
    TOPICS,
    Activity,
    HamletGiven,
    Meeting,
    Money,
    Partner,
)
from coop.kernel.quarter import Quarter
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from tests.house.trade_samples import COOPERATIVE, NOON

_DAY = date(2026, 11, 1)
_CHOOSE = say("Choose one of those shown.")


def _operation() -> str:
    return "6f1e6f8e-0000-4000-8000-000000000000"


def _wrong(field: str, **values: str) -> Form:
    return Form(values, (FieldProblem(field, _CHOOSE),))


_ACTIVITY = ActivityLine(
    1,
    "",
    Activity("awareness", "girls", "नमूनाटांड़", "ऊपर टोला", _DAY, "khortha", {("F", "adult"): 12, ("M", "adult"): 0}),
)  # fmt: skip
_PARTNER = PartnerLine(2, Partner("नमूना सेवा", "समन्वयक", _DAY, date(2027, 1, 1)), 100_00, 150_00)
_COVERAGE: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "cooperatives": (COOPERATIVE, COOPERATIVE),
    "lines": (
        CoverageLine(Hamlet("a", "", "नमूनाटांड़", "", 12), False, False, None),
        CoverageLine(Hamlet("a", "b", "नमूनाटांड़", "ऊपर टोला", 7), True, True, _DAY),
    ),
    "bare": 1,
    "part": 0,
    "full": 1,
    "may_record": True,
    "form": Form(),
}
_PARTNERS: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "partners": (_PARTNER, PartnerLine(3, Partner("पुरानी", "सचिव", _DAY, _DAY), 0, 0)),
    "today": NOON.date(),
    "may_keep": True,
    "operation": _operation,
    "form": _wrong("name"),
}
_ONE: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "one": _PARTNER,
    "hamlets": (HamletGiven("नमूनाटांड़", "", _DAY, True), HamletGiven("अभ्रक", "टोला", _DAY, True)),
    "funds": (Money("granted", "न्यास", 100_00, _DAY), Money("spent", "किताबें", 150_00, _DAY)),
    "activities": (_ACTIVITY,),
    "kinds": KINDS,
    "tied": (Thing(user_id=4, name="सेवक नमूना"),),
    "people": ((5, "दूसरी नमूना"),),
    "may_keep": True,
    "operation": _operation,
    "form": _wrong("amount", amount="x", from_day="2026-11-01"),
}
_ACTIVITIES: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "lines": (_ACTIVITY,),
    "places": (("नमूनाटांड़", "ऊपर टोला"), ("नमूनाटांड़", "")),
    "kinds": KINDS,
    "topics": TOPICS,
    "materials": MATERIALS,
    "sexes": SEXES,
    "bands": BANDS,
    "may_record": True,
    "operation": _operation,
    "form": _wrong("topic"),
}
_LINE = CommitteeLine(3, "नमूनाटांड़", _DAY, 12, 7, _DAY, date(2026, 11, 2), 500_00, 120_00)
_FRESH = CommitteeLine(4, "अभ्रकडीह", _DAY, 1, 1, None, date(2027, 2, 1), 0, 0)
_COMMITTEES: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "lines": (_LINE, _FRESH),
    "today": NOON.date(),
    "seats": SEATS,
    "may_keep": True,
    "operation": _operation,
    "form": _wrong("village"),
}
_COMMITTEE: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "one": CommitteePage(
        _LINE,
        (("parent", "F", 4), ("child", "M", 1)),
        (Meeting(_DAY, ("parent", "child"), "दो बच्चे सेतु कक्षा में"),),
        (Money("budget", "सेतु कक्षा", 500_00, _DAY),),
    ),
    "today": NOON.date(),
    "seats": SEATS,
    "sexes": SEXES,
    "kinds": {"budget": say("Budget"), "spent": say("Spent")},
    "may_meet": True,
    "may_keep": True,
    "operation": _operation,
    "form": _wrong("met_on", met_on="2026-11-01"),
}
_ROUNDS: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "lines": (
        Estimate("नमूनाटांड़", _DAY, False, 80, 40, 50, 5, 20),
        Estimate("अभ्रकडीह", _DAY, True, 0, 12, None, None, None),
    ),
    "may_record": True,
    "operation": _operation,
    "form": _wrong("whole"),
}
_ITEM = Item("heap", "Were children at the heaps?", "क्या ढेरों पर बच्चे दिखे?", Seen.NO, "draft", False)
_SHEET_SEEN = CheckLine("a", Check("नमूनाटांड़", _DAY, {"heap": Seen.YES}), "community_monitor")
_CHECKS: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "found": QuarterSheet(
        COOPERATIVE,  # type: ignore[arg-type]  # as a cooperative's row
        Quarter(date(2026, 10, 1)),
        (_ITEM,),
        (
            CheckRow(
                _SHEET_SEEN,
                (_ITEM,),
                (say("The inspector's list shows a danger, the monitor saw none."),),
            ),
            CheckRow(_SHEET_SEEN, (), ()),
        ),
        (ItemCount(_ITEM, 2, 1),),
        ("नमूनाटांड़", "अभ्रकडीह"),
        ("अभ्रकडीह",),
    ),
    "seen": SEEN,
    "others": (Quarter(date(2026, 7, 1)),),
    "may_record": True,
    "operation": _operation,
    "form": _wrong("seen_heap", village="अभ्रकडीह", on_day="2026-11-01"),
}
_NO_CHECKS = QuarterSheet(COOPERATIVE, Quarter(date(2026, 10, 1)), (_ITEM,), (), (), (), ())  # type: ignore[arg-type]  # as above
_SIGN = Sign("advance", "Was money given?", "क्या पेशगी मिली?", False, "draft", False)
_SHEET = Sheet(9, 1, "HKDM-0001", "नमूनाटांड़", _DAY, "user:1", {"advance": Answered.YES})
_SIGNS: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "sheets": ((_SHEET, True), (_SHEET, False)),
    "published": (SignReportLine(Quarter(date(2026, 7, 1)), SignCounts(25, 10, None)),),
    "quarters": (("2026-Q2", "2026-Q2"),),
    "questions": (_SIGN,),
    "kept_days": 365,
    "may_ask": True,
    "may_read": True,
    "may_publish": True,
    "operation": _operation,
    "form": _wrong("household_no"),
}
_ASKED: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "sheet": _SHEET,
    "question": _SIGN,
    "left": 3,
    "answers": (),
    "strong": False,
    "may_tell": False,
    "form": _wrong("answer"),
}
_DONE = {**_ASKED, "question": None, "left": 0, "form": Form(), "answers": ((_SIGN, say("Yes")),)}
_READ = {"may_keep": False, "may_record": False, "may_meet": False, "form": Form()}
COMMUNITY_SAMPLES = {
    "community/coverage.html": ("community/coverage.html", _COVERAGE, True),
    "community/coverage.html nothing": (
        "community/coverage.html",
        {**_COVERAGE, "lines": (), "cooperatives": (COOPERATIVE,)},
        True,
    ),
    "community/partners.html": ("community/partners.html", _PARTNERS, True),
    "community/partners.html nothing": (
        "community/partners.html",
        {**_PARTNERS, **_READ, "partners": ()},
        True,
    ),
    "community/partner.html": ("community/partner.html", _ONE, True),
    "community/partner.html nothing": (
        "community/partner.html",
        {**_ONE, "hamlets": (), "funds": (), "activities": (), "tied": (), "people": (), "form": Form()},
        True,
    ),
    "community/activities.html": ("community/activities.html", _ACTIVITIES, True),
    "community/activities.html nothing": (
        "community/activities.html",
        {**_ACTIVITIES, "lines": (), "places": (), "form": Form()},
        True,
    ),
    "community/committees.html": ("community/committees.html", _COMMITTEES, True),
    "community/committees.html nothing": (
        "community/committees.html",
        {**_COMMITTEES, **_READ, "lines": ()},
        True,
    ),
    "community/committee.html": ("community/committee.html", _COMMITTEE, True),
    "community/committee.html nothing": (
        "community/committee.html",
        {**_COMMITTEE, **_READ, "one": CommitteePage(_FRESH, (), (), ())},
        True,
    ),
    "community/rounds.html": ("community/rounds.html", _ROUNDS, True),
    "community/rounds.html nothing": (
        "community/rounds.html",
        {**_ROUNDS, **_READ, "lines": ()},
        True,
    ),
    "community/checks.html": ("community/checks.html", _CHECKS, True),
    "community/checks.html nothing": (
        "community/checks.html",
        {**_CHECKS, "found": _NO_CHECKS, "form": Form()},
        True,
    ),
    "community/checks.html to read": (
        "community/checks.html",
        {**_CHECKS, "found": _NO_CHECKS, "may_record": False, "form": Form()},
        True,
    ),
    "community/signs.html": ("community/signs.html", _SIGNS, True),
    "community/signs.html nothing": (
        "community/signs.html",
        {**_SIGNS, "sheets": (), "published": (), "form": Form()},
        True,
    ),
    "community/sign.html": ("community/sign.html", _ASKED, True),
    "community/sign.html done": ("community/sign.html", _DONE, True),
    "community/sign.html strong": (
        "community/sign.html",
        {**_DONE, "strong": True, "may_tell": True},
        True,
    ),
    "community/sign.html strong alone": ("community/sign.html", {**_DONE, "strong": True}, True),
}  # fmt: skip
