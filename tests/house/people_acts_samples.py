"""The forms and lists of acts on members as they are drawn in tests; everybody is invented."""

from types import SimpleNamespace as Thing

from coop.kernel.refusal import Refusal
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.members.rules.changes import CHOSEN
from coop.members.rules.consent import WAYS, Purpose
from coop.members.rules.doubles import BECAUSE, REASONS
from coop.members.rules.membership import CHOSEN_ENDINGS, ENDINGS
from tests.house.people_samples import LEFT, LINE, MEMBER, MEMBER_PAGE, Samples
from tests.house.trade_samples import COOPERATIVE, NOON, QR

OWNER = Thing(**{**vars(COOPERATIVE), "code": "KDM01", "state_lgd": 20})
DOUBLE = Thing(
    member=Thing(**{**vars(LINE), "member_no": "1207"}),
    per_cent=93,
    reasons=("name", "birth", "same_village"),
)
ELSEWHERE = Thing(cooperative="KDM02", per_cent=71, reasons=("name", "relation"))
NO_DOUBLES = Thing(own=(), elsewhere=())
BEGUN = Form({"operation_id": "1", "state_lgd": "20", "relation": "W/O"})
WRONG = Form(
    {"operation_id": "1"},
    (
        FieldProblem("dob", say("There is no such date of birth; correct it.")),
        FieldProblem("pair_1207", say("Choose one of the two.")),
    ),
)
ADMISSION: dict[str, object] = {
    "cooperative": OWNER,
    "cooperatives": [OWNER],
    "next_no": "1208",
    "form": BEGUN,
    "doubles": NO_DOUBLES,
    "reasons": REASONS,
    "ways": WAYS,
    "ask_own_number": False,
}
PAIR = Thing(
    id=7,
    a=LINE,
    b=Thing(**{**vars(LINE), "number": "KDM01/1311", "state": "ceased"}),
    per_cent=93,
    reasons=("name", "birth"),
    decision="",
    merge_id=None,
    gone=None,
)
SIDES = [Thing(**{**vars(MEMBER), "id": number}) for number in (1, 2)]
PAIR_PAGE: dict[str, object] = {
    "pair": PAIR,
    "sides": SIDES,
    "form": Form({"operation_id": "1", "keep": "a"}),
    "reasons": REASONS,
    "because": BECAUSE,
}
TRANSFER = Thing(
    id=3,
    from_code="KDM01",
    to_code="KDM02",
    from_cooperative_id=1,
    to_cooperative_id=2,
    shares=2,
    due_paise=4429,
    asked_at=NOON,
    on_day=None,
    answer="",
    open=True,
)
ANSWERED = Thing(
    **{**vars(TRANSFER), "answer": "accepted", "open": False, "on_day": NOON.date(), "id": 2}
)
TRANSFER_PAGE: dict[str, object] = {
    "transfer": TRANSFER,
    "member": MEMBER,
    "nominees": MEMBER_PAGE["nominees"],
    "form": Form({"operation_id": "1"}),
    "sends": True,
    "takes": True,
}
PERSON = Thing(
    person_no="KDM01-1207",
    name_hi="सुनीता नमूना",
    name_latin="Sunita Namuna",
    erased=False,
    memberships=(LEFT,),
)
ERASURE: dict[str, object] = {
    "person": PERSON,
    "against": (),
    "asked": None,
    "form": Form({"operation_id": "1"}),
}
AGAINST = (Refusal("still_member", say("The membership has not ended; end it first.")),)
CARD = Thing(
    member=Thing(**{**vars(MEMBER), "member_no": "1207", "cooperative_hi": "कोडरमा ढिबरा समिति", "cooperative_en": "Koderma cooperative"}),
    policy=Thing(name_hi="झारखंड लघु खनिज नियमावली", name_en="Jharkhand minor mineral rules", verified=False),
    sites=(Thing(code="S-12", name_hi="पुराना ढेर", name_en="Old dump", permission="NAMUNA/2026/12"),),
    permissions_missing=False,
)  # fmt: skip


def _form(template: str, **more: object) -> tuple[str, dict[str, object], bool]:
    context: dict[str, object] = {"member": MEMBER, "form": BEGUN, "ask_own_number": False}
    return template, {**context, **more}, True


_CONSENTS = tuple(
    Thing(**{**vars(one), "purpose": purpose})
    for one, purpose in zip(MEMBER_PAGE["consents"], Purpose, strict=False)  # type: ignore[call-overload]
)
_PARTICULARS = {"reasons": CHOSEN, "state_lgd": 20}
_ENDINGS = {one.value: ENDINGS[one] for one in CHOSEN_ENDINGS}
_LISTS: Samples = {
    "duplicates": (
        "members/duplicates.html",
        {"pairs": [PAIR], "merged": [PAIR], "across": True, "reasons": REASONS},
        True,
    ),
    "duplicates-none": (
        "members/duplicates.html",
        {"pairs": [], "merged": [], "across": False, "reasons": REASONS},
        True,
    ),
    "transfers": (
        "members/transfers.html",
        {"transfers": [TRANSFER, ANSWERED], "own": (1,)},
        True,
    ),
    "transfers-none": ("members/transfers.html", {"transfers": [], "own": (1,)}, True),
    "erasures": (
        "members/erasures.html",
        {
            "waiting": [Thing(id=4, person_no="KDM01-1207", asked_at=NOON)],
            "form": Form({"operation_id": "1"}),
        },
        True,
    ),
    "erasures-none": ("members/erasures.html", {"waiting": [], "form": Form()}, True),
}
_PAIRS: Samples = {
    "duplicate": ("members/duplicate.html", PAIR_PAGE, True),
    "duplicate-merged": (
        "members/duplicate.html",
        {**PAIR_PAGE, "pair": Thing(**{**vars(PAIR), "decision": "same", "merge_id": 5})},
        True,
    ),
    "duplicate-apart": (
        "members/duplicate.html",
        {**PAIR_PAGE, "pair": Thing(**{**vars(PAIR), "decision": "not_same"})},
        True,
    ),
    "transfer": ("members/transfer.html", TRANSFER_PAGE, True),
    "transfer-answered": (
        "members/transfer.html",
        {**TRANSFER_PAGE, "transfer": ANSWERED, "member": None, "nominees": ()},
        True,
    ),
}

ACTS: Samples = {
    "admission": ("members/admission.html", ADMISSION, True),
    "admission-doubles": (
        "members/admission.html",
        {
            **ADMISSION,
            "cooperatives": [OWNER, Thing(**{**vars(OWNER), "code": "KDM02"})],
            "doubles": Thing(own=(DOUBLE,), elsewhere=(ELSEWHERE,)),
            "form": WRONG,
            "ask_own_number": True,
        },
        True,
    ),
    "particulars": _form("members/particulars.html", **_PARTICULARS),
    "particulars-wrong": _form(
        "members/particulars.html", **{**_PARTICULARS, "ask_own_number": True, "form": Form({}, WRONG.problems[:1])}
    ),
    "nominees": _form("members/nominees.html"),
    "consents": _form("members/consents.html", consents=_CONSENTS, ways=WAYS),
    "season": _form("members/season.html"),
    "end": _form("members/end.html", endings=_ENDINGS, nominees=MEMBER_PAGE["nominees"]),
    "end-nobody": _form("members/end.html", endings=_ENDINGS, nominees=()),
    "transfer-ask": _form("members/transfer_ask.html", others=[OWNER]),
    "erasure": ("members/erasure.html", ERASURE, True),
    "erasure-not-yet": ("members/erasure.html", {**ERASURE, "against": AGAINST}, True),
    "erasure-asked": ("members/erasure.html", {**ERASURE, "asked": Thing(asked_at=NOON)}, True),
    "erasure-done": (
        "members/erasure.html",
        {**ERASURE, "person": Thing(**{**vars(PERSON), "erased": True, "memberships": ()})},
        True,
    ),
    "card": ("members/card.html", {"card": CARD, "qr_svg": QR, "number": "KDM01/1207"}, True),
    "card-bare": (
        "members/card.html",
        {"card": Thing(**{**vars(CARD), "policy": None, "sites": (), "permissions_missing": True}), "qr_svg": QR, "number": "KDM01/1207"},
        True,
    ),
    **_LISTS,
    **_PAIRS,
}  # fmt: skip
