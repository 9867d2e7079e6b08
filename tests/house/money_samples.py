"""Vouchers as their pages are drawn in tests: everything invented."""

from types import SimpleNamespace as Thing

from coop.kernel.i18n import use_language
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.payments.queries.paper import voucher_paper
from tests.house.trade_samples import COOPERATIVE, NOON

VOUCHER = Thing(
    code="KDM01", name_hi=COOPERATIVE.name_hi, name_en=COOPERATIVE.name_en, kind="paid", mode="cash",
    member_no="1207", member_hi="सुनीता नमूना", member_latin="Sunita Namuna", buyer_code="", buyer_name="",
    amount_paise=21326, on_day=NOON.date(), against="", reference="", words="", recorded_role="treasurer",
    recorded_at=NOON, reason=None, reversal_words="", reversed_at=None,
    reversed_role=None,
)  # fmt: skip
TAKEN = Thing(
    **{
        **vars(VOUCHER),
        "reason": "twice",
        "reversed_at": NOON,
        "reversed_role": "manager",
        "reversal_words": "दो बार",
    }
)
RECEIVED = Thing(
    **{**vars(VOUCHER), "kind": "received", "mode": "bank", "member_no": "", "member_hi": "",
       "member_latin": "", "buyer_code": "B0007", "buyer_name": "नमूना मिनरल्स", "against": "KDM01-26-B00031",
       "reference": "UTR40219987"}
)  # fmt: skip
MOVED = Thing(**{**vars(VOUCHER), "kind": "to_bank", "member_no": ""})
DUE = Thing(member_no="1207", name_hi="सुनीता नमूना", name_latin="Sunita Namuna", due_paise=4429)
OWES = Thing(code="B0007", name="नमूना मिनरल्स", name_hi="नमूना", name_en="Namuna", due_paise=1918500)
MONEY: dict[str, object] = {
    "word": "paid",
    "office": COOPERATIVE,
    "dues": (DUE,),
    "owing": (),
    "buyers": (),
    "operation_id": "b0d2f9de-0000-4000-8000-000000000003",
    "form": Form(
        {"on_day": "2026-11-24", "mode": "upi"},
        (
            FieldProblem("amount", say("This was refused")),
            FieldProblem("reference_meant", say("This was refused")),
        ),
    ),
}
CHECK: dict[str, object] = {
    "word": "paid",
    "money": Thing(
        kind="paid", mode="cash", paise=21326, on_day=NOON.date(), party="1207", against="", reference="", words="",
    ),
    "party": Thing(name_hi="सुनीता नमूना", name_en="Sunita Namuna", due_paise=25755),
    "after_paise": 4429,
    "typed": (("amount", "213.26"),),
}  # fmt: skip
BOOK: dict[str, object] = {
    "vouchers": (
        (VOUCHER, "KDM01-26-V00012"), (TAKEN, "KDM01-26-V00011"), (RECEIVED, "KDM01-26-M00003"), (MOVED, "KDM01-26-K00001"),
    ),
    "office": COOPERATIVE,
    "places": (COOPERATIVE,),
    "form": Form({"coop": "KDM01"}),
    "more_path": "/vouchers?after=x",
    "may_record": True,
}  # fmt: skip


def _paper(voucher: Thing, path: str | None = None) -> dict[str, object]:
    with use_language("hi"):
        paper = voucher_paper(voucher, "KDM01-26-V00012", 2)  # type: ignore[arg-type]  # its fields
    return {"paper": paper, "reversal_path": path}


BACK: dict[str, object] = {
    "voucher": VOUCHER,
    "number": "KDM01-26-V00012",
    "hindrance": None,
    "reasons": (("twice", say("Entered twice")),),
    "operation_id": "b0d2f9de-0000-4000-8000-000000000004",
    "form": Form({}, (FieldProblem("reason", say("This was refused")),)),
}

# name of the sample: template, context, signed in
MONEY_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "vouchers": ("payments/vouchers.html", BOOK, True),
    "vouchers-none": (
        "payments/vouchers.html",
        {**BOOK, "vouchers": (), "places": (), "more_path": None},
        True,
    ),
    "money-paid": ("payments/money.html", MONEY, True),
    "money-paid-none": ("payments/money.html", {**MONEY, "dues": (), "form": Form()}, True),
    "money-received": (
        "payments/money.html",
        {**MONEY, "word": "received", "dues": (), "owing": (OWES,), "buyers": (OWES,)},
        True,
    ),
    "money-received-none": (
        "payments/money.html",
        {**MONEY, "word": "received", "dues": (), "form": Form()},
        True,
    ),
    "money-bank": ("payments/money.html", {**MONEY, "word": "bank", "dues": ()}, True),
    "check": ("payments/check.html", CHECK, True),
    "check-received": (
        "payments/check.html",
        {
            **CHECK,
            "word": "received",
            "money": Thing(
                **{
                    **vars(CHECK["money"]),
                    "kind": "received",
                    "party": "B0007",
                    "reference": "UTR1",
                    "words": "x",
                }
            ),
            "after_paise": -100,
        },
        True,
    ),
    "voucher": (
        "payments/voucher.html",
        _paper(VOUCHER, "/vouchers/KDM01-26-V00012/reversal"),
        True,
    ),
    "voucher-received": ("payments/voucher.html", _paper(RECEIVED), True),
    "voucher-bank": ("payments/voucher.html", _paper(MOVED), True),
    "voucher-back": ("payments/voucher.html", _paper(TAKEN), True),
    "voucher-reversal": ("payments/reversal.html", BACK, True),
    "voucher-reversal-mine": (
        "payments/reversal.html",
        {
            **BACK,
            "hindrance": say("You recorded it yourself; another person takes it back."),
            "form": Form(),
        },
        True,
    ),
}
