"""One file a scheme: its keys, its dated rows, its sources, its worked examples."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from coop.schemes.rules.answers import WrongFacts, read_facts
from coop.schemes.rules.facts import FactBook, Facts, Kind, Text
from coop.schemes.rules.logic import AllOf, Rule
from coop.schemes.rules.reading.page import NO_TEXT, Faults, Page, near
from coop.schemes.rules.reading.rule import WrongRule, read_rule
from coop.schemes.rules.scheme import (
    About,
    Advice,
    Benefit,
    ClaimPeriod,
    Criterion,
    Days,
    Example,
    Scheme,
    Source,
    Standing,
)

_ABOUT = {about.value: about for about in About}
_STANDING = {standing.value: standing for standing in Standing}
_RESULTS = {word: word for word in ("eligible", "not_eligible", "needs_facts")}
BENEFIT_KINDS = frozenset(
    {"cash", "pension", "cover", "grain", "goods", "work", "meal", "school", "loan", "savings"}
    | {"account", "card", "fund", "bill", "area", "paper"}
)
PERS = frozenset({"month", "child_month", "day", "class", "year", "once"})
_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,19}", re.ASCII)
_NEVER = AllOf(())


@dataclass(frozen=True, slots=True)
class Words:
    """What the files of the catalogue may name besides facts."""

    codes: frozenset[str]
    documents: Mapping[str, Text]
    places: Mapping[str, Text]


class SchemeFile:
    """Reads one file; faults are kept and reading goes on, so that all are told at once."""

    def __init__(
        self, name: str, given: object, book: FactBook, words: Words, faults: Faults
    ) -> None:
        self.page = Page(given, name, "", faults)
        self.book, self.words = book, words

    def read(self) -> Scheme:
        """The scheme, sound only where no fault was added."""
        page = self.page
        about = page.word("about", _ABOUT, About.PERSON)
        days = page.days()
        scheme = Scheme(
            code=page.needed("code", str, ""),
            number=page.needed("number", int, 0),
            about=about,
            name=page.text("name"),
            authority=page.text("authority"),
            days=days,
            from_checked=page.needed("from_checked", bool, False),
            standing=page.word("verified", _STANDING, Standing.NO),
            unchecked=page.maybe_text("unchecked"),
            group=page.take("group", str) or "",
            order_seen=page.take("order_seen", bool) or False,
            private=page.take("private", bool) or False,
            one_per_household=page.take("one_per_household", bool) or False,
            documents=self._named("documents", self.words.documents),
            apply_at=self._named("apply_at", self.words.places),
            last_seen_active=page.take("last_seen_active", date),
            again=page.dates("again"),
            claim=self._claim(),
            benefits=tuple(self._benefits()),
            criteria=tuple(self._criteria(about)),
            advice=tuple(self._advice(about)),
            sources=tuple(self._sources()),
            examples=tuple(self._examples(about)),
        )
        page.done()
        self._whole(scheme)
        return scheme

    def _named(self, key: str, known: Mapping[str, Text]) -> tuple[str, ...]:
        words = self.page.words(key)
        for word in words:
            if word not in known:
                self.page.fault(f"{key}: unknown word {word}{near(word, known)}")
        return words

    def _claim(self) -> ClaimPeriod | None:
        given = self.page.raw("claim")
        if given is None:
            return None
        row = Page(given, self.page.file, "claim", self.page.faults)
        claim = ClaimPeriod(row.needed("fact", str, ""), row.needed("months", int, 0))
        fact = self.book.facts.get(claim.fact)
        if fact is None or fact.kind is not Kind.DATE:
            row.fault(f"{claim.fact} is not a date")
        row.done()
        return claim

    def _rule(self, row: Page, given: object, about: About) -> Rule:
        try:
            household = about is About.HOUSEHOLD
            return read_rule(given, self.book, self.words.codes, household=household)
        except WrongRule as wrong:
            row.fault(str(wrong))
            return _NEVER

    def _benefits(self) -> Iterator[Benefit]:
        for row in self.page.rows("benefit"):
            kind = row.needed("kind", str, "")
            if kind not in BENEFIT_KINDS:
                row.fault(f"kind: unknown kind {kind}{near(kind, BENEFIT_KINDS)}")
            rupees, per = row.take("rupees", int), row.take("per", str) or ""
            if per and per not in PERS:
                row.fault(f"per: unknown word {per}{near(per, PERS)}")
            yield Benefit(
                row.days(),
                kind,
                row.text("text"),
                rupees,
                per,
                row.take("checked", bool) is not False,
            )
            row.done()

    def _criteria(self, about: About) -> Iterator[Criterion]:
        for row in self.page.rows("criterion"):
            name = row.needed("id", str, "")
            yield Criterion(
                name,
                row.days(),
                self._rule(row, row.raw("test"), about),
                row.maybe_text("why"),
                row.take("checked", bool) is not False,
            )
            row.done()

    def _advice(self, about: About) -> Iterator[Advice]:
        for row in self.page.rows("advice"):
            when = row.raw("when")
            rule = None if when is None else self._rule(row, when, about)
            yield Advice(row.days(), row.text("text"), rule)
            row.done()

    def _sources(self) -> Iterator[Source]:
        for row in self.page.rows("source"):
            dated = row.raw("dated")
            source = Source(
                title=row.needed("title", str, ""),
                publisher=row.needed("publisher", str, ""),
                read=row.needed("read", date, date.min),
                confidence=row.needed("confidence", str, ""),
                verified=row.take("verified", bool) or False,
                dated="" if dated is None else str(dated),
            )
            if source.confidence not in ("H", "M", "L"):
                row.fault("confidence is H, M or L")
            yield source
            row.done()

    def _examples(self, about: About) -> Iterator[Example]:
        for row in self.page.rows("example"):
            on = row.needed("on", date, date.min)
            given: dict[str, object] = {"household": row.raw("household") or {}, "persons": []}
            if about is About.PERSON:
                person = row.raw("person") or {}
                given["persons"] = [
                    {"id": "one", **person} if isinstance(person, Mapping) else person
                ]
            try:
                facts = read_facts(given, self.book, self.words.codes, on)
            except WrongFacts as wrong:
                row.fault(str(wrong))
                facts = Facts({}, ())
            result = row.word("result", _RESULTS, "")
            yield Example(on, facts, result, _set(row, "failing"), _set(row, "missing"))
            row.done()

    def _whole(self, scheme: Scheme) -> None:
        """What only the file as a whole can show."""
        wrong = self.page.fault
        if not _CODE.fullmatch(scheme.code):
            wrong("code: 2 to 20 capitals, digits and _, a capital first")
        if f"{scheme.code}.toml" != self.page.file:
            wrong(f"the code {scheme.code} is not the file's name")
        if not scheme.criteria or not scheme.sources or not scheme.benefits:
            wrong("criteria, benefits and sources: at least one of each")
        if len(scheme.examples) < 2:
            wrong("at least two examples")
        if scheme.name == NO_TEXT:
            wrong("a name in both languages")
        by_id: dict[str, list[Days]] = {}
        for one in scheme.criteria:
            by_id.setdefault(one.id, []).append(one.days)
        for name, spans in by_id.items():
            if name == "in_force" or any(_overlap(*pair) for pair in combinations(spans, 2)):
                place = max(n for n, one in enumerate(scheme.criteria, 1) if one.id == name)
                row = f"criterion {place} ({name})"
                what = "id: its rows overlap, or the name is not free. End the older with to, or rename"
                self.page.faults.add(self.page.file, row, what)
        rows = [
            one.days for part in (scheme.criteria, scheme.benefits, scheme.advice) for one in part
        ]
        if any(_outside(days, scheme.days) for days in rows):
            wrong("to: a dated row begins after the scheme's end")


def _set(row: Page, key: str) -> frozenset[str] | None:
    given = row.raw(key)
    if given is None:
        return None
    return frozenset(str(one) for one in given) if isinstance(given, Iterable) else frozenset()


def _overlap(one: Days, other: Days) -> bool:
    begins = max(one.first or date.min, other.first or date.min)
    return begins <= min(one.last or date.max, other.last or date.max)


def _outside(row: Days, scheme: Days) -> bool:
    return row.first is not None and scheme.last is not None and row.first > scheme.last
