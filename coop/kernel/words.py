"""Sentences that are decided in one place and read in another, in the reader's language.

A rule says ``say("Tare %(kg)s kg is not below gross", kg="2.000")``. The sentence stays
English until a page, an answer or a report renders it with the reader's catalogue.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence to be translated: its English text and the values that stand in it."""

    msgid: str
    values: tuple[tuple[str, str], ...] = ()

    def render(self, gettext: Callable[[str], str]) -> str:
        """Return the sentence in the language that ``gettext`` speaks."""
        text = gettext(self.msgid)
        return text % dict(self.values) if self.values else text

    def __str__(self) -> str:
        return self.render(lambda text: text)


def say(msgid: str, **values: object) -> Said:
    """Name a sentence; the catalogue tools collect every literal given here."""
    return Said(msgid, tuple(sorted((name, str(value)) for name, value in values.items())))
