"""A passbook as it is drawn in tests: everything invented."""

from types import SimpleNamespace as Thing

from coop.kernel.refusal import Refusal
from coop.kernel.web.form import Form, problems_of
from coop.kernel.words import say
from tests.house.people_samples import MEMBER
from tests.house.trade_samples import COOPERATIVE, NOON

WEIGHED = Thing(
    day=NOON.date(), document="KDM01-26-S01187", grade_code=3, grams=18150, added_paise=21326, taken_paise=0,
    balance_paise=25755,
)  # fmt: skip
PAID = Thing(
    day=NOON.date(), document="KDM01-26-V00012", grade_code=0, grams=0, added_paise=0, taken_paise=21326,
    balance_paise=4429,
)  # fmt: skip
BOOK: dict[str, object] = {
    "member": Thing(
        **{**vars(MEMBER), "cooperative_hi": COOPERATIVE.name_hi, "cooperative_en": COOPERATIVE.name_en}
    ),
    "book": Thing(
        first=NOON.date(), last=NOON.date(), print_no=3, opening_paise=4429, grams=18150, added_paise=21326,
        taken_paise=21326, closing_paise=4429,
    ),
    "lines": (
        (WEIGHED, say("Weighing"), "/slips/KDM01-26-S01187"),
        (PAID, say("Money"), None),
    ),
    "last": Thing(no=3, printed_on=NOON.date()),
    "months": (("2026-11", "11-2026"), ("2026-10", "10-2026")),
    "form": Form({"month": "2026-11"}),
    "operation_id": "b0d2f9de-0000-4000-8000-000000000005",
    "pdf_path": "/members/KDM01/1207/passbook/passbook.pdf?print=3",
}  # fmt: skip
NOTHING = Thing(
    **{**vars(BOOK["book"]), "print_no": 0, "grams": 0, "added_paise": 0, "taken_paise": 0}
)
REFUSED = problems_of([Refusal("nothing_new", say("This was refused"), None)])

# name of the sample: template, context, signed in
PASSBOOK_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "passbook": ("payments/passbook.html", BOOK, True),
    "passbook-nothing": (
        "payments/passbook.html",
        {**BOOK, "book": NOTHING, "lines": (), "last": None, "form": Form({}, REFUSED)},
        True,
    ),
}
