"""A form of a page, read as a row of a list is: the sentence stands at its field and names none."""

from datetime import datetime, time

from coop.cooperatives.forms import Cells
from coop.kernel.clock import IST
from coop.kernel.number import latin_digits
from coop.kernel.words import Said, say

_SENTENCES = {
    "characters": say("Some signs cannot be kept; type it again."),
    "missing": say("This is empty; fill it in."),
    "aadhaar_in_field": say("An Aadhaar number stands here; take it out."),
    "unknown_word": say("Choose one of those shown."),
    "date_invalid": say("This is not a day; write it as 2026-10-31."),
    "time_invalid": say("This is not a time; write it as 06:00."),
    "not_a_number": say("This is not a number; use digits and a point."),
}


class Typed(Cells):
    """Reads what was typed; ``problems`` are said without a column's name."""

    def refuse(self, column: str, code: str, message: Said) -> None:
        """Note a problem at a field in the words of a page."""
        super().refuse(column, code, _sentence(code, message))

    def moment(self, day: str, clock_time: str) -> datetime | None:
        """Return the instant of a day and a time of day in India; None where the day is empty.

        An empty time is midnight, the day's beginning.
        """
        on = self.day_or_none(day)
        if on is None:
            return None
        typed = latin_digits(self.raw(clock_time)) or "00:00"
        try:
            at = time.fromisoformat(typed)
        except ValueError:
            self.refuse(clock_time, "time_invalid", _SENTENCES["time_invalid"])
            return None
        return datetime.combine(on, at.replace(tzinfo=None), IST)


def _sentence(code: str, message: Said) -> Said:
    values = dict(message.values)
    if code == "too_long":
        return say("This is over %(most)s signs; make it shorter.", most=values.get("most", ""))
    if code == "code_invalid" and "example" in values:
        return say("Write it like %(example)s.", example=values["example"])
    if "least" in values:
        return say(
            "It must lie between %(least)s and %(most)s.",
            least=values["least"],
            most=values["most"],
        )
    if "places" in values:
        return say("At most %(places)s decimals.", places=values["places"])
    return _SENTENCES.get(code, message)
