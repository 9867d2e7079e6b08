"""Nobody else's page acts for somebody, or signs them in as somebody else."""

import pytest

from coop.kernel.web.csrf import from_own_site, token_of_session
from tests.identity.conftest import PASSWORD, PUBLIC_URL, Browser, MakePerson

OWN = "http://testserver"
FOREIGN = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://testserver:8080"},
    {"origin": OWN, "sec-fetch-site": "cross-site"},
    {"origin": OWN, "sec-fetch-site": "same-site"},
]


async def signed_in(browser: Browser, make_person: MakePerson) -> str:
    person = await make_person()
    assert (await browser.sign_in(person.login)).status_code == 303
    return await browser.csrf()


@pytest.mark.parametrize("path", ["/desk/entries", "/account/language", "/sign-out"])
async def test_a_form_without_the_sessions_token(
    browser: Browser, make_person: MakePerson, path: str
) -> None:
    right = await signed_in(browser, make_person)
    stale = token_of_session("an-older-token")
    browser.client.cookies, kept = type(browser.client.cookies)(), browser.client.cookies
    others = await signed_in(browser, make_person)
    browser.client.cookies = kept
    assert len({right, stale, others}) == 3
    for csrf in ("", stale, others, right[:-1], right + "0", right.upper() + " "):
        answer = await browser.client.post(path, data={"language": "hi", "csrf": csrf})
        assert answer.status_code == 403
    assert (await browser.client.post(path, data={"language": "hi"})).status_code == 403
    twice = await browser.client.post(path, data={"csrf": [right, stale]})
    assert twice.status_code == 403
    assert (await browser.client.get("/home")).status_code == 200


@pytest.mark.parametrize("foreign", FOREIGN)
async def test_the_right_token_from_another_site(
    browser: Browser, make_person: MakePerson, foreign: dict[str, str]
) -> None:
    right = await signed_in(browser, make_person)
    answer = await browser.client.post("/desk/entries", data={"csrf": right}, headers=foreign)
    assert answer.status_code == 403


async def test_the_right_token_from_our_own_page(browser: Browser, make_person: MakePerson) -> None:
    right = await signed_in(browser, make_person)
    answer = await browser.client.post("/desk/entries", data={"csrf": right, "grams": "12"})
    assert answer.json() == {"form": "12"}  # what the check read is still there for the route
    in_header = {"x-csrf-token": right, "sec-fetch-site": "same-origin"}
    answer = await browser.client.post("/desk/entries", json={}, headers=in_header)
    assert answer.status_code == 201
    answer = await browser.client.post("/desk/entries", files={"f": b"x"}, data={"csrf": right})
    assert answer.status_code == 201


async def test_the_token_ends_with_its_session(browser: Browser, make_person: MakePerson) -> None:
    before = await signed_in(browser, make_person)
    after = await signed_in(browser, make_person)
    assert before != after
    answer = await browser.client.post("/desk/entries", data={"csrf": before})
    assert answer.status_code == 403


@pytest.mark.parametrize("foreign", [*FOREIGN, {"origin": "", "referer": "https://evil.example/x"}])
@pytest.mark.parametrize("path", ["/sign-in", "/feedback"])
async def test_another_site_cannot_sign_anybody_in(
    browser: Browser, make_person: MakePerson, foreign: dict[str, str], path: str
) -> None:
    person = await make_person()
    typed = {"user": person.login, "password": PASSWORD}
    answer = await browser.client.post(path, data=typed, headers=foreign)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_a_public_form_needs_the_origin_only(
    browser: Browser, make_person: MakePerson
) -> None:
    assert (await browser.client.post("/feedback", data={})).status_code == 201
    await signed_in(browser, make_person)
    assert (await browser.client.post("/feedback", data={})).status_code == 201


async def test_a_bearer_token_leaves_the_cookie_aside(
    browser: Browser, make_person: MakePerson
) -> None:
    await signed_in(browser, make_person)
    device = {"authorization": "Bearer abc", "origin": "https://evil.example"}
    answer = await browser.client.post("/api/v1/echo", json={}, headers=device)
    assert answer.json() == {"session": False}
    answer = await browser.client.post("/desk/entries", json={}, headers=device)
    assert answer.status_code in (303, 401)


@pytest.mark.parametrize(
    ("headers", "secure", "own"),
    [
        ({}, True, True),
        ({"host": "a.example", "origin": "https://a.example"}, True, True),
        ({"host": "a.example", "origin": "http://a.example"}, True, False),
        ({"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"}, False, True),
        ({"host": "10.0.0.7", "origin": PUBLIC_URL}, True, True),
        ({"host": "a.example", "origin": "https://A.example"}, True, True),
        ({"host": "a.example", "referer": "https://a.example/page?x=1"}, True, True),
        ({"host": "a.example", "referer": "https://b.example/a.example"}, True, False),
        ({"host": "a.example", "referer": "about:blank"}, True, False),
        ({"host": "a.example", "sec-fetch-site": "none"}, True, True),
        ({"host": "a.example", "sec-fetch-site": "cross-site"}, True, False),
        ({"host": "", "origin": "null"}, True, False),
    ],
)
def test_where_a_request_comes_from(headers: dict[str, str], secure: bool, own: bool) -> None:
    assert from_own_site(headers, PUBLIC_URL, secure=secure) is own
