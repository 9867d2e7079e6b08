"""Where the package's own files stand, in a checkout and in an installed wheel alike."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = PACKAGE.parent


def _own(name: str) -> Path:
    """The folder beside the package in a checkout, inside it in a wheel."""
    inside = PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _CHECKOUT / name


MIGRATIONS = _own("migrations")
TEMPLATES = _own("templates")
FONTS = _own("vendor") / "fonts"
STATIC = PACKAGE / "static"
LOCALE = PACKAGE / "locale"
