"""A plan of the common fund, its spendings and its outcome, as typed."""

from collections.abc import Mapping

from coop.kernel.cells import Cells
from coop.kernel.words import say
from coop.livelihoods.forms.typed import MOST_PAISE, Read, act_of, finished
from coop.livelihoods.rules.fund import MODES, PURPOSES, Plan, Spending

_LABELS = {
    "purpose": say("For what"),
    "title_hi": say("Name in Hindi"),
    "title_en": say("Name in English"),
    "amount": say("Amount"),
    "resolution_no": say("Number of the resolution"),
    "resolved_on": say("Day of the resolution"),
    "mode": say("How"),
    "on_day": say("Day"),
    "paid_to": say("Paid to"),
    "bill_no": say("Number of the bill"),
    "words": say("In your words"),
    "people": say("People reached"),
    "words_hi": say("What came of it, in Hindi"),
    "words_en": say("What came of it, in English"),
    "spending": say("Spending"),
}


def read_plan(typed: Mapping[str, str]) -> Read[Plan]:
    """What the members resolved; paise."""
    cells = Cells(typed, _LABELS)
    act = act_of(cells)
    return finished(
        cells,
        act,
        Plan(
            cells.choice("purpose", tuple(PURPOSES)),
            cells.text("title_hi", 120, needed=True),
            cells.text("title_en", 120, needed=True),
            cells.scaled("amount", 2, 1, MOST_PAISE),
            cells.text("resolution_no", 40, needed=True),
            cells.day("resolved_on"),
        ),
    )


def read_spending(typed: Mapping[str, str]) -> Read[Spending]:
    """Money that went out; paise."""
    cells = Cells(typed, _LABELS)
    act = act_of(cells)
    return finished(
        cells,
        act,
        Spending(
            cells.scaled("amount", 2, 1, MOST_PAISE),
            cells.choice("mode", tuple(MODES)),
            cells.day("on_day"),
            cells.text("paid_to", 120, needed=True),
            cells.text("bill_no", 40, needed=True),
        ),
    )


def read_reversal(typed: Mapping[str, str]) -> Read[tuple[int, int, str]]:
    """Financial year and number of a spending, and why it is taken back."""
    cells = Cells(typed, _LABELS)
    act = act_of(cells)
    fy, _, no = cells.pattern("spending", "[0-9]{4}/[0-9]{1,9}", "2627/1").partition("/")
    words = cells.text("words", 200, needed=True)
    return finished(cells, act, (int(fy or 0), int(no or 0), words))


def read_outcome(typed: Mapping[str, str]) -> Read[tuple[int, str, str]]:
    """People reached, and what came of it in both languages."""
    cells = Cells(typed, _LABELS)
    act = act_of(cells)
    people = cells.whole("people", 0, 1_000_000)
    words = cells.text("words_hi", 500, needed=True), cells.text("words_en", 500, needed=True)
    return finished(cells, act, (people, *words))
