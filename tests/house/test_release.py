"""What goes out of the house: the lock and the wheel."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT, files

LOCK = ROOT / "requirements.lock"
BENCH_LOCK = ROOT / "requirements-bench.lock"
HOW = "compile it anew as CONTRIBUTING.md says"


def _locked() -> dict[str, str]:
    """Versions by name."""
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\\n]+)", LOCK.read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pinned}


def test_the_lock_holds_all_that_is_asked_for() -> None:
    """Each dependency of pyproject.toml is locked to a version that it allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = _locked()
    assert len(locked) > 50
    asked = [
        Requirement(line)
        for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    ]
    wrong = [
        str(requirement)
        for requirement in asked
        if (name := canonicalize_name(requirement.name)) not in locked
        or not requirement.specifier.contains(locked[name], prereleases=True)
    ]
    assert not wrong, f"{HOW}: {wrong}"


@pytest.mark.parametrize("lock", [LOCK, BENCH_LOCK], ids=["product", "bench"])
def test_the_lock_names_versions_and_hashes_and_nothing_else(lock: Path) -> None:
    """No address of an index, no path of a machine: it installs from wherever pip is pointed at."""
    line = re.compile(
        r"^[a-z0-9._-]+==[^\s;]+( ; [^\\]+)? \\$|^    --hash=sha256:[0-9a-f]{64}( \\)?$",
        re.IGNORECASE,
    )
    odd = [text for text in lock.read_text("utf-8").splitlines() if not line.match(text)]
    assert not odd, f"{HOW}: {odd[:5]}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network from the tree as it stands."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index",
         "--disable-pip-version-check", "-q", "-w", str(folder), str(ROOT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    [made] = folder.glob("*.whl")
    return made


def test_the_wheel_carries_pages_migrations_and_words(wheel: Path) -> None:
    """All that ``coop/paths.py`` looks for beside the package goes with it, and no test does."""
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    expected = {
        f"coop/_templates/{p.relative_to(ROOT / 'templates').as_posix()}"
        for p in files(under="templates")
    }
    expected |= {
        f"coop/_migrations/{p.relative_to(ROOT / 'migrations').as_posix()}"
        for p in files(".py", ".sql", under="migrations")
    }
    for folder in ("coop/static", "coop/locale", "coop/schemes"):
        expected |= {p.relative_to(ROOT).as_posix() for p in files(under=folder)}
    assert {Path(name).suffix for name in expected} >= {".html", ".sql", ".css", ".po", ".toml"}
    assert not expected - inside, f"missing in the wheel: {sorted(expected - inside)}"
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    strange = [
        name for name in inside if name.split("/")[0] not in ("coop",) and ".dist-info/" not in name
    ]
    assert not strange, f"not ours to install: {strange}"


def test_the_wheel_runs_where_there_is_no_checkout(wheel: Path, tmp_path: Path) -> None:
    """Pages, migrations and words are found inside the package."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    asked = (
        "import coop.paths as p, coop.kernel.i18n as i;"
        "assert p.TEMPLATES.joinpath('_base.html').is_file();"
        "assert list(p.MIGRATIONS.glob('sql/*.sql')) and list(p.MIGRATIONS.glob('coop_*.py'));"
        "assert list(p.STATIC.glob('*.css'));"
        "[i.use_language(c).__enter__() and i.gettext('x') for c in i.LANGUAGES];"
        "print(p.PACKAGE)"
    )
    surroundings = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    for command, said in (
        (["-c", asked], str(tmp_path / "coop")),
        (["-m", "coop", "--help"], "coop"),
    ):
        done = subprocess.run(
            [sys.executable, *command], cwd=tmp_path, env=surroundings,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
