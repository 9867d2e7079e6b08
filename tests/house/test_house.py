"""The rules of the house that are about files, names and numbers. Each failure says what to do."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import ROOT, Function, files, functions, layer, named, parsed, short

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 60  # the guide is 40; past 60 nobody can hold it in their head
WRITTEN_BY_HAND = (
    ".py",
    ".html",
    ".css",
    ".js",
    ".sql",
    ".sh",
    ".toml",
    "Makefile",
    "Dockerfile",
    "run",
)
EMPTY_NAMES = re.compile(
    r"^(utils?|helpers?|common|misc|services?|managers?|stuff|lib|core|base|shared)$"
)
THE_CLOCKS_WORDS = ("now", "utcnow", "today")
MONEY_OR_WEIGHT = re.compile(
    r"(^|_)(paise|grams?|rupees?|kg|money|tare|gross|amount|rate|floor|premium|payable)(_|$)"
)


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    """A file that grows becomes a folder of the same name."""
    long = {
        short(path): count
        for path in files(*WRITTEN_BY_HAND)
        if (count := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert not long, f"split into a folder of the same name: {long}"


def test_functions_can_be_read_at_a_glance() -> None:
    """Say what a part does by giving it a name of its own."""
    long = {
        f"{function.name}:{function.node.lineno}": function.lines
        for path in [*files(".py", under="coop"), *files(".py", under="tools")]
        for function in functions(path)
        if function.lines > MOST_LINES_OF_A_FUNCTION
    }
    assert not long, f"over {MOST_LINES_OF_A_FUNCTION} lines: {long}"


def test_names_say_what_is_inside() -> None:
    """A drawer called "common" fills with everything: use the field's own word."""
    empty = {
        short(path)
        for path in files()
        for part in path.relative_to(ROOT).parts
        if EMPTY_NAMES.match(part.partition(".")[0])
    }
    assert not empty, f"name them after what they hold: {sorted(empty)}"


def test_every_domain_says_in_a_readme_what_its_words_mean() -> None:
    """Ten lines: the words, the practice it follows, what it must never do."""
    silent = [
        short(folder)
        for folder in sorted(ROOT.glob("coop/*/"))
        if (folder / "tables.py").exists() and not (folder / "README.md").exists()
    ]
    assert not silent, f"write the README.md of: {silent}"


def _near_money(node: ast.AST) -> bool:
    return any(MONEY_OR_WEIGHT.search(name) for name in named(node))


def _floats(function: Function) -> Iterator[str]:
    for node in ast.walk(function.node):
        if isinstance(node, ast.Name) and node.id == "float":
            yield f"float at line {node.lineno}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"{node.value} at line {node.lineno}"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _near_money(node):
            yield f"division at line {node.lineno}"


def test_no_float_comes_near_money_or_weight() -> None:
    """Money is whole paise and weight whole grams; shares are worked out by // and Decimal."""
    found = {
        function.name: list(faults)
        for path in files(".py", under="coop")
        for function in functions(path)
        if _near_money(function.node) and (faults := list(_floats(function)))
    }
    assert not found, f"use int, // or kernel.money: {found}"


def test_the_float_test_can_see() -> None:
    """What the test above is for is found by it."""
    bad = ast.parse("def share(amount_paise):\n    return amount_paise / 2 + float('1') + 0.5")
    node = bad.body[0]
    assert isinstance(node, ast.FunctionDef)
    assert len(list(_floats(Function(ROOT / "coop" / "x.py", node)))) == 3
    assert _near_money(node)


def test_rules_have_no_clock_and_wait_for_nothing() -> None:
    """Facts come in as arguments, the time among them; then a rule can be proved on paper."""
    faults = []
    for path in layer("rules"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.AsyncFunctionDef | ast.Await):
                faults.append(f"{short(path)}:{node.lineno} waits")
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in THE_CLOCKS_WORDS:
                faults.append(f"{short(path)}:{node.lineno} reads the clock")
            if isinstance(node, ast.ImportFrom) and node.module == "coop.kernel.clock":
                faults += [
                    f"{short(path)}:{node.lineno} imports the clock's {alias.name}"
                    for alias in node.names
                    if alias.name in THE_CLOCKS_WORDS
                ]
    assert layer("rules")
    assert not faults, f"give the rule what it needs as an argument: {faults}"


def test_the_time_comes_from_one_clock() -> None:
    """``coop.kernel.clock.now()``, so that tests, the seed and `--as-of` can set it."""
    faults = [
        f"{short(path)}:{node.lineno}"
        for path in files(".py", under="coop")
        if short(path) != "coop/kernel/clock.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and node.attr in THE_CLOCKS_WORDS
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "date", "dt")
    ]
    assert not faults, f"use kernel.clock: {faults}"


def test_no_file_names_a_machine_or_a_person_at_it() -> None:
    """What is built here must be built anywhere."""
    # roots under which people and build machines keep a checkout, and a package index of one's own
    places = re.compile(
        r"(?<![\w.])/(?:home|root|Users|work|workspace|builds|tmp)/[\w.-]"
        r"|--(?:extra-)?index-url"
    )
    faults = []
    for path in files():
        if path == ROOT / "tests" / "house" / "test_house.py":
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a font or a picture
        faults += [f"{short(path)}: {found.group()}" for found in places.finditer(text)]
        if len(ROOT.parts) > 2 and str(ROOT) in text:
            faults.append(f"{short(path)}: {ROOT}")
    assert not faults, f"no path or address of one machine: {faults}"
