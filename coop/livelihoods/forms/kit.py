"""Kit that moved and a training that was held, as typed."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from coop.kernel.cells import Cells
from coop.kernel.number import latin_digits
from coop.kernel.words import say
from coop.livelihoods.forms.typed import Read, act_of, finished
from coop.livelihoods.rules.kit import OF_STOCK, TOPICS, KitMove, Move

_LABELS = {
    "item": say("What"),
    "kind": say("What happened"),
    "pieces": say("Pieces"),
    "member_no": say("Member number"),
    "on_day": say("Day"),
    "note": say("In your words"),
    "topic": say("About what"),
    "place": say("Place"),
    "trainer": say("Who taught"),
    "minutes": say("Minutes"),
    "members": say("Numbers of the members who came"),
}
_MOST_AT_ONCE = 200


def read_move(typed: Mapping[str, str], items: Collection[str]) -> Read[KitMove]:
    """Pieces of an item that moved; a member's number where one is concerned."""
    cells = Cells(typed, _LABELS)
    act = act_of(cells)
    item = cells.choice("item", tuple(items))
    word = cells.choice("kind", tuple(move.value for move in Move))
    kind = Move(word) if word else Move.BOUGHT
    pieces = cells.whole("pieces", 1, 10_000)
    number = "" if kind in OF_STOCK else _number(cells.pattern("member_no", "[0-9]{1,8}", "0235"))
    return finished(
        cells,
        act,
        KitMove(item, kind, pieces, number, cells.day("on_day"), cells.text("note", 200)),
    )


def read_training(
    typed: Mapping[str, str],
) -> Read[tuple[str, date, str, str, int, tuple[str, ...]]]:
    """Topic, day, place, trainer, minutes and the numbers of who came, in order and once each."""
    cells = Cells(typed, _LABELS)
    act = act_of(cells)
    topic = cells.choice("topic", tuple(TOPICS))
    on = cells.day("on_day")
    place = cells.text("place", 120, needed=True)
    trainer = cells.text("trainer", 120, needed=True)
    minutes = cells.whole("minutes", 1, 6000)
    words = re.findall(r"[0-9]{1,8}", latin_digits(cells.raw("members")))
    members = tuple(sorted({_number(word) for word in words}))
    if not members or len(members) > _MOST_AT_ONCE:
        message = say("Type the members’ numbers with spaces between, as 0012 0235.")
        cells.refuse("members", "missing", message)
    return finished(cells, act, (topic, on, place, trainer, minutes, members))


def _number(text: str) -> str:
    return text.zfill(4) if text else ""
