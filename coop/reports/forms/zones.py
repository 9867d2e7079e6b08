"""An assessment of a village as somebody of the agency types it."""

from collections.abc import Mapping, Sequence

from coop.kernel.cells import Parsed
from coop.reports.rules.zones import Assessment, Criterion
from coop.sites.forms import Typed


def zone_from_form(typed: Mapping[str, str], criteria: Sequence[Criterion]) -> Parsed[Assessment]:
    """Read the form; a criterion is answered by ``met_CODE`` yes or no."""
    cells = Typed(typed)
    answers = {one.code: cells.raw(f"met_{one.code}") for one in criteria}
    return cells.finish(
        Assessment(
            cells.text("village", 80),
            cells.text("block", 80),
            cells.whole("district_lgd", 1, 999_999),
            cells.day("assessed_on"),
            cells.day("valid_until"),
            cells.text("assessor", 120),
            cells.text("organisation", 120),
            cells.text("evidence", 300),
            {code: said == "yes" for code, said in answers.items() if said in ("yes", "no")},
        )
    )
