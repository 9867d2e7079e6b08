"""Whose page in which language, where the links lead, and what an error says."""

import io
from dataclasses import dataclass
from types import SimpleNamespace as Thing
from typing import Any

import httpx
import pytest
import structlog
from jinja2 import UndefinedError
from litestar import Litestar, Request, Response, get, post
from litestar.exceptions import (
    NotAuthorizedException,
    PermissionDeniedException,
    TooManyRequestsException,
)
from litestar.params import FromPath, FromQuery
from litestar.testing import RequestFactory

from coop.kernel.i18n import use_language
from coop.kernel.refusal import Conflict, NotThere, Refusal, Refused
from coop.kernel.web.errors import HANDLERS, safe_next
from coop.kernel.web.form import FieldProblem, Form, form_of, problems_of
from coop.kernel.web.page import PUBLIC_PLACES, draw, environment, page, reading_of, static
from coop.kernel.web.places import NavItem, Place, navigation
from coop.kernel.words import say

AnyRequest = Request[Any, Any, Any]
REQUESTS = RequestFactory()
STOCK = Refusal("more_than_stock", say("The sum is wrong"), "quantity_kg")


def asked(path: str, query: dict[str, str] | None = None, actor: object = None) -> AnyRequest:
    request = REQUESTS.get(path, query_params={**(query or {})})
    request.scope["state"]["actor"] = actor
    return request


@pytest.mark.parametrize(
    ("path", "query", "own", "language"),
    [
        ("/prices", {}, "", "hi"),
        ("/prices", {"lang": "en"}, "", "en"),
        ("/prices", {"lang": "xx"}, "", "hi"),
        ("/en/prices", {}, "", "en"),
        ("/en", {}, "", "en"),
        ("/entry", {}, "", "hi"),
        ("/desk", {}, "en", "en"),
        ("/desk", {"lang": "hi"}, "en", "hi"),
        ("/desk", {}, "xx", "hi"),
    ],
)
def test_language_of_a_page(path: str, query: dict[str, str], own: str, language: str) -> None:
    actor = Thing(language=own) if own else None
    assert reading_of(asked(path, query, actor)).lang == language


def test_links_of_a_public_page_keep_the_language_without_a_cookie() -> None:
    hindi, english = reading_of(asked("/")), reading_of(asked("/", {"lang": "en"}))
    assert hindi.link("/verify") == "/verify"
    assert english.link("/verify") == "/verify?lang=en"
    assert english.link("/prices?district=334#board") == "/prices?district=334&lang=en#board"
    assert english.link("https://elsewhere.example") == "https://elsewhere.example"
    assert reading_of(asked("/", {}, Thing(language="en"))).link("/desk") == "/desk"


def test_switch_leads_to_the_same_page() -> None:
    query = {"lang": "en", "district": "334", "q": "क & ख"}
    assert reading_of(asked("/prices", query)).other == (
        "/prices?district=334&q=%E0%A4%95+%26+%E0%A4%96&lang=hi"
    )
    assert reading_of(asked("/en/prices", {"district": "334"})).other == "/hi/prices?district=334"


def test_navigation_shows_what_one_may_do_and_where_one_is() -> None:
    places = (
        *PUBLIC_PLACES,
        Place("/", "home", say("Home")),
        Place("/desk", "scale", say("Weighing desk"), "desk:entry:post", about=say("Void")),
        Place("/members", "member", say("Members"), "members:member:read"),
    )
    clerk = Thing(language="hi", permissions=frozenset({"desk:entry:post"}))
    shown = navigation(reading_of(asked("/desk/slips/S1", {}, clerk)), places)
    assert shown == (
        NavItem("/", "home", say("Home"), None, False),
        NavItem("/desk", "scale", say("Weighing desk"), say("Void"), True),
    )
    public = navigation(reading_of(asked("/en/verify")), places)
    assert [(item.path, item.current) for item in public] == [
        ("/prices", False),
        ("/verify", True),
        ("/sign-in", False),
    ]


def test_a_missing_variable_is_an_error_not_an_empty_place() -> None:
    with pytest.raises(UndefinedError):
        draw(asked("/"), "error.html", {})


def test_two_readers_of_one_process_read_their_own_language() -> None:
    """The environment is one; nothing of a first reader's language may stay in it."""
    verdict = {
        "form": Form(),
        "verdict": "VOID",
        "status_at": None,
        "since": None,
        "checks": (),
        "goods": None,
        "history": (),
        "first_claim": None,
    }
    for language, words in (("hi", "रद्द रसीद"), ("en", "Void receipt"), ("hi", "रद्द रसीद")):
        html = draw(asked("/verify", {"lang": language}), "receipts/verify.html", verdict)
        assert f"<h1>{words}</h1>" in html


def test_context_may_be_a_dataclass() -> None:
    @dataclass(frozen=True)
    class Door:
        form: Form
        next: str

    assert 'value="/desk"' in draw(
        asked("/sign-in"), "identity/sign_in.html", Door(Form(), "/desk")
    )
    with pytest.raises(TypeError):
        draw(asked("/sign-in"), "identity/sign_in.html", "text")


def test_static_address_changes_with_the_file() -> None:
    assert static("look.css").startswith("/static/look.css?v=")
    with pytest.raises(FileNotFoundError):
        static("nothing.css")


def test_sentences_are_translated_where_they_are_printed() -> None:
    template = environment().from_string("{{ said }}|{{ '<b>' }}")
    assert template.render(said=say("Void")) == "रद्द|&lt;b&gt;"


def test_form_keeps_what_was_typed_but_no_secret() -> None:
    form = form_of({"user": "meera", "password": "p", "code": "1", "file": object()})
    assert dict(form.values) == {"user": "meera"}
    assert form.value("password") == ""
    refused = form.with_refusals((STOCK,))
    assert refused.problem("quantity_kg") == STOCK.message
    assert refused.problem("user") is None
    assert refused.has_problem("user", "quantity_kg")
    assert not refused.has_problem("user")
    assert form.problems == ()
    assert problems_of((STOCK,)) == (FieldProblem("quantity_kg", STOCK.message),)


@pytest.mark.parametrize(
    "text", ["", "desk", "//x", "/\\x", "https://x", "/a\r\nb", "javascript:1"]
)
def test_only_our_own_addresses_are_gone_on_to(text: str) -> None:
    assert safe_next(text) == "/"


RAISED: dict[str, Exception] = {
    "refused": Refused((STOCK, Refusal("unknown_buyer", say("Too many tries")))),
    "not-there": NotThere(),
    "conflict": Conflict("secret of the first"),
    "forbidden": PermissionDeniedException("desk:entry:post is not in your role"),
    "stranger": NotAuthorizedException(),
    "hurry": TooManyRequestsException(headers={"Retry-After": "30", "X-Inside": "no"}),
    "broken": RuntimeError("password of the database"),
}


@get(["/act/{name:str}", "/api/v1/{name:str}"])
async def act(name: FromPath[str]) -> None:
    raise RAISED[name]


@get("/api/v1/count")
async def count(number: FromQuery[int]) -> int:
    return number


@get("/page")
async def plain(request: AnyRequest) -> Response[str]:
    return page(request, "home/index.html", status=202)


@post("/only-post")
async def only_post() -> None:
    return None


def client() -> httpx.AsyncClient:
    routes = [act, count, plain, only_post]
    app = Litestar(routes, exception_handlers=HANDLERS, logging_config=None)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test")  # type: ignore[arg-type]  # httpx types scopes as plain dicts


STATUS = {"refused": 422, "not-there": 404, "conflict": 409, "forbidden": 403, "broken": 500}


@pytest.mark.parametrize(("name", "status"), STATUS.items())
async def test_a_program_reads_a_problem(name: str, status: int) -> None:
    async with client() as program:
        answer = await program.get(f"/api/v1/{name}", headers={"accept-language": "en"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "en"
    body = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= body.keys()
    assert body["status"] == status
    assert "password of the database" not in answer.text
    assert "secret of the first" not in answer.text


async def test_a_program_reads_every_refusal_in_its_language() -> None:
    async with client() as program:
        english = await program.get("/api/v1/refused", headers={"accept-language": "en"})
        hindi = await program.get("/api/v1/refused")
    assert english.json()["refusals"] == [
        {"code": "more_than_stock", "message": "The sum is wrong", "field": "quantity_kg"},
        {"code": "unknown_buyer", "message": "Too many tries"},
    ]
    assert hindi.json()["refusals"][0]["message"] == "जोड़ गलत है"


@pytest.mark.parametrize(("name", "status"), STATUS.items())
async def test_a_person_reads_a_page(name: str, status: int) -> None:
    async with client() as person:
        answer = await person.get(f"/act/{name}")
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert "अब क्या करें" in answer.text
    assert "password of the database" not in answer.text
    assert "Traceback" not in answer.text


async def test_json_may_be_asked_for_anywhere() -> None:
    async with client() as program:
        wanted = await program.get("/act/not-there", headers={"accept": "application/json"})
        browser = await program.get(
            "/act/not-there", headers={"accept": "text/html,application/json;q=0.1"}
        )
    assert wanted.headers["content-type"] == "application/problem+json"
    assert browser.headers["content-type"].startswith("text/html")


async def test_a_stranger_is_sent_to_the_door_and_a_program_is_told() -> None:
    async with client() as stranger:
        person = await stranger.get("/act/stranger")
        program = await stranger.get("/api/v1/stranger")
    assert person.status_code == 303
    assert person.headers["location"] == "/sign-in?next=/act/stranger"
    assert program.status_code == 401


async def test_wrong_input_address_and_method() -> None:
    async with client() as program:
        headers = {"accept-language": "en"}
        wrong = await program.get("/api/v1/count?number=x", headers=headers)
        nowhere = await program.get("/nowhere")
        method = await program.get("/only-post")
        hurry = await program.get("/api/v1/hurry")
    assert (wrong.status_code, wrong.json()["title"]) == (400, "This could not be read")
    assert nowhere.status_code == 404
    assert "ऐसा कोई पन्ना नहीं है" in nowhere.text
    assert method.status_code == 405
    assert "POST" in method.headers["allow"]
    assert (hurry.status_code, hurry.headers["retry-after"]) == (429, "30")
    assert "x-inside" not in hurry.headers


async def test_a_fault_is_logged_with_the_number_that_is_shown() -> None:
    before, written = structlog.get_config(), io.StringIO()
    # Whoever configured the log before wrote to a stream that is no longer read.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=written))
    try:
        async with client() as program:
            answer = await program.get("/api/v1/broken")
    finally:
        structlog.configure(**before)
    assert answer.json()["reference"] in written.getvalue()
    assert "password of the database" in written.getvalue()


async def test_page_answers_with_its_status() -> None:
    async with client() as person:
        answer = await person.get("/page?lang=en")
    assert answer.status_code == 202
    assert "True weight, a price in writing" in answer.text


def test_counts_within_sentences_stand_in_lakh_and_crore() -> None:
    """Issue: "lakh and crore". Also a count that a sentence carries is grouped, not only money."""
    ngettext = environment().from_string(
        '{{ ngettext("%(num)s member", "%(num)s members", many) }} {{ many|count }}'
    )
    with use_language("en"):
        assert ngettext.render(many=1234567) == "12,34,567 members 12,34,567"
