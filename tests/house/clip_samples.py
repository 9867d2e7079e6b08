"""Pages of spoken questions, and the question's page where one is heard."""

from dataclasses import replace
from datetime import UTC, datetime

from coop.kernel import i18n
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.schemes.controllers import views
from coop.schemes.controllers.clips import AskShown, _ask
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.clips import ClipKnown, asks_sha256
from coop.schemes.rules.answers import HOUSEHOLD
from tests.house.schemes_pages import _ID, asked, household

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def _question(name: str, *, recorded: bool) -> AskShown:
    fact = catalogue().book.facts[name]
    known = [
        ClipKnown(n, name, language, "audio/ogg", 90_000, asks_sha256(fact), "user:facilitator", NOW)
        for n, language in enumerate(("hindi", "khortha"), 1)
    ]  # fmt: skip
    with i18n.use_language("hi"):
        return _ask(fact, known if recorded else ())


def _page(name: str, *, recorded: bool, form: Form | None = None) -> dict[str, object]:
    ask = _question(name, recorded=recorded)
    with i18n.use_language("hi"):
        return {
            "ask": ask,
            "reads": tuple(text for _, text in ask.fact.options),
            "languages": views.pairs("language"),
            "form": form or Form(),
            "operation_id": _ID,
            "ids": [_ID, _ID],
        }


SPOKEN, SILENT = _question("h.ration", recorded=True), _question("p.class", recorded=False)
_WRONG = (FieldProblem("sound", say("Choose a recording, or record one now.")),)
_asked = asked("h.ration", HOUSEHOLD)
assert _asked is not None

CLIP_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "schemes-household-heard": (
        "schemes/household.html",
        household(question=replace(_asked, clips=SPOKEN.clips)),
        True,
    ),
    "schemes-clips": ("schemes/clips.html", {"asks": (SILENT, SPOKEN), "count": 1}, True),
    "schemes-clips-none": ("schemes/clips.html", {"asks": (SILENT,), "count": 0}, True),
    "schemes-clip": ("schemes/clip.html", _page("h.ration", recorded=True), True),
    "schemes-clip-wrong": (
        "schemes/clip.html",
        _page("p.dob", recorded=False, form=Form({"language": "hindi"}, _WRONG)),
        True,
    ),
}
