"""Screen households by the whole catalogue, and the same three-condition rules by openfisca-core.

`python -m benchmarks.screening [HOUSEHOLDS]`. openfisca-core is no dependency of ours: `make bench` installs
it into `.venv-bench` (`tools/beside.py`); where that failed only our own figure is printed.
"""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from coop.schemes.queries.catalogue import catalogue
from coop.schemes.rules.judging import DayRules
from coop.schemes.rules.scheme import Catalogue
from tests.schemes.chance import households

ON = date(2026, 12, 1)
CHUNK = 2_000
ROOT = Path(__file__).resolve().parent.parent
BESIDE = ROOT / ".venv-bench"


def main(count: int = 100_000) -> None:
    """Print seconds of processor time on one core, then the ratio."""
    whole = catalogue()
    verdicts, reasons, persons, outcomes = _screen(whole, count)
    share = 100_000 / count
    print(
        f"{count:,} households, {persons:,} persons, {outcomes:,} results of {len(whole.schemes)} schemes: "
        f"verdicts alone {verdicts:.0f} s, with reasons {reasons:.0f} s "
        f"(a hundred thousand: {verdicts * share:.0f} s, aim 60; {reasons * share:.0f} s, aim 300)"
    )
    _compare(min(count, 100_000))


def _screen(whole: Catalogue, count: int) -> tuple[float, float, int, int]:
    rules = (DayRules(whole, ON), DayRules(whole, ON))
    verdicts = reasons = 0.0
    persons = outcomes = 0
    codes = sorted(whole.schemes)
    for seed in range(-(-count // CHUNK)):
        size = min(CHUNK, count - seed * CHUNK)
        made = list(households(whole.book, codes, ON, seed=seed, count=size))
        persons += sum(len(facts.persons) for facts in made)
        began = time.process_time()
        for facts in made:
            rules[0].results(facts)
        between = time.process_time()
        for facts in made:
            outcomes += len(rules[1].outcomes(facts))
        reasons += time.process_time() - between
        verdicts += between - began
    return verdicts, reasons, persons, outcomes


def _compare(count: int) -> None:
    """By the Python of .venv-bench where it stands, so that both are measured in one process."""
    ready = (BESIDE / "ready").exists()
    python = BESIDE / "bin" / "python" if ready else Path(sys.executable)
    sys.stdout.flush()
    subprocess.run([python, "-m", "benchmarks.beside", str(count)], cwd=ROOT, check=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
