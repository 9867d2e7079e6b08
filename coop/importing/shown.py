"""A file's rows as a page and a report show them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from coop.cooperatives.queries import CooperativeRow
from coop.importing import holding
from coop.importing.kinds import Kind
from coop.kernel import i18n
from coop.kernel.rows import Outcome, RowOutcome, summary
from coop.kernel.web.form import Form
from coop.kernel.words import Said, say

_SHOWN = 100  # rows on the page; the report has all
_WORDS = {
    Outcome.ACCEPTED: ("ok", say("good")),
    Outcome.WARNED: ("wait", say("good, with a remark")),
    Outcome.REPLAY: ("off", say("twice in this file")),
    Outcome.UNCHANGED: ("off", say("stands already")),
    Outcome.REFUSED: ("bad", say("refused")),
}


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row that is not simply good: its number after the header, and why, by column."""

    row: int
    row_id: str
    state: str
    words: Said
    reasons: tuple[tuple[str, Said], ...]


def preview_shown(
    kind: Kind,
    place: CooperativeRow | None,
    held: tuple[UUID, str],
    outcomes: Sequence[RowOutcome],
    form: Form,
) -> dict[str, object]:
    """What the page of a preview is drawn with; ``held``: id and key of the file."""
    rows = [_row(one) for one in outcomes if one.reasons or one.outcome is Outcome.REFUSED]
    return {
        "kind": kind,
        "place": place,
        "upload": held[0],
        "key": held[1],
        "counts": summary(outcomes, kept=False),
        "rows": rows[:_SHOWN],
        "more": max(len(rows) - _SHOWN, 0),
        "problems": _most_common(outcomes),
        "form": form,
        "minutes": int(holding.KEPT_FOR.total_seconds()) // 60,
    }


def _most_common(outcomes: Sequence[RowOutcome]) -> tuple[tuple[str, Said, int], ...]:
    """What is wrong most often, by column: one line instead of a hundred alike."""
    counted: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for one in outcomes:
        if one.outcome is Outcome.REFUSED:
            for why in one.reasons:
                counted[(why.field or "", why.code)].append(why.message)
    ranked = sorted(counted.items(), key=lambda pair: -len(pair[1]))
    return tuple((field, said[0], len(said)) for (field, _), said in ranked[:5] if len(said) > 1)


def _row(one: RowOutcome) -> RowShown:
    state, words = _WORDS[one.outcome]
    return RowShown(
        one.row,
        one.row_id,
        state,
        words,
        tuple((why.field or "", why.message) for why in one.reasons),
    )


def report_lines(one: RowOutcome) -> list[tuple[object, ...]]:
    """A row of the report for every reason, or one without."""
    words = i18n.render(_WORDS[one.outcome][1])
    if not one.reasons:
        return [(one.row, one.row_id, words, "", "")]
    return [
        (one.row, one.row_id, words, why.field or "", i18n.render(why.message))
        for why in one.reasons
    ]
