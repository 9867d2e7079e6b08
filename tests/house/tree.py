"""The tree as the house tests read it: files, functions, names."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_OUTSIDE = {"__pycache__", "build", "dist", "vendor", "sample", "node_modules", "out"}


@cache
def files(*suffixes: str, under: str = ".") -> list[Path]:
    """Every file of ours with one of the suffixes; hidden folders and what is made are left out."""
    return sorted(
        path
        for path in _walk(ROOT / under)
        if not suffixes or path.suffix in suffixes or path.name in suffixes
    )


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        hidden = path.name.startswith(".") and path.name not in (".ci", ".dockerignore")
        if hidden or path.name in _OUTSIDE or path.suffix in (".egg-info", ".pyc", ".mo"):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def short(path: Path) -> str:
    """The path as a person types it."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """The file's syntax."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


@dataclass(frozen=True, slots=True)
class Function:
    """A function and where it stands."""

    path: Path
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def name(self) -> str:
        """``coop.prices.operations.publish``."""
        module = self.path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        return f"{module.removesuffix('.__init__')}.{self.node.name}"

    @property
    def lines(self) -> int:
        """How many lines it has without its docstring."""
        assert self.node.end_lineno is not None
        length = self.node.end_lineno - self.node.lineno + 1
        first = self.node.body[0]
        if ast.get_docstring(self.node) is None or first.end_lineno is None:
            return length
        return length - (first.end_lineno - first.lineno + 1)


@cache
def functions(path: Path) -> list[Function]:
    """Every function and method of a file, also those within others."""
    return [
        Function(path, node)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


@cache
def layer(name: str) -> list[Path]:
    """The files of a layer in every domain: ``coop/*/<name>.py`` and ``coop/*/<name>/``."""
    found = [*ROOT.glob(f"coop/*/{name}.py"), *ROOT.glob(f"coop/*/{name}/**/*.py")]
    return sorted(found)


def called(function: Function) -> set[str]:
    """Names of the functions called within: ``record(...)``, or ``operations.record(...)``.

    What is called on a value (``file.write(...)``) is somebody else's.
    """
    imported = {
        alias.asname or alias.name
        for node in ast.walk(parsed(function.path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    names = set()
    for call in ast.walk(function.node):
        if isinstance(call, ast.Call):
            match call.func:
                case ast.Name(id=name):
                    names.add(name)
                case ast.Attribute(value=ast.Name(id=module), attr=name) if module in imported:
                    names.add(name)
    return names


def named(node: ast.AST) -> set[str]:
    """Every name, attribute, argument and keyword within."""
    names: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            names.add(part.id)
        elif isinstance(part, ast.Attribute):
            names.add(part.attr)
        elif isinstance(part, ast.arg | ast.keyword):
            names.add(part.arg or "")  # f(**given) has no name
    return names
