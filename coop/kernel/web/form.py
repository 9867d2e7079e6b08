"""What a person typed, and what is wrong with it: drawn again, said above and beside.

A page whose context holds ``form`` with problems gets the error summary and "Error:" in its
title; the macros of ``templates/_field.html`` read values and problems from it by name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing to put right; ``field`` is the input's name, None where it is about the whole."""

    field: str | None
    message: Said


@dataclass(frozen=True, slots=True)
class Form:
    """Texts as typed, by the inputs' names, and the problems found in them."""

    values: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[FieldProblem, ...] = ()

    def value(self, name: str) -> str:
        """Return what was typed, an empty text where nothing was."""
        return self.values.get(name, "")

    def problem(self, name: str) -> Said | None:
        """Return the first problem of an input."""
        return next((one.message for one in self.problems if one.field == name), None)

    def has_problem(self, *names: str) -> bool:
        """Tell whether one of these inputs has a problem."""
        return any(one.field in names for one in self.problems)

    def with_problems(self, problems: Iterable[FieldProblem]) -> "Form":
        """Return the same form with further problems."""
        return replace(self, problems=(*self.problems, *problems))

    def with_refusals(self, refusals: Iterable[Refusal]) -> "Form":
        """Return the same form with an operation's refusals at their fields."""
        return self.with_problems(problems_of(refusals))


def problems_of(refusals: Iterable[Refusal]) -> tuple[FieldProblem, ...]:
    """Turn refusals into problems of fields."""
    return tuple(FieldProblem(refusal.field, refusal.message) for refusal in refusals)


def form_of(typed: Mapping[str, object]) -> Form:
    """Keep the texts of a posted form, so that it can be drawn again as it was.

    A password or a code is never drawn again.
    """
    kept = {
        name: value
        for name, value in typed.items()
        if isinstance(value, str) and name not in ("password", "new_password", "code")
    }
    return Form(kept)
