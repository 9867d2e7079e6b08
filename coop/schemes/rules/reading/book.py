"""The facts: files of persons and of households, of the words they are answered with, of their pictures."""

from collections.abc import Mapping

from coop.schemes.rules.dates import Measure
from coop.schemes.rules.facts import PICTURES, TALK, Care, Fact, FactBook, Kind, Text
from coop.schemes.rules.reading.page import Faults, Page

_KINDS = {kind.value: kind for kind in Kind}
_CARES = {care.value: care for care in Care if care is not Care.PLAIN}
_MEASURES = {measure.value: measure for measure in Measure}
OPTIONS, DRAWN = "options.toml", "pictures.toml"


def read_book(files: Mapping[str, Mapping[str, object]], faults: Faults) -> FactBook:
    """Read every fact. ``files``: by name, ``options.toml`` among them."""
    drawn = _pictures(files.get(DRAWN, {}), faults)
    options = {fact: texts(words, OPTIONS, fact, faults) for fact, words in files[OPTIONS].items()}
    facts: dict[str, Fact] = {}
    measures: dict[str, tuple[str, Measure]] = {}
    for name, given in files.items():
        if name in (OPTIONS, DRAWN):
            continue
        whole = Page(given, name, "", faults)
        for page in whole.rows("fact"):
            fact = _fact(page, len(facts), options, measures, drawn)
            if fact.name in facts or fact.name[:2] not in ("p.", "h."):
                page.fault(f"the name {fact.name} stands twice or is not p. or h.")
            facts[fact.name] = fact
        whole.done()
    for fact_name in options.keys() - facts.keys():
        faults.add(OPTIONS, fact_name, "no fact of this name")
    for fact_name in drawn.keys() - facts.keys():
        faults.add(DRAWN, fact_name, "no fact of this name")
    return FactBook(facts, measures)


def _pictures(given: Mapping[str, object], faults: Faults) -> dict[str, str]:
    """The picture of each fact by the fact's name."""
    found: dict[str, str] = {}
    for picture, names in given.items():
        if picture not in PICTURES:
            faults.add(
                DRAWN, picture, f"no such picture: take one of {', '.join(sorted(PICTURES))}"
            )
        for name in names if isinstance(names, list) else ():
            if name in found:
                faults.add(DRAWN, picture, f"{name} has a picture already: {found[name]}")
            found[str(name)] = picture
    return found


def texts(given: object, file: str, row: str, faults: Faults) -> dict[str, Text]:
    """A table of sentences by word, in their order."""
    page = Page(given, file, row, faults)
    words = tuple(given) if isinstance(given, Mapping) else ()
    return {word: page.text(word) for word in words}


def _fact(
    page: Page,
    order: int,
    options: Mapping[str, Mapping[str, Text]],
    measures: dict[str, tuple[str, Measure]],
    drawn: Mapping[str, str],
) -> Fact:
    name = page.needed("name", str, "")
    page.row = name or page.row
    kind = page.word("type", _KINDS, Kind.BOOL)
    care = page.take("care", str)
    if care is not None and care not in _CARES:
        page.fault(f"care = {care} is not one of {', '.join(_CARES)}")
    if (kind in (Kind.ENUM, Kind.SET)) != (name in options):
        page.fault(f"{OPTIONS} lists words for an enum or a set, and for nothing else")
    gives = page.raw("gives")
    if gives is not None:
        for measure, way in (gives if isinstance(gives, Mapping) else {}).items():
            if kind is not Kind.DATE or way not in _MEASURES:
                page.fault(f"gives {measure}: a date gives {', '.join(_MEASURES)}")
            else:
                measures[str(measure)] = (name, _MEASURES[str(way)])
    fact = Fact(
        name=name,
        kind=kind,
        care=_CARES.get(care or "", Care.PLAIN),
        ask=page.text("ask"),
        order=order,
        hint=page.maybe_text("hint"),
        unit=page.take("unit", str) or "",
        low=page.take("low", int),
        high=page.take("high", int),
        options=tuple(options.get(name, {}).items()),
        picture=drawn.get(name, TALK),
    )
    page.done()
    return fact
