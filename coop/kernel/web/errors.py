"""What went wrong, said to a person as a page and to a program as problem+json (RFC 9457).

``Litestar(exception_handlers=HANDLERS)``. A person reads why and what to do next; nobody reads
how the inside of the program looks.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from coop.kernel import i18n
from coop.kernel.refusal import Conflict, NotThere, Refusal, Refused
from coop.kernel.web.csrf import bears_token
from coop.kernel.web.page import page, reading_of
from coop.kernel.words import Said, say

type_of_problem = "about:blank"
_log = structlog.get_logger("coop.web")
AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer that is not a success: title, why, what to do, and each reason of a refusal."""

    status: int
    title: Said
    why: Said
    what_now: Said
    refusals: tuple[Refusal, ...] = ()
    reference: str = ""


_BY_STATUS: Mapping[int, tuple[Said, Said, Said]] = {
    400: (
        say("This could not be read"),
        say("The request is not in the form that this page expects."),
        say("Go back, check what you filled in and send it again."),
    ),
    401: (
        say("Please sign in"),
        say("You are not signed in, or you were away for too long."),
        say("Sign in and do it again."),
    ),
    403: (
        say("This is not open to you"),
        say("Your role does not include this act."),
        say("Ask your manager to do it or to give you the role."),
    ),
    404: (
        say("There is no such page"),
        say("The address is wrong, or what stood here is not yours to see."),
        say("Check the address or begin at the first page."),
    ),
    405: (
        say("This address is for something else"),
        say("The page does not take this kind of request."),
        say("Begin again at the first page."),
    ),
    409: (
        say("This was sent before with other content"),
        say("The first one stands. Nothing new was written."),
        say("Look at the last slips before you enter it again."),
    ),
    413: (
        say("This is too large"),
        say("More was sent than is accepted at once."),
        say("Send it in smaller parts."),
    ),
    422: (
        say("This was refused"),
        say("Nothing was written. The reasons are below."),
        say("Put it right and send it again."),
    ),
    429: (
        say("Too many tries"),
        say("Too many requests came in a short time."),
        say("Wait a minute and try again."),
    ),
    500: (
        say("Something broke on our side"),
        say("It is not your fault. Nothing half done was kept."),
        say("Try again. If it comes back, tell your manager the number below."),
    ),
    503: (
        say("Not ready just now"),
        say("The system is starting or busy."),
        say("Try again in a minute."),
    ),
}


def problem_for(status: int, refusals: tuple[Refusal, ...] = (), reference: str = "") -> Problem:
    """Return the words for a status; one we have no words for speaks as its family does."""
    title, why, what_now = _BY_STATUS.get(status) or _BY_STATUS[500 if status >= 500 else 400]
    return Problem(status, title, why, what_now, refusals, reference)


_FOR_PROGRAMS = ("/log/", "/mr1/", "/.well-known/")


def wants_json(request: AnyRequest) -> bool:
    """Tell a program from a person: the API's paths, JSON asked for and no HTML; where programs
    read, a bearer token or no HTML asked for."""
    path, accept = request.scope["path"], request.headers.get("accept", "")
    programs = path.startswith(_FOR_PROGRAMS)
    if path.startswith("/api/") or (programs and bears_token(request.scope)):
        return True
    return (programs or "json" in accept) and "text/html" not in accept


def answer(
    request: AnyRequest, problem: Problem, headers: Mapping[str, str] | None = None
) -> Response[Any]:
    """Say a problem as the asker reads it."""
    said = _as_json(request, problem) if wants_json(request) else _as_page(request, problem)
    for name, value in (headers or {}).items():
        said.headers[name] = value
    return said


def _as_page(request: AnyRequest, problem: Problem) -> Response[Any]:
    return page(request, "error.html", {"problem": problem}, problem.status)


def _as_json(request: AnyRequest, problem: Problem) -> Response[Any]:
    with i18n.use_language(i18n.accepted_language(request.headers.get("accept-language", ""))):
        body: dict[str, object] = {
            "type": type_of_problem,
            "title": i18n.render(problem.title),
            "status": problem.status,
            "detail": f"{i18n.render(problem.why)} {i18n.render(problem.what_now)}",
            "instance": request.scope["path"],
        }
        if problem.refusals:
            body["refusals"] = refusals_said(problem.refusals)
        if problem.reference:
            body["reference"] = problem.reference
        headers = {"content-language": i18n.language(), "vary": "accept-language"}
    return Response(
        body, status_code=problem.status, media_type="application/problem+json", headers=headers
    )


def refusals_said(refusals: tuple[Refusal, ...]) -> list[dict[str, str]]:
    """Return refusals as the API lists them, in the language spoken now."""
    said = []
    for refusal in refusals:
        one = {"code": refusal.code, "message": i18n.render(refusal.message)}
        said.append({**one, "field": refusal.field} if refusal.field else one)
    return said


def on_refused(request: AnyRequest, refused: Refused) -> Response[Any]:
    """An act was refused: 422 with every reason."""
    return answer(request, problem_for(422, refused.refusals))


def on_not_there(request: AnyRequest, _: NotThere) -> Response[Any]:
    """Outside the reader's reach: 404, as if it had never been."""
    return answer(request, problem_for(404))


def on_conflict(request: AnyRequest, _: Conflict) -> Response[Any]:
    """The same id with another content: 409, and nothing of the first is shown."""
    return answer(request, problem_for(409))


def on_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """Litestar's own refusals, permissions and addresses among them."""
    if error.status_code >= 500:
        return on_unexpected(request, error)
    if error.status_code == 401 and not wants_json(request):
        return _to_sign_in(request)
    kept = {
        name: value
        for name, value in (error.headers or {}).items()
        if name.lower() in ("allow", "retry-after", "www-authenticate")
    }
    if error.status_code == 401:
        kept.setdefault("www-authenticate", "Bearer")
    return answer(request, problem_for(error.status_code), kept)


def _to_sign_in(request: AnyRequest) -> Response[Any]:
    """Send a person to the door; they come back to the page that they wanted to read."""
    reading = reading_of(request)
    target = "/sign-in"
    if request.method == "GET" and request.scope["path"] != target:
        target += f"?next={quote(request.scope['path'], safe='/')}"
    location = {"location": reading.link(target)}
    return Response(None, status_code=HTTPStatus.SEE_OTHER, headers=location)


def safe_next(path: str) -> str:
    """Return an address of our own site to go on to, ``/`` for every other text.

    >>> safe_next("/desk"), safe_next("//elsewhere.example"), safe_next("https://elsewhere.example")
    ('/desk', '/', '/')
    """
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain and "\\" not in path else "/"


def on_unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    """A fault of ours: logged with a reference, told without any inside."""
    reference = secrets.token_hex(4)
    _log.error(
        "unexpected",
        reference=reference,
        method=request.method,
        path=request.scope["path"],
        exc_info=error,
    )
    return answer(request, problem_for(500, reference=reference))


HANDLERS: ExceptionHandlersMap = {
    Refused: on_refused,
    NotThere: on_not_there,
    Conflict: on_conflict,
    HTTPException: on_http,
    Exception: on_unexpected,
}
