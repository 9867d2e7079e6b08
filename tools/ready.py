"""Build .venv with exactly what requirements.lock names, every file checked by its hash.

Called by ``tools/ready.sh`` with the text of the stamp that says what .venv was built from. The
stamp is written last, so that an interrupted start begins again.
"""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "ready"
PYTHON = VENV / "bin" / "python"
NEEDS_NETWORK = "The first start needs the network (the Python package index). Then say it again."


def stop(*lines: str) -> None:
    """End with a message that says what to put right."""
    for line in lines:
        print(line, file=sys.stderr)
    sys.exit(2)


def can_be_kept() -> bool:
    """Whether .venv runs, has this version of Python and was made in this place.

    Then only packages change. Programs in a folder that was moved still name the old place.
    """
    programs = VENV / "bin" / "pip"
    if not PYTHON.exists() or not programs.exists():
        return False
    asked = "import sys, pip; print(sys.version_info[:2])"
    said = subprocess.run([PYTHON, "-I", "-c", asked], capture_output=True, text=True, check=False)
    same = said.stdout.strip() == str(tuple(sys.version_info[:2]))
    return same and str(VENV) in programs.read_text("utf-8", "replace")


def make() -> None:
    """Make an empty .venv."""
    try:
        import ensurepip  # noqa: F401  (Debian leaves it out; venv would fail with a riddle)
        import venv  # noqa: F401
    except ImportError:
        name = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        stop(
            f"{sys.executable} has no venv module.",
            f"Install it (Debian, Ubuntu: apt-get install python3-venv, or {name}).",
        )
    made = subprocess.run([sys.executable, "-I", "-m", "venv", "--clear", VENV], check=False)
    if made.returncode != 0:
        stop(f"{VENV} could not be made; is the folder writable, is the disk full?")


def pip(*arguments: str, hint: str) -> None:
    """Call .venv's pip; what the person's own pip settings say about targets does not apply.

    The lock is complete, so nothing is resolved (and pip 23 cannot match hashes to a dependency
    that names an extra).
    """
    mine = {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    dropped = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONPATH", "PYTHONHOME")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    done = subprocess.run(
        [PYTHON, "-m", "pip", "install", "--no-deps", "-qq", *arguments],
        cwd=ROOT,
        env={**kept, **mine},
        check=False,
    )
    if done.returncode != 0:
        stop(f"pip could not install {arguments[-1]}; its reason stands above.", hint)


def main() -> None:
    """Make .venv ready; two at once wait for each other."""
    stamp = sys.argv[1]
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if PYTHON.exists() and STAMP.exists() and STAMP.read_text("utf-8").strip() == stamp:
            return
        print("First start: setting up .venv (a minute or two) ...", file=sys.stderr, flush=True)
        STAMP.unlink(missing_ok=True)
        if not can_be_kept():
            make()
        pip("--require-hashes", "--requirement", "requirements.lock", hint=NEEDS_NETWORK)
        pip("--no-build-isolation", "--editable", ".", hint="pyproject.toml may be at fault.")
        STAMP.write_text(stamp + "\n", "utf-8")


if __name__ == "__main__":
    main()
