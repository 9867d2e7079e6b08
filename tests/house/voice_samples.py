"""What the pages of the box, its readers and the hearings are drawn with in tests: all invented."""

from datetime import date
from types import SimpleNamespace as Thing
from uuid import UUID

from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.participation.queries.board import BoardLine, ToldLine
from coop.participation.queries.hearings import RecordedHearing
from coop.participation.queries.messages import Message
from coop.participation.queries.sounds import Sound
from coop.participation.rules import Heard, Hearing
from coop.participation.rules.hearing import ABOUT, BANDS, SEXES
from coop.participation.rules.message import CONCERNS
from coop.participation.rules.pictures import PICTURES
from coop.participation.rules.sounds import LANGUAGES, QUESTIONS
from tests.house.trade_samples import NOON

PLACE = Thing(id=1, code="KDM01", name_hi="कोडरमा ढिबरा समिति", name_en="Koderma cooperative")
DAY, MONTH = date(2026, 11, 23), date(2026, 10, 1)
KEY = UUID("7f0c3f1e-6a0e-4c5b-9a39-3d1f3a1c2b4d")
HELP = Message(KEY, 1, DAY, "box", "help", "", True, "", None, None, None, None, True)
DONE = Message(
    KEY, 1, DAY, "box", "bad", "school", True, "स्कूल दूर है", "concern", "school", "हमने पूछा", "दूरी की बात", True
)  # fmt: skip
PAPER = Message(KEY, 1, DAY, "paper", "", "site", False, "कुआँ और नल", "idea", "", None, None, False)
HEARING = RecordedHearing(
    4, "KDM01",
    Hearing(1, "price", "नया भाव", DAY, "पंचायत भवन", (Heard("14-17", "F", 6), Heard("36-59", "M", 9)), "भाव कम है", "भाव बढ़ा"),
)  # fmt: skip
AGENCYS = RecordedHearing(
    3, None, Hearing(None, "other", "छुट्टी", DAY, "गाँव", (Heard("60+", "O", 1),), "हाँ", "नहीं बदला")
)  # fmt: skip
REFUSED = Form(
    {"words": "अ", "how": "bad", "operation_id": "1"},
    (FieldProblem("how", say("Tap one picture first.")), FieldProblem(None, say("Void"))),
)
BOX: dict[str, object] = {
    "place": PLACE,
    "form": Form({"operation_id": "1"}),
    "open": True,
    "readers": 2,
    "outside": 1,
    "days": 2,
    "audio": {},
}
SOUNDS: dict[str, object] = {
    "places": (PLACE,),
    "sounds": ((PLACE, Sound("how", "hi", 42, NOON)),),
    "questions": QUESTIONS,
    "languages": LANGUAGES,
    "form": Form({}, (FieldProblem("file", say("Choose a recording.")),)),
}
INBOX: dict[str, object] = {
    "messages": (HELP, DONE, PAPER),
    "places": {1: PLACE},
    "done": False,
    "waits": 3,
    "late": True,
    "days": 2,
    "next_path": "/voice?after=1",
}
MESSAGE: dict[str, object] = {
    "message": HELP,
    "place": PLACE,
    "readers": 2,
    "concerns": CONCERNS,
    "passed_on": False,
    "form": Form({}, (FieldProblem("answer", say("This names a person; leave the name out.")),)),
}
HEARINGS: dict[str, object] = {
    "hearings": (HEARING, AGENCYS),
    "notices": (
        Thing(number="DHB/2026/03", path="/prices/DHB/2026/03", held_on=DAY, bands=(say("under 18"),), no_hearing_reason=""),
        Thing(number="DHB/2026/02", path="/x", held_on=None, bands=(), no_hearing_reason="जल्दी थी"),
        Thing(number="DHB/2026/01", path="/y", held_on=None, bands=(), no_hearing_reason=""),
    ),
    "next_path": "/hearings?before=3",
}  # fmt: skip
RECORD: dict[str, object] = {
    "places": (PLACE,),
    "agency": True,
    "about": ABOUT,
    "bands": BANDS,
    "sexes": SEXES,
    "hearings": (HEARING, AGENCYS),
    "year": 2026,
    "form": Form({}, (FieldProblem("held_on", say("Void")),)),
}
LINES = (BoardLine(MONTH, "नल खराब था", "नल ठीक हुआ"),)
YEAR: dict[str, object] = {
    "place": PLACE,
    "year": 2025,
    "this_year": 2026,
    "lines": LINES,
    "told": (ToldLine("", "बस नहीं आती"), ToldLine("school", "दूर है")),
    "hearings": (HEARING,),
}
WRITE: dict[str, object] = {
    "places": (PLACE,),
    "months": (MONTH,),
    "boards": ((PLACE, LINES),),
    "form": Form({}, (FieldProblem("month", say("Void")),)),
}


def _box(name: str, **more: object) -> tuple[str, dict[str, object], bool]:
    return (f"participation/{name}.html", {"place": PLACE, **more}, False)


VOICE_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "box-where": _box("box_where", place=None, places=(PLACE,)),
    "box-where-none": _box("box_where", place=None, places=()),
    "box": ("participation/box.html", BOX, False),
    "box-refused": ("participation/box.html", {**BOX, "form": REFUSED, "outside": 2}, False),
    "box-heard": ("participation/box.html", {**BOX, "audio": {"how": "/static/a", "what": "/b"}}, False),
    "box-closed": ("participation/box.html", {**BOX, "open": False, "readers": 0, "outside": 0}, False),
    "box-kept": _box("box_kept", pictures=PICTURES[:4], help=True, days=2),
    "box-code": _box("box_code", pictures=PICTURES),
    **{
        f"box-{state}": _box("box_answer", state=state, answer="देखा", why=say("Void"))
        for state in ("answered", "waits", "wrong", "count", "limit")
    },
    "box-stop": _box("box_stop", place=None),
    "voice": ("participation/inbox.html", INBOX, True),
    "voice-none": ("participation/inbox.html", {**INBOX, "messages": (), "late": False}, True),
    "voice-none-done": ("participation/inbox.html", {**INBOX, "messages": (), "done": True}, True),
    "voice-no-reader": ("participation/inbox.html", {**INBOX, "messages": (), "places": {}}, True),
    "voice-message": ("participation/message.html", MESSAGE, True),
    "voice-message-done": ("participation/message.html", {**MESSAGE, "message": DONE, "form": Form(), "passed_on": True}, True),
    "voice-message-paper": ("participation/message.html", {**MESSAGE, "message": PAPER, "form": Form()}, True),
    "voice-paper": (
        "participation/paper.html",
        {"places": (PLACE,), "rows": (1, 2), "form": Form({}, (FieldProblem("words-1", say("Void")),))},
        True,
    ),
    "voice-paper-none": ("participation/paper.html", {"places": (), "rows": (), "form": Form()}, True),
    "voice-board": ("participation/board_write.html", WRITE, True),
    "voice-board-none": ("participation/board_write.html", {**WRITE, "places": (), "boards": (), "form": Form()}, True),
    "voice-sounds": ("participation/sounds.html", SOUNDS, True),
    "voice-sounds-none": ("participation/sounds.html", {**SOUNDS, "places": (), "sounds": (), "form": Form()}, True),
    "said": ("participation/boards.html", {"places": (PLACE,)}, False),
    "said-none": ("participation/boards.html", {"places": ()}, False),
    "said-one": ("participation/board.html", {"place": PLACE, "months": ((MONTH, LINES),)}, False),
    "said-one-none": ("participation/board.html", {"place": PLACE, "months": ()}, False),
    "hearings": ("participation/hearings.html", HEARINGS, False),
    "hearings-none": ("participation/hearings.html", {"hearings": (), "notices": (), "next_path": None}, False),
    "hearing": ("participation/hearing.html", RECORD, True),
    "hearing-none": ("participation/hearing.html", {**RECORD, "hearings": (), "agency": False, "form": Form()}, True),
    "voice-year": ("participation/year.html", YEAR, True),
    "voice-year-none": ("participation/year.html", {**YEAR, "lines": (), "told": (), "hearings": ()}, True),
}  # fmt: skip
