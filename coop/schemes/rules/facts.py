"""What can be known about a household: each fact's name, kind, question and who may ask it.

``p.`` is about one person, ``h.`` about the household. A fact that nobody answered is unknown;
no fact has a default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from coop.schemes.rules.dates import Measure, Span

Number = int | Decimal
Answer = bool | int | Decimal | str | frozenset[str] | Span


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages; the names suit the filter ``named``."""

    name_en: str
    name_hi: str


class Kind(StrEnum):
    """What an answer is. ``schemes``: a set whose words are the codes of the catalogue."""

    BOOL = "bool"
    INT = "int"
    NUM = "num"
    ENUM = "enum"
    SET = "set"
    SCHEMES = "schemes"
    DATE = "date"


class Care(StrEnum):
    """Why not everybody may ask or read a fact.

    ``safeguarded``: health, and the grounds on which a child needs care; the focal point's only.
    """

    PLAIN = "plain"
    SENSITIVE = "sensitive"
    MONEY = "money"
    CHILD = "child"
    SAFEGUARDED = "safeguarded"


TALK = "talk"
# The drawings of static/asks.svg.
PICTURES = frozenset(
    [
        "talk",
        "birth",
        "person",
        "couple",
        "paper",
        "stick",
        "mother",
        "health",
        "school",
        "office",
        "money",
        "bank",
        "work",
        "road",
        "women",
        "field",
        "bowl",
        "house",
        "village",
        "wheels",
        "pot",
        "lamp",
        "garland",
    ]
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One question. ``low`` and ``high`` are both allowed; ``options`` in the order read out.

    ``picture``: the drawing beside it, one of ``PICTURES``.
    """

    name: str
    kind: Kind
    care: Care
    ask: Text
    order: int
    hint: Text | None = None
    unit: str = ""
    low: int | None = None
    high: int | None = None
    options: tuple[tuple[str, Text], ...] = ()
    picture: str = TALK

    @property
    def of_household(self) -> bool:
        """Whether the household answers, not one person."""
        return self.name.startswith("h.")

    @property
    def key(self) -> str:
        """The name within its place, as a file of facts writes it: ``dob``."""
        return self.name[2:]

    @property
    def words(self) -> frozenset[str]:
        """The words that an answer may hold."""
        return frozenset(word for word, _ in self.options)

    def option(self, word: str) -> Text:
        """How a word is read out; the word itself where nothing is written."""
        return dict(self.options).get(word, Text(word, word))


@dataclass(frozen=True)
class FactBook:
    """All facts by name, and what is worked out from dates: measure name to its date and way."""

    facts: Mapping[str, Fact]
    measures: Mapping[str, tuple[str, Measure]]

    def base(self, name: str) -> str:
        """The fact that is asked for a name that stands in a rule: ``p.age`` is asked by ``p.dob``."""
        return self.measures[name][0] if name in self.measures else name

    @cached_property
    def of_person(self) -> Mapping[str, Fact]:
        """Facts of a person by their key."""
        return {fact.key: fact for fact in self.facts.values() if not fact.of_household}

    @cached_property
    def of_household(self) -> Mapping[str, Fact]:
        """Facts of the household by their key."""
        return {fact.key: fact for fact in self.facts.values() if fact.of_household}


@dataclass(frozen=True, slots=True)
class Person:
    """One person's answers by the fact's full name; what is not there is unknown."""

    id: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a household and its persons."""

    household: Mapping[str, Answer]
    persons: tuple[Person, ...]
