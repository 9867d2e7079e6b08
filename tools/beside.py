"""Build .venv-bench with exactly what requirements-bench.lock names: openfisca-core, to measure beside.

A venv of its own, because its numpy and pytest are none of the product's business. Without the network
`make bench` goes on and says that there is no ratio.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-bench"
LOCK = ROOT / "requirements-bench.lock"
STAMP = VENV / "ready"


def main() -> None:
    """Make it where it is missing or out of date; the stamp is written last."""
    stamp = f"{VENV} {sys.version_info[:2]}\n{LOCK.read_text('utf-8')}"
    if STAMP.exists() and STAMP.read_text("utf-8") == stamp:
        return
    print("Setting up .venv-bench with openfisca-core (a minute) ...", file=sys.stderr, flush=True)
    venv.create(VENV, clear=True, with_pip=True)
    dropped = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PYTHONPATH", "PYTHONHOME")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    done = subprocess.run(
        [
            VENV / "bin" / "python", "-m", "pip", "install", "--no-deps", "-qq", "--require-hashes",
            "--disable-pip-version-check", "--requirement", LOCK,
        ],
        env=kept,
        check=False,
    )  # fmt: skip
    if done.returncode == 0:
        STAMP.write_text(stamp, "utf-8")
    else:
        print("openfisca-core could not be installed; its reason stands above.", file=sys.stderr)


if __name__ == "__main__":
    main()
