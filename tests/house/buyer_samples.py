"""What the pages of buyers are drawn with in tests: everything invented."""

from datetime import date, timedelta
from types import SimpleNamespace as Thing

from coop.buyers.controllers.words import (
    DECISIONS,
    ITEMS,
    KINDS,
    LIKE,
    METHODS,
    OUTCOMES,
    PAPERS,
    PARTS,
    SHOW,
    STATES,
    days_words,
)
from coop.buyers.rules import ItemKind, State
from coop.buyers.rules.acts import Method
from coop.buyers.rules.table import PaperState
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from tests.house.trade_samples import NOON

DAY = date(2026, 11, 24)
BUYER = Thing(code="B17", name="नमूना", town="डोमचांच", district_lgd=334, state_lgd=20)
STANDING = Thing(
    on=DAY,
    state="wait",
    words=say("Lapsed"),
    reasons=(
        Thing(about=ITEMS[ItemKind.LICENCE], words=say("This was refused")),
        Thing(about=None, words=say("This was refused")),
    ),
    until=None,
    left=None,
    due=False,
    application=STATES[State.LISTED],
)
DUE = Thing(**{**vars(STANDING), "state": "ok", "reasons": (), "until": DAY, "left": days_words(0), "due": True})  # fmt: skip
PAPER_LINES = tuple(
    Thing(
        id=number,
        kind=kind_words,
        number="J-17" if number % 2 else "",
        issued_on=DAY if number % 3 else None,
        expires_on=DAY if number % 2 else None,
        document="17" if number % 2 else "",
        state=state,
        words=words,
        checked_on=DAY if number else None,
        checked_by="Meera Namuna",
        method=METHODS[Method.ORIGINAL] if number else None,
        note="12" if number % 2 else "",
        open=bool(number),
    )
    for number, (kind_words, (state, words)) in enumerate(
        zip(ITEMS.values(), [PAPERS[one] for one in PaperState], strict=False)
    )
)
ENDINGS = tuple(
    Thing(
        kind=ITEMS[kind],
        last_day=DAY + timedelta(days=left),
        left=days_words(left),
        mandatory=left == 1,
    )
    for kind, left in ((ItemKind.LICENCE, 1), (ItemKind.IEC, 12))
)
HALTS = (
    Thing(first_day=DAY, last_day=DAY, reason="17"),
    Thing(first_day=DAY, last_day=None, reason=""),
)
DECIDED = (
    (Thing(holds_from=DAY, reason="17", document="18"), *STATES[State.BLACKLISTED]),
    (Thing(holds_from=date(1900, 1, 1), reason="", document=""), *STATES[State.LISTED]),
)
LINES = tuple(
    Thing(
        code=f"B{number}",
        name="नमूना",
        kind=KINDS["trader"],
        town="डोमचांच" if number else "",
        state=state,
        words=words,
        until=DAY if number == 1 else None,
        left=days_words(9) if number == 1 else None,
        due=number == 1,
        waiting=False,
    )
    for number, (state, words) in enumerate(STATES.values())
)
LIST: dict[str, object] = {
    "buyers": LINES,
    "total": len(LINES),
    "warn": 30,
    "shows": SHOW,
    "form": Form({"q": "नमूना", "show": "due"}),
    "next_page": 2,
    "may_add": True,
    "may_read": True,
}
FLAG = Thing(
    id=5, owner_id=1, cooperative="KDM01", member_no="0012", score=95, outcome=None, reason="", recusal="", decided_at=None
)  # fmt: skip
RULED = Thing(**{**vars(FLAG), "id": 6, "outcome": "conflict", "reason": "12", "recusal": "13"})
LIKENESS = tuple(LIKE.values())
PAGE: dict[str, object] = {
    "buyer": BUYER,
    "kind": KINDS["processor"],
    "standing": STANDING,
    "today": DAY,
    "suspensions": HALTS,
    "full": True,
    "may_check": True,
    "may_suspend": True,
    "may_decide_conflicts": True,
    "may_add_person": True,
    "suspended_today": True,
    "next_steps": True,
    "papers": PAPER_LINES,
    "endings": ENDINGS,
    "decisions": DECIDED,
    "history": (
        Thing(
            row=Thing(at=NOON, who="Meera Namuna", note="12"),
            state="ok",
            words=say("Paper checked"),
        ),
    ),
    "owners": ((Thing(id=1, name="नमूना"), PARTS["owner"]),),
    "flags": (
        Thing(row=FLAG, owner="नमूना", reasons=LIKENESS),
        Thing(row=RULED, owner="नमूना", reasons=LIKENESS[:1]),
    ),
    "operation_id": "0b6a",
    "form": Form({"on": "2026-11-24"}),
}
COOPERATIVE_PAGE = {
    **PAGE,
    "standing": DUE,
    **dict.fromkeys(
        ("full", "may_check", "may_suspend", "may_decide_conflicts", "may_add_person"), False
    ),
    **dict.fromkeys(("papers", "endings", "decisions", "history", "owners", "flags"), ()),
    "form": Form({"on": "x"}, (FieldProblem("on", say("This was refused")),)),
}
ACT: dict[str, object] = {
    "act": "item",
    "title": say("Enter a paper"),
    "button": say("Enter"),
    "path": "/buyers/B17/items",
    "may_give": True,
    "buyer": BUYER,
    "form": Form({"operation_id": "0b6a"}, (FieldProblem(None, say("This was refused")),)),
    "items": tuple(ITEMS.items()),
    "kinds": tuple(KINDS.items()),
    "parts": tuple(PARTS.items()),
    "outcomes": tuple(OUTCOMES.items()),
    "methods": tuple(METHODS.items())[:-1],
    "states": tuple(DECISIONS.items()),
    "demands": (),
    "lacking": (),
    "item": None,
    "flag": None,
}
DEMANDS = (
    (Thing(mandatory=True, holds_days=365, holds_from=DAY, source="12", verified=False), ITEMS[ItemKind.PAN], None),
    (Thing(mandatory=False, holds_days=None, holds_from=date(1900, 1, 1), source="12", verified=True), ITEMS[ItemKind.IEC], KINDS["exporter"]),
)  # fmt: skip
ITEM = Thing(number="J-17", issued_on=DAY, expires_on=DAY)
RECEIPT_LINE = Thing(
    line=1,
    verdict="GENUINE_CURRENT",
    number="KDM01-26-B00017",
    cooperative="KDM01",
    kind=2,
    issued_at=NOON,
    grams=1284350,
    total_paise=1518075,
    party="URP",
    claimed_at=NOON,
    cti="0a",
)
UNREAD = Thing(
    line=2,
    verdict="MALFORMED",
    number="",
    cooperative="",
    kind=None,
    issued_at=None,
    grams=None,
    total_paise=None,
    party="",
    claimed_at=None,
    cti="",
)
MANY: dict[str, object] = {
    "form": Form({"texts": "HTTPS"}),
    "lines": ((RECEIPT_LINE, "HTTPS"), (UNREAD, "")),
    "current": 1,
    "texts": "HTTPS",
    "totals": Thing(grams=1000, paise=150, again=1, others=1),
}
_ACTS = ["new", "facts", "item", "decision", "suspension", "reinstatement", "owner"]
BUYER_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "buyers": ("buyers/list.html", LIST, True),
    "buyers-none": (
        "buyers/list.html",
        {**LIST, "buyers": (), "form": Form(), "may_add": False, "next_page": None},
        True,
    ),
    "buyers-not-found": ("buyers/list.html", {**LIST, "buyers": ()}, True),
    "buyer": ("buyers/buyer.html", PAGE, True),
    "buyer-cooperative": ("buyers/buyer.html", COOPERATIVE_PAGE, True),
    "buyer-bare": (
        "buyers/buyer.html",
        {**PAGE, "papers": (), "owners": (), "flags": (), "suspended_today": False},
        True,
    ),
    **{
        f"buyer-act-{act}": (
            "buyers/act.html",
            {**ACT, "act": act, "lacking": STANDING.reasons if act == "decision" else ()},
            True,
        )
        for act in _ACTS
    },
    **{
        f"buyer-act-{act}": (
            "buyers/act.html",
            {**ACT, "act": act, "item": ITEM, "item_kind": ITEMS[ItemKind.PAN]},
            True,
        )
        for act in ("check", "withdrawal")
    },
    "buyer-act-conflict": (
        "buyers/act.html",
        {**ACT, "act": "conflict", "flag": FLAG, "owner": "नमूना", "reasons": LIKENESS},
        True,
    ),
    "buyer-act-demand": (
        "buyers/act.html",
        {**ACT, "act": "demand", "buyer": None, "demands": DEMANDS},
        True,
    ),
    "buyer-demands-read": (
        "buyers/act.html",
        {
            **ACT,
            "act": "demand",
            "buyer": None,
            "demands": DEMANDS,
            "may_give": False,
            "form": Form(),
        },
        True,
    ),
    "buyer-person": ("buyers/person.html", {"buyer": BUYER, "form": Form(), "added": None}, True),
    "buyer-person-added": (
        "buyers/person.html",
        {"buyer": BUYER, "form": Form(), "added": ("meera", "0123-4567")},
        True,
    ),
    "firm": ("buyers/firm.html", {**PAGE, "standing": DUE}, True),
    "firm-bare": ("buyers/firm.html", {**PAGE, "papers": ()}, True),
    "firm-receipts": (
        "buyers/receipts.html",
        {"buyer": BUYER, "lines": MANY["lines"], "total": 2, "next_page": 2},
        True,
    ),
    "firm-receipts-none": (
        "buyers/receipts.html",
        {"buyer": BUYER, "lines": (), "total": 0, "next_page": None},
        True,
    ),
    "claim": ("buyers/claim.html", {"form": Form({"operation_id": "0b6a"})}, True),
    "many": ("receipts/many.html", MANY, False),
    "many-refused": (
        "receipts/many.html",
        {
            **MANY,
            "lines": (),
            "form": Form({}, (FieldProblem("texts", say("This was refused")),)),
        },
        False,
    ),
}
