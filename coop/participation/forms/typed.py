"""The forms of readers and of who was heard."""

from collections.abc import Mapping
from datetime import date

from coop.kernel.cells import Cells, Parsed
from coop.kernel.words import Said as Sentence
from coop.kernel.words import say
from coop.participation.forms.box import kept_words
from coop.participation.rules import Heard, Hearing, Said
from coop.participation.rules.hearing import ABOUT, BANDS, SEXES
from coop.participation.rules.message import FEELINGS

BATCH_ROWS = 12
_MOST_NOTES = 500
_MOST_PEOPLE = 2000
_NO_DAY = date(2000, 1, 1)
_SENTENCES = {
    "characters": say("Some signs cannot be kept; type it again."),
    "missing": say("This is empty; fill it in."),
    "aadhaar_in_field": say("An Aadhaar number stands here; take it out."),
    "unknown_word": say("Choose one of those shown."),
    "date_invalid": say("This is not a day; write it as 2026-10-31."),
    "not_a_number": say("This is not a number; use digits and a point."),
}


class _Typed(Cells):
    """Says problems as a page does, without a column's name."""

    def refuse(self, column: str, code: str, message: Sentence) -> None:
        values = dict(message.values)
        if code == "too_long":
            message = say("This is over %(most)s signs; make it shorter.", most=values["most"])
        elif "least" in values:
            message = say(
                "It must lie between %(least)s and %(most)s.",
                least=values["least"],
                most=values["most"],
            )
        super().refuse(column, code, _SENTENCES.get(code, message))


def hearing_typed(typed: Mapping[str, str], cooperative_id: int | None) -> Parsed[Hearing]:
    """Read the form of a hearing; an empty count is none."""
    cells = _Typed(typed)
    counted = (
        Heard(band, sex, cells.whole_or_none(f"people-{band}-{sex}", 0, _MOST_PEOPLE) or 0)
        for band in BANDS
        for sex in SEXES
    )
    return cells.finish(
        Hearing(
            cooperative_id=cooperative_id,
            about=cells.choice("about", ABOUT),
            question=cells.text("question", 200, needed=True),
            held_on=cells.day("held_on"),
            place=cells.text("place", 120, needed=True),
            heard=tuple(one for one in counted if one.people),
            said=cells.text("said", 1000, needed=True),
            changed=cells.text("changed", 1000, needed=True),
        )
    )


def board_line(typed: Mapping[str, str]) -> Parsed[tuple[date, str, str]]:
    """Read a line of the board: its month, what was said, what was done."""
    cells = _Typed(typed)
    month = cells.raw("month")
    first = cells.day("month") if month else _NO_DAY
    return cells.finish((first, cells.text("heard", 300), cells.text("done", 300)))


def opening_typed(
    typed: Mapping[str, str],
) -> Parsed[tuple[date, str, int, int, tuple[Said, ...]]]:
    """Read an opening of the paper box: day, witness, notes counted, unreadable, those written down."""
    cells = _Typed(typed)
    opened_on = cells.day("opened_on")
    witness = cells.text("witness", 120, needed=True)
    notes = cells.whole("notes", 0, _MOST_NOTES)
    unreadable = cells.whole_or_none("unreadable", 0, _MOST_NOTES) or 0
    written = []
    for at in range(1, BATCH_ROWS + 1):
        how, words = cells.raw(f"how-{at}"), kept_words(cells.raw(f"words-{at}"))
        if how in FEELINGS or words:
            written.append(Said(how if how in FEELINGS else "", "", words, False))
    return cells.finish((opened_on, witness, notes, unreadable, tuple(written)))
