"""``python -m coop`` a hundred times: each a process of its own, forked from one that has all of it loaded.

To load the program takes a second and to run most commands a tenth of one. What a command does, prints
and ends with is the same; that the program starts from nothing is seen by the journeys, the torture
tests and tests/house/test_release.py.
"""

import gc
import json
import os
import pkgutil
import select
import subprocess
import sys
import traceback
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

ROOT = Path(__file__).parents[1]


def run_program(
    *words: str, surroundings: Mapping[str, str], stdin: bytes = b"", seconds: int = 180
) -> subprocess.CompletedProcess[str]:
    """Run ``coop WORDS`` from the project's root to its end, in these surroundings alone."""
    with TemporaryDirectory(prefix="coop-ran-") as name:
        given, out, err = (Path(name) / one for one in ("in", "out", "err"))
        given.write_bytes(stdin)
        files = [str(given), str(out), str(err)]
        code = _ready().run(
            {"words": words, "surroundings": dict(surroundings), "files": files}, seconds
        )
        told = out.read_text("utf-8"), err.read_text("utf-8")
        return subprocess.CompletedProcess(words, code, *told)


def without_ours() -> dict[str, str]:
    """This process's surroundings without what would lead the program to this worker's database."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COOP_")}


class _Loaded:
    """The process that has the program loaded and forks; it ends with the worker, its input closed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.program"],
            cwd=ROOT, env=without_ours(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def run(self, asked: dict[str, Any], seconds: int) -> int:
        to, back = self._process.stdin, self._process.stdout
        assert to is not None
        assert back is not None
        to.write(json.dumps(asked).encode() + b"\n")
        to.flush()
        if not select.select([back], [], [], seconds)[0]:
            self._process.kill()
            _ready.cache_clear()
            raise TimeoutError(f"{asked['words']} did not end in {seconds} s")
        return int(back.readline())


@cache
def _ready() -> _Loaded:
    return _Loaded()


def _fork_for_each() -> None:
    """Load every module of the program, then fork for each line of standard input."""
    import coop

    for module in pkgutil.walk_packages(coop.__path__, "coop."):
        if not module.name.endswith("__main__") and "_migrations" not in module.name:
            import_module(module.name)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(asked: dict[str, Any]) -> NoReturn:
    """In the child: take these surroundings and files, run the program, end as it ends."""
    from coop.cli import main

    os.environ.clear()
    os.environ.update(asked["surroundings"])
    for number, path in enumerate(asked["files"]):
        os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT), number)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.argv = ["coop", *asked["words"]]
    code = 1
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _fork_for_each()
