"""``python -m coop`` a hundred times: each a process of its own, forked from one with the libraries loaded.

To load them takes most of a second and to run most commands a tenth of one. Nothing of ours is loaded
before the fork: a command that forgets an import of its own fails here as it fails for a person.
"""

import contextlib
import gc
import json
import os
import pkgutil
import select
import signal
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
            start_new_session=True,
        )  # fmt: skip

    def run(self, asked: dict[str, Any], seconds: int) -> int:
        to, back = self._process.stdin, self._process.stdout
        assert to is not None
        assert back is not None
        to.write(json.dumps(asked).encode() + b"\n")
        to.flush()
        if not select.select([back], [], [], seconds)[0]:
            os.killpg(self._process.pid, signal.SIGKILL)  # and what it has forked
            _ready.cache_clear()
            raise TimeoutError(f"{asked['words']} did not end in {seconds} s")
        return int(back.readline())


@cache
def _ready() -> _Loaded:
    return _Loaded()


def _fork_for_each() -> None:
    """Load what the program's modules take from elsewhere, then fork for each line of standard input."""
    for name in _libraries():
        with contextlib.suppress(ImportError):  # a part that its library makes itself
            import_module(name)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _libraries() -> list[str]:
    """The modules of others that are loaded with all of ours, learnt in a child that ends."""
    reads, writes = os.pipe()
    if os.fork() == 0:
        import coop

        for module in pkgutil.walk_packages(coop.__path__, "coop."):
            if not module.name.endswith("__main__") and "_migrations" not in module.name:
                import_module(module.name)
        others = [name for name in sys.modules if name.split(".")[0] not in ("coop", "__main__")]
        with os.fdopen(writes, "w") as out:
            out.write("\n".join(others))
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as told:
        names = told.read().split()
    os.wait()
    return names


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
