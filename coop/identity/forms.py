"""What people type at the door and on their own page. Each field once; the rest is not read."""

from collections.abc import Mapping
from dataclasses import dataclass

from coop.kernel.refusal import Refusal
from coop.kernel.web.errors import safe_next
from coop.kernel.words import Said, say

HOME = "/home"
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class SignInForm:
    """User name, password, a code if there is one, and where to go on to."""

    user: str
    password: str
    code: str
    next: str


@dataclass(frozen=True, slots=True)
class PasswordForm:
    """The password now and the new one."""

    current_password: str
    new_password: str


def one_text(typed: Mapping[str, object], name: str) -> str:
    """Return a field's text, shortened to what anything of ours can be; no file, no null."""
    value = typed.get(name, "")
    return value[:LONGEST] if isinstance(value, str) else ""


def read_sign_in(typed: Mapping[str, object]) -> tuple[SignInForm, tuple[Refusal, ...]]:
    """Return the form and what is missing from it."""
    form = SignInForm(
        one_text(typed, "user"),
        one_text(typed, "password"),
        one_text(typed, "code").strip(),
        own_page(one_text(typed, "next")),
    )
    needed = (
        ("user", form.user, say("Fill in your user name.")),
        ("password", form.password, say("Fill in your password.")),
    )
    return form, _missing(needed)


def read_password(typed: Mapping[str, object]) -> tuple[PasswordForm, tuple[Refusal, ...]]:
    """Return the form and what is missing from it."""
    form = PasswordForm(one_text(typed, "current_password"), one_text(typed, "new_password"))
    needed = (
        ("current_password", form.current_password, say("Fill in your password now.")),
        ("new_password", form.new_password, say("Fill in the new password.")),
    )
    return form, _missing(needed)


def _missing(needed: tuple[tuple[str, str, Said], ...]) -> tuple[Refusal, ...]:
    return tuple(
        Refusal("missing", message, field) for field, text, message in needed if not text.strip()
    )


def own_page(typed: str) -> str:
    """Return a page of ours to go on to; the signed-in person's home for anything else.

    >>> own_page("/members/KDM01"), own_page("//elsewhere.example"), own_page("")
    ('/members/KDM01', '/home', '/home')
    """
    path = safe_next(typed)
    return HOME if path == "/" or path.startswith(("/sign-in", "/sign-out")) else path
