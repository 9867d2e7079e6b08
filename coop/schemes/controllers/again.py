"""Households to check again, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coop.kernel import i18n
from coop.kernel.words import Said
from coop.schemes.queries.life import ToCheck
from coop.schemes.queries.screened import scheme_names
from coop.schemes.rules.facts import Text
from coop.schemes.rules.life import WORDS, Reason

_NAMED = 2  # schemes that are named where rules changed; of the rest the number is told


@dataclass(frozen=True, slots=True)
class WhyShown:
    """A reason; ``who`` and ``age`` at a birthday, else empty and 0. ``more``: schemes not named."""

    words: Said
    on: date
    who: str
    age: int
    schemes: tuple[Text, ...]
    more: int


@dataclass(frozen=True, slots=True)
class AgainShown:
    """A household of the list."""

    household_no: str
    village: str
    checked_on: date
    reasons: tuple[WhyShown, ...]


def again_shown(found: Sequence[ToCheck]) -> tuple[AgainShown, ...]:
    """The list in the language that is spoken now."""
    return tuple(
        AgainShown(
            one.household_no,
            one.village,
            one.checked_on,
            tuple(_why(why, one) for why in one.reasons),
        )
        for one in found
    )


def _why(why: Reason, one: ToCheck) -> WhyShown:
    hindi, latin = one.names.get(why.person_no, ("", ""))
    name = (hindi or latin) if i18n.language() == i18n.HINDI else (latin or hindi)
    names = scheme_names()
    return WhyShown(
        WORDS[why.kind],
        why.on,
        name or why.person_no,
        why.age,
        tuple(names[code] for code in why.schemes[:_NAMED]),
        max(0, len(why.schemes) - _NAMED),
    )
