"""Refusals: what the system will not do, why, and at which field.

A rule returns them; an operation raises ``Refused`` before anything is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coop.kernel.words import Said


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason. ``code`` is fixed for programs, ``message`` is for people."""

    code: str
    message: Said
    field: str | None = None


class Refused(Exception):
    """An act was refused; nothing of it was written."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(", ".join(refusal.code for refusal in self.refusals))


class Conflict(Exception):
    """The same operation id came before with another content; the first stands."""


class NotThere(Exception):
    """Outside the reader's reach a thing does not exist: answered 404, never 403."""


class Unusable(Exception):
    """Input or surroundings that cannot be used; the text says what to put right. Exit 2."""
