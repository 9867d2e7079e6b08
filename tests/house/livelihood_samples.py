"""What the livelihood pages are drawn with in tests: everything invented."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace as Thing

from coop.cooperatives.queries import CooperativeRow
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.livelihoods.controllers.floor_note import FloorNote
from coop.livelihoods.controllers.fund import PublishedFund, SpendingShown
from coop.livelihoods.controllers.household import LinkShown
from coop.livelihoods.controllers.overview import KINDS, PERS
from coop.livelihoods.controllers.parts import Gap, Limits, options
from coop.livelihoods.queries.fund import FundSums, PlanKnown, PublishedPlan, SpendingKnown
from coop.livelihoods.queries.households import HomeKnown
from coop.livelihoods.queries.kit import Item, ItemStands, MoveKnown, TrainingKnown
from coop.livelihoods.queries.links import LinkKnown
from coop.livelihoods.rules.benchmarks import Benchmark, Kind, Per
from coop.livelihoods.rules.floor import Measured, worked
from coop.livelihoods.rules.fund import MODES, PURPOSES, Spending
from coop.livelihoods.rules.groups import bands, by_village, villages
from coop.livelihoods.rules.income import (
    HOWS,
    SOURCES,
    HouseholdIncome,
    MonthEarned,
    Span,
    ToldIncome,
)
from coop.livelihoods.rules.kit import TOPICS, WORDS, Move
from coop.livelihoods.rules.links import NEXT, PROGRAMMES, REASONS, STEPS, LinkStands, Step

ON = date(2026, 11, 24)
_ID = "0b0e7a5e-2f1f-4c3f-9d53-6b9c1f1d2a77"
OFFICE = CooperativeRow(1, "KDM01", "Koderma", "कोडरमा समिति", "Domchanch", 334, 20)
LIVING = Benchmark(
    Kind.LIVING_INCOME, "Living income", "जीवन-योग्य आय", "छिंदवाड़ा", 23, 1_924_100, Per.HOUSEHOLD_MONTH, 450,
    date(2022, 10, 1), True, "नमूना", True,
)  # fmt: skip
WAGE = Benchmark(
    Kind.MINIMUM_WAGE, "Minimum wage", "न्यूनतम मज़दूरी", "झारखंड", 20, 43_400, Per.DAY, None, date(2025, 10, 1), False, "नमूना", False
)  # fmt: skip
SEEN = Measured(date(2026, 8, 1), date(2026, 10, 31), 600, 15_000, 9_000_000, 9_000_000, 25, 30, 2)
WORKS = (worked(SEEN, LIVING, 100_000, 26), worked(SEEN, WAGE, 0, 26))
GAP = Gap(SEEN, True, WORKS, 100_000, 7, Limits(5, 30, 26, 365))
NOTE = FloorNote(334, SEEN.first, SEEN.last, 600, 15_000, ((KINDS[Kind.LIVING_INCOME], WORKS[0]),))
BESIDE = (
    Thing(district=Thing(code=334, name_hi="कोडरमा", name_en="Koderma"), note=NOTE),
    Thing(district=Thing(code=329, name_hi="गिरिडीह", name_en="Giridih"), note=replace(NOTE, lines=())),
)  # fmt: skip
OVERVIEW: dict[str, object] = {
    "offices": (OFFICE, replace(OFFICE, code="KDM02")),
    "office_shown": OFFICE,
    "gap": GAP,
    "kinds": KINDS,
    "pers": PERS,
    "bands": bands([100_000] * 9 + [600_000] * 2, 1_924_100, 5, lambda _: 1),
    "villages": villages(
        by_village([("ढाब", 1)] * 9 + [("", 7)] * 2 + [("खैराटांड़", 100)] * 8), 5, lambda _: 1
    ),
    "need": WORKS[0],
    "may_ask": True,
    "may_kit": True,
    "form": Form(),
}
BENCHMARKS: dict[str, object] = {
    "rows": (LIVING, WAGE),
    "kinds": KINDS,
    "pers": PERS,
    "kind_options": options(KINDS),
    "per_options": options(PERS),
    "may_record": True,
    "form": Form({"operation_id": _ID}, (FieldProblem("amount", say("Amount")),)),
}
_LINK = LinkKnown(
    4, "HKDM-0142", "livestock", "नमूना", 2, LinkStands(Step.STARTED, ON, ON), None, ""
)
_STOPPED = replace(
    _LINK, id=5, stands=LinkStands(Step.STOPPED, ON, ON), monthly_paise=1, reason="no_time"
)


def _link(one: LinkKnown, due: bool) -> LinkShown:
    step = one.stands.step
    following = tuple((nxt.value, STEPS[nxt]) for nxt in NEXT[step])
    return LinkShown(
        one, PROGRAMMES[one.programme], STEPS[step], following, REASONS.get(one.reason), due
    )


LINKS = (_link(_LINK, True), _link(replace(_LINK, id=6), False), _link(_STOPPED, False))
_INCOME = HouseholdIncome(480_000, 3, Span(100_000, 220_000))
HOUSEHOLD: dict[str, object] = {
    "home": HomeKnown(1, 1, "KDM01", "HKDM-0142", 20, "खैराटांड़", 5, 2),
    "months": (MonthEarned(date(2026, 10, 1), 480_000, 450_000, 28),),
    "first": SEEN.first,
    "last": SEEN.last,
    "agreed": True,
    "refused_on": None,
    "answers": (
        (SOURCES["wages"], ToldIncome("wages", Span(100_000, 220_000), ON), True),
        (SOURCES["forest"], ToldIncome("forest", Span(5, 5), ON), False),
    ),
    "usual": _INCOME,
    "need": LIVING,
    "gap": _INCOME.gap(LIVING.paise),
    "kinds": KINDS,
    "pers": PERS,
    "links": LINKS,
    "stepping": None,
    "hows": options(HOWS),
    "sources": options(SOURCES),
    "programmes": options(PROGRAMMES),
    "reasons": (("", say("not stopped")), *options(REASONS)),
    "form": Form({"operation_id": _ID}, (FieldProblem("high", say("Amount")),)),
    "today": ON,
}
_ITEM = Item("mask", "Dust mask", "धूल का मास्क", True)
KIT: dict[str, object] = {
    "stands": (ItemStands(_ITEM, 20, 3, 1, 1),),
    "moves": (
        (MoveKnown(ON, "Dust mask", "धूल का मास्क", Move.GIVEN, 2, "0012", "नमूना", "Namuna", "नया"), WORDS[Move.GIVEN]),
        (MoveKnown(ON, "Dust mask", "धूल का मास्क", Move.BOUGHT, 25, "", "", "", ""), WORDS[Move.BOUGHT]),
    ),
    "items": (_ITEM,),
    "kinds": options(WORDS),
    "of_stock": (),
    "form": Form({"operation_id": _ID}, (FieldProblem("pieces", say("Pieces")),)),
}  # fmt: skip
TRAININGS: dict[str, object] = {
    "trainings": ((TrainingKnown("safety", ON, "खैराटांड़", "नमूना", 90, 12, 9), TOPICS["safety"]),),
    "topics": options(TOPICS),
    "form": Form({"operation_id": _ID}, (FieldProblem("members", say("Minutes")),)),
}
PLAN = PlanKnown(
    1, 1, "KDM01", 2627, 3, "school", "किताबें", "Books", 300_000, "12/2026", ON, 120_000, None, "", "", None
)  # fmt: skip
ENDED = replace(PLAN, people=40, words_hi="चालीस बच्चों को", words_en="For forty", published_on=ON)
_SPENT = SpendingKnown(
    "KDM01-26-F00001", 2627, 1, Spending(120_000, "bank", ON, "नमूना", "7"), 3, False, False
)
SPENDINGS = (
    SpendingShown(_SPENT, MODES["bank"], True),
    SpendingShown(replace(_SPENT, taken_back=True), MODES["cash"], False),
)
FUND: dict[str, object] = {
    "office_shown": OFFICE,
    "sums": FundSums(500_000, 120_000, 380_000),
    "plans": ((PLAN, PURPOSES["school"]), (ENDED, PURPOSES["school"])),
    "may_plan": True,
    "purposes": options(PURPOSES),
    "form": Form({"operation_id": _ID}, (FieldProblem("amount", say("Amount")),)),
}
ONE_PLAN: dict[str, object] = {
    "plan": PLAN,
    "purpose": PURPOSES["school"],
    "balance_paise": 380_000,
    "spendings": SPENDINGS,
    "taking": None,
    "may_spend": True,
    "may_publish": True,
    "modes": options(MODES),
    "form": Form({"operation_id": _ID}),
}
_PUBLISHED = PublishedPlan(
    "KDM01", "कोडरमा समिति", "Koderma", 380_000, "KDM01-26-P003", "school", "किताबें", "Books", 300_000, "12/2026", ON, 120_000,
    40, "चालीस बच्चों को", "For forty", ON,
)  # fmt: skip
PUBLISHED = PublishedFund(
    "KDM01", "कोडरमा समिति", "Koderma", 380_000,
    ((_PUBLISHED, PURPOSES["school"]), (replace(_PUBLISHED, published_on=None), PURPOSES["school"])),
)  # fmt: skip
_BLANK = Form({"operation_id": _ID})
_EMPTY_GAP = Gap(replace(SEEN, member_days=3), False, (), None, 0, GAP.limits)

LIVELIHOODS: dict[str, tuple[str, dict[str, object], bool]] = {
    "livelihoods": ("livelihoods/overview.html", OVERVIEW, True),
    "livelihoods-too-few": (
        "livelihoods/overview.html",
        {**OVERVIEW, "offices": (), "gap": _EMPTY_GAP, "form": Form({"q": "x"}, (FieldProblem("q", say("Amount")),))},
        True,
    ),
    "livelihoods-nobody-told": (
        "livelihoods/overview.html",
        {**OVERVIEW, "gap": replace(GAP, other_paise=None, told=1), "bands": (), "villages": ()},
        True,
    ),
    "livelihoods-no-benchmark": (
        "livelihoods/overview.html",
        {**OVERVIEW, "gap": replace(GAP, works=()), "bands": ()},
        True,
    ),
    "benchmarks": ("livelihoods/benchmarks.html", BENCHMARKS, True),
    "benchmarks-none": ("livelihoods/benchmarks.html", {**BENCHMARKS, "rows": (), "may_record": False, "form": _BLANK}, True),
    "household-income": ("livelihoods/household.html", HOUSEHOLD, True),
    "household-income-step": (
        "livelihoods/household.html",
        {**HOUSEHOLD, "stepping": LINKS[0], "form": Form({"operation_id": _ID, "link": "4"}, (FieldProblem("step", say("Step")),))},
        True,
    ),
    "household-income-unasked": (
        "livelihoods/household.html",
        {**HOUSEHOLD, "agreed": False, "refused_on": ON, "answers": (), "months": (), "links": (), "need": None, "form": _BLANK, "gap": None},
        True,
    ),
    "livelihood-links": ("livelihoods/links.html", {"links": LINKS}, True),
    "livelihood-links-none": ("livelihoods/links.html", {"links": ()}, True),
    "kit": ("livelihoods/kit.html", KIT, True),
    "kit-none": ("livelihoods/kit.html", {**KIT, "stands": (), "moves": ()}, True),
    "trainings": ("livelihoods/trainings.html", TRAININGS, True),
    "trainings-none": ("livelihoods/trainings.html", {**TRAININGS, "trainings": ()}, True),
    "fund": ("livelihoods/fund.html", FUND, True),
    "fund-none": ("livelihoods/fund.html", {**FUND, "plans": (), "may_plan": False, "form": _BLANK}, True),
    "plan": ("livelihoods/plan.html", ONE_PLAN, True),
    "plan-taking": ("livelihoods/plan.html", {**ONE_PLAN, "taking": SPENDINGS[0]}, True),
    "plan-ended": (
        "livelihoods/plan.html",
        {**ONE_PLAN, "plan": ENDED, "spendings": (), "may_spend": False, "may_publish": False},
        True,
    ),
    "common-fund": ("livelihoods/published.html", {"funds": (PUBLISHED, replace(PUBLISHED, code="KDM02", plans=()))}, False),
    "common-fund-none": ("livelihoods/published.html", {"funds": ()}, False),
}  # fmt: skip
