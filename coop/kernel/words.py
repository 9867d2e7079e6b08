"""Sentences that are decided in one place and read in another, in the reader's language.

A rule says ``say("Tare %(kg)s kg is not below gross", kg="2.000")``. The sentence stays
English until a page, an answer or a report renders it with the reader's catalogue.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence to be translated: its English text and the values that stand in it.

    A value may itself be a sentence, such as the name of a field.
    """

    msgid: str
    values: tuple[tuple[str, "str | Said"], ...] = ()

    def render(self, gettext: Callable[[str], str]) -> str:
        """Return the sentence in the language that ``gettext`` speaks."""
        text = gettext(self.msgid)
        if not self.values:
            return text
        return text % {
            name: value.render(gettext) if isinstance(value, Said) else value
            for name, value in self.values
        }

    def __str__(self) -> str:
        return self.render(lambda text: text)


def say(msgid: str, **values: object) -> Said:
    """Name a sentence; the catalogue tools collect every literal given here."""
    said = ((n, v if isinstance(v, Said) else str(v)) for n, v in sorted(values.items()))
    return Said(msgid, tuple(said))
