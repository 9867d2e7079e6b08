"""The door: sign in, the second factor, one's own account, sign out."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import segno
from litestar import Controller, Request, Response, get, post
from litestar.exceptions import NotAuthorizedException
from markupsafe import Markup
from pyotp import TOTP

from coop.access.actor import Actor, Office
from coop.access.guard import SECOND_FACTOR_PAGE, acting, actor_of
from coop.access.permission import Permission
from coop.access.role_names import ROLE_NAMES
from coop.identity import operations, queries
from coop.identity.forms import HOME, one_text, own_page, read_password, read_sign_in
from coop.identity.operations.sealing import offered_secret
from coop.kernel.db import Reach, transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.web.form import Form, problems_of
from coop.kernel.web.page import page, reading_of
from coop.kernel.web.rate import trusted_hop
from coop.kernel.web.session import OpenSession, ended_cookie, session_cookie
from coop.kernel.words import Said
from coop.settings import settings

AnyRequest = Request[Any, Any, Any]
_SELF = {"permission": Permission.IDENTITY_SELF_USE}
_SESSION = {"permission": Permission.IDENTITY_SESSION_USE}


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What ``identity/account.html`` shows of the person."""

    name: str
    user: str
    roles: tuple[Said, ...]
    place: Office | None
    signed_in_at: object
    second_factor: bool


@dataclass(frozen=True, slots=True)
class Setup:
    """The secret of a second factor to be set up: in fours to type, and as a picture."""

    secret: str
    qr_svg: Markup


class DoorController(Controller):
    """Sign in and out."""

    @get("/sign-in", opt={"public": True})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the form; who is signed in goes home."""
        actor = actor_of(request.scope)
        if actor is not None and not actor.owes_second_factor:
            return _go_on(HOME)
        asked = own_page(request.query_params.get("next", ""))
        return page(request, "identity/sign_in.html", {"form": Form(), "next": asked})

    # The form is sent before there is a session: what keeps a stranger's page from signing
    # somebody in as somebody else is the check of the origin.
    @post("/sign-in", opt={"public": True, "csrf": "origin"})
    async def sign_in(self, request: AnyRequest) -> Response[Any]:
        """Open a session, or show the form again without saying what was wrong."""
        typed, missing = read_sign_in(await request.form())
        if missing:
            return _again(request, typed.user, typed.next, missing)
        given = operations.Credentials(typed.user, typed.password, typed.code, _hop(request))
        before = request.scope["state"].get("session")
        try:
            opened = await operations.sign_in(given, before=before.key if before else None)
        except Refused as refused:
            return _again(request, typed.user, typed.next, refused.refusals)
        return _with_token(opened.token, SECOND_FACTOR_PAGE if opened.code_to_come else typed.next)

    @post("/sign-out", opt=_SESSION)
    async def sign_out(self, request: AnyRequest) -> Response[Any]:
        """End the session here and in the browser."""
        await operations.sign_out(acting(request), _session(request).key)
        answer = _go_on("/sign-in")
        answer.set_cookie(ended_cookie(secure=settings().secure))
        return answer


_CODE_PAGES = ["/sign-in/code", SECOND_FACTOR_PAGE]


class SecondFactorController(Controller):
    """Set up the second factor, or give its code."""

    opt = _SESSION

    @get(_CODE_PAGES)
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the form, and the secret where none is set up yet."""
        actor = acting(request)
        if actor.second_factor_passed:
            return _go_on("/account")
        return await _code_page(request, actor, ())

    @post(_CODE_PAGES)
    async def give(self, request: AnyRequest) -> Response[Any]:
        """Take the code; the session goes on under a new token."""
        actor, code = acting(request), one_text(await request.form(), "code")
        try:
            token = await operations.give_code(actor, _session(request).key, code, _hop(request))
        except Refused as refused:
            return await _code_page(request, actor, refused.refusals)
        return _with_token(token, own_page(request.query_params.get("next", "")))


class AccountController(Controller):
    """One's own page."""

    path = "/account"
    opt = _SELF

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show name, roles, language and the form for a new password."""
        return await _account_page(
            request, acting(request), (), saved="saved" in request.query_params
        )

    @post("/password")
    async def change_password(self, request: AnyRequest) -> Response[Any]:
        """Change the password; every other session ends."""
        actor = acting(request)
        form, missing = read_password(await request.form())
        if missing:
            return await _account_page(request, actor, missing)
        try:
            token = await operations.change_password(
                actor, form.current_password, form.new_password, _hop(request)
            )
        except Refused as refused:
            return await _account_page(request, actor, refused.refusals)
        return _with_token(token, "/account?saved")

    @post("/language")
    async def choose_language(self, request: AnyRequest) -> Response[Any]:
        """Keep the language that the person reads."""
        actor = acting(request)
        try:
            await operations.choose_language(actor, one_text(await request.form(), "language"))
        except Refused as refused:
            return await _account_page(request, actor, refused.refusals)
        return _go_on("/account?saved")


CONTROLLERS = (DoorController, SecondFactorController, AccountController)


def _hop(request: AnyRequest) -> str:
    return trusted_hop(request.scope, settings().trusted_proxy)


def _session(request: AnyRequest) -> OpenSession:
    found = request.scope["state"].get("session")
    if not isinstance(found, OpenSession):
        raise NotAuthorizedException
    return found


def _go_on(path: str) -> Response[Any]:
    return Response(None, status_code=HTTPStatus.SEE_OTHER, headers={"location": path})


def _with_token(token: str, path: str) -> Response[Any]:
    answer = _go_on(path)
    answer.set_cookie(session_cookie(token, secure=settings().secure))
    return answer


def _status(refusals: Iterable[Refusal]) -> int:
    """Too many tries is said as such; everything else is a form to put right."""
    waiting = {"too_many_tries", "busy"}
    return 429 if any(one.code in waiting for one in refusals) else 422


def _again(
    request: AnyRequest, user: str, next_page: str, refusals: tuple[Refusal, ...]
) -> Response[Any]:
    form = Form({"user": user}, problems_of(refusals))
    context = {"form": form, "next": next_page}
    return page(request, "identity/sign_in.html", context, _status(refusals))


async def _code_page(
    request: AnyRequest, actor: Actor, refusals: tuple[Refusal, ...]
) -> Response[Any]:
    setup = None
    if not actor.second_factor_enrolled:
        key = _session(request).key
        async with transaction(Reach(actor.label, ())) as tx:
            account = await queries.account_of(tx, actor.user_id or 0, key)
        setup = _setup(offered_secret(key), account.user)
    context = {"form": Form({}, problems_of(refusals)), "setup": setup}
    return page(
        request, "identity/second_factor.html", context, _status(refusals) if refusals else 200
    )


def _setup(secret: str, user: str) -> Setup:
    uri = TOTP(secret).provisioning_uri(name=user, issuer_name=f"Abhrak {settings().host_text}")
    picture = segno.make(uri, error="m", micro=False)
    fours = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    # Ours from end to end: drawn from the address above, no sign of a person's in it.
    return Setup(fours, Markup(picture.svg_inline(scale=5, omitsize=True)))  # noqa: S704  (see above)


async def _account_page(
    request: AnyRequest, actor: Actor, refusals: tuple[Refusal, ...], *, saved: bool = False
) -> Response[Any]:
    async with transaction(Reach(actor.label, ())) as tx:
        found = await queries.account_of(tx, actor.user_id or 0, _session(request).key)
    shown = AccountPage(
        found.name,
        found.user,
        tuple(dict.fromkeys(ROLE_NAMES[held.role] for held in actor.assignments)),
        actor.office,
        found.signed_in_at,
        found.second_factor,
    )
    form = Form({"language": reading_of(request).lang}, problems_of(refusals))
    context = {"account": shown, "form": form, "saved": saved}
    return page(request, "identity/account.html", context, _status(refusals) if refusals else 200)
