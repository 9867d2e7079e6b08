"""The books as their pages are drawn in tests: everything invented."""

from types import SimpleNamespace as Thing

from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from tests.house.trade_samples import COOPERATIVE, NOON

CASH = Thing(code=1010, name_hi="नकद", name_en="Cash", paise=-21326)
STOCK = Thing(code=1310, name_hi="ढिबरा का भंडार", name_en="Stock of dhibra", paise=21326)
BOOKS = Thing(office=COOPERATIVE, places=(COOPERATIVE,), code="KDM01")
ONE_BOOK = Thing(office=COOPERATIVE, places=(), code="KDM01")
DAY_ASKED = Form({"coop": "KDM01", "on": "2026-11-24"})
WRONG_DAY = Form({"coop": "KDM01", "on": "x"}, (FieldProblem("on", say("This was refused")),))
BALANCE = Thing(accounts=(CASH, STOCK), debit_paise=21326, credit_paise=21326, as_kept=True)


def _entry(**changed: object) -> Thing:
    return Thing(
        **{
            "day": NOON.date(), "document": "KDM01-26-S01187", "member_no": "1207", "buyer_code": "", "grade_code": 0,
            "paise": -21326, "grams": 0, "balance_paise": -4429, **changed,
        }
    )  # fmt: skip


ENTRIES = (
    (_entry(), "KDM01-26-J02201", "/slips/KDM01-26-S01187", say("Weighing")),
    (
        _entry(member_no="", grade_code=3, grams=18150, paise=21326, document="X-1"),
        "KDM01-26-J02200",
        None,
        say("Weighing"),
    ),
    (_entry(member_no="", buyer_code="B0007"), "KDM01-26-J02199", None, say("Weighing")),
)
JOURNAL = Thing(
    day=NOON.date(),
    posted_at=NOON,
    document="KDM01-26-S01187",
    lines=(
        Thing(**vars(STOCK), member_no="", buyer_code="", grade_code=3, grams=18150),
        Thing(**vars(CASH), member_no="1207", buyer_code="", grade_code=0, grams=0),
    ),
)
DUES = (
    Thing(member_no="1207", name_hi="सुनीता नमूना", name_latin="Sunita Namuna", due_paise=4429),
    Thing(member_no="1208", name_hi="", name_latin="", due_paise=-1000),
)
OWED = (
    Thing(code="B0007", name="नमूना मिनरल्स", owed_paise=1918500),
    Thing(code="B0008", name="नमूना ट्रेडर्स", owed_paise=-5),
)
LAID = (Thing(code=3, name_hi="मिश्रित रंग", name_en="Mixed colour", grams=18150, paise=21326),)
_FILE = {"csv_path": "/ledger/x.csv", "pdf_path": "/ledger/x.pdf"}
_ENTRIES = {
    "books": BOOKS, "account": STOCK, "member": "", "buyer": "", "entries": ENTRIES,
    "more_path": "/ledger/accounts/1310?after=1.2.3", **_FILE,
}  # fmt: skip
_DAY = {
    "books": BOOKS,
    "journals": (
        (Thing(no=5, document="KDM01-26-S01187", posted_at=NOON, paise=21326), "KDM01-26-J00005", say("Weighing"), "/slips/x"),
        (Thing(no=6, document="X-1", posted_at=NOON, paise=21326), "KDM01-26-J00006", say("Money"), None),
    ),
    "day": NOON.date(),
    "form": DAY_ASKED,
    "more_path": "/ledger/days?after=1.2.0",
    **_FILE,
}  # fmt: skip
_JOURNAL = {
    "journal": JOURNAL, "number": "KDM01-26-J00005", "code": "KDM01", "about": say("Weighing"),
    "paper_path": "/slips/KDM01-26-S01187", "roles": (say("Clerk"), say("Manager")), "sum_paise": 21326,
}  # fmt: skip

# name of the sample: template, context, signed in
BOOK_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "balance": (
        "ledger/balance.html",
        {"books": BOOKS, "balance": BALANCE, "day": NOON.date(), "form": DAY_ASKED, **_FILE},
        True,
    ),
    "balance-broken": (
        "ledger/balance.html",
        {
            "books": ONE_BOOK,
            "balance": Thing(**{**vars(BALANCE), "as_kept": False}),
            "day": NOON.date(),
            "form": WRONG_DAY,
            **_FILE,
        },
        True,
    ),
    "balance-empty": (
        "ledger/balance.html",
        {
            "books": ONE_BOOK,
            "balance": Thing(accounts=(), debit_paise=0, credit_paise=0, as_kept=None),
            "day": NOON.date(),
            "form": DAY_ASKED,
            **_FILE,
        },
        True,
    ),
    "entries": ("ledger/entries.html", _ENTRIES, True),
    "entries-member": (
        "ledger/entries.html",
        {**_ENTRIES, "member": "1207", "more_path": None},
        True,
    ),
    "entries-buyer": ("ledger/entries.html", {**_ENTRIES, "buyer": "B0007"}, True),
    "entries-none": ("ledger/entries.html", {**_ENTRIES, "entries": ()}, True),
    "dues": (
        "ledger/members.html",
        {
            "books": BOOKS,
            "dues": DUES,
            "total_paise": 3429,
            "more_path": "/ledger/members",
            **_FILE,
        },
        True,
    ),
    "dues-none": (
        "ledger/members.html",
        {"books": BOOKS, "dues": (), "total_paise": 0, "more_path": None, **_FILE},
        True,
    ),
    "owed": (
        "ledger/buyers.html",
        {"books": BOOKS, "owed": OWED, "total_paise": 1918495, **_FILE},
        True,
    ),
    "owed-none": (
        "ledger/buyers.html",
        {"books": BOOKS, "owed": (), "total_paise": 0, **_FILE},
        True,
    ),
    "stock": (
        "ledger/stock.html",
        {"books": BOOKS, "stock": LAID, "total_grams": 18150, "total_paise": 21326, **_FILE},
        True,
    ),
    "stock-none": (
        "ledger/stock.html",
        {"books": BOOKS, "stock": (), "total_grams": 0, "total_paise": 0, **_FILE},
        True,
    ),
    "day-book": ("ledger/day.html", _DAY, True),
    "day-book-none": (
        "ledger/day.html",
        {**_DAY, "journals": (), "form": WRONG_DAY, "more_path": None, "books": ONE_BOOK},
        True,
    ),
    "journal": ("ledger/journal.html", _JOURNAL, True),
    "journal-unknown": ("ledger/journal.html", {**_JOURNAL, "roles": (), "paper_path": None}, True),
}
