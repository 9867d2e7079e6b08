"""Sessions: opened by us only, over when they should be, and of no use to who copies the table."""

import hashlib
import secrets
from datetime import timedelta

import httpx
import pytest

from coop.identity.operations import close_account
from coop.identity.queries import actor_of_token
from coop.kernel import clock
from coop.kernel.db import transaction
from tests.identity.conftest import (
    CONSOLE,
    CONSOLE_REACH,
    PASSWORD,
    Browser,
    MakePerson,
    app_of,
    tags_of,
)

NEW_PASSWORD = "three goats cross at noon"


async def test_signing_in_opens_the_home(browser: Browser, make_person: MakePerson) -> None:
    person = await make_person()
    answer = await browser.sign_in(f"  {person.login.upper()} ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/home")
    assert (await browser.client.get("/home")).json()["who"] == "Asha Tudu"
    assert await tags_of(person) == [("session:opened", '{"second_factor":"none"}')]


async def test_the_next_page_is_gone_on_to_if_it_is_ours(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person()
    answer = await browser.sign_in(person.login, next="/members/KDM01")
    assert answer.headers["location"] == "/members/KDM01"
    answer = await browser.sign_in(person.login, next="//evil.example/")
    assert answer.headers["location"] == "/home"


async def test_the_cookie_is_shut_to_scripts_and_other_sites(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person()
    answer = await browser.sign_in(person.login)
    name, *terms = [part.strip() for part in answer.headers["set-cookie"].split(";")]
    assert name.startswith("s=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=43200"} <= set(terms)
    assert not [term for term in terms if term.startswith("Domain")]


async def test_with_tls_the_cookie_is_bound_to_the_host(
    browser: Browser, make_person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dataclasses

    from coop import settings as surroundings
    from coop.identity import controllers

    safe = dataclasses.replace(surroundings.settings(), secure=True)
    monkeypatch.setattr(controllers, "settings", lambda: safe)
    person = await make_person()
    transport = httpx.ASGITransport(app=app_of(secure=True))  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=transport, base_url="https://t.example", headers={"origin": "https://t.example"}
    ) as client:
        answer = await client.post("/sign-in", data={"user": person.login, "password": PASSWORD})
        set_cookie = answer.headers["set-cookie"]
        assert set_cookie.startswith("__Host-s=")
        assert "Secure" in set_cookie
        token = set_cookie.split("=", 1)[1].split(";")[0]
        client.cookies.clear()
        assert (await client.get("/home", headers={"cookie": f"s={token}"})).status_code == 303
        right = await client.get("/home", headers={"cookie": f"__Host-s={token}"})
        assert right.json()["who"] == "Asha Tudu"


async def test_a_planted_cookie_is_never_adopted(browser: Browser, make_person: MakePerson) -> None:
    person, planted = await make_person(), secrets.token_urlsafe(32)
    browser.client.cookies.set("s", planted, domain="testserver.local", path="/")
    answer = await browser.sign_in(person.login)
    assert planted not in answer.headers["set-cookie"]
    assert await actor_of_token(planted) is None


@pytest.mark.parametrize("token", ["", "x", "ATTACKERCHOSEN", "a" * 43, "é" * 43, "a" * 5000])
async def test_a_token_of_ones_own_opens_nothing(browser: Browser, token: str) -> None:
    cookie = {"cookie": f"s={token}".encode()}
    answer = await browser.client.get("/home", headers=cookie)  # type: ignore[arg-type]
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/home")


async def test_a_second_sign_in_ends_the_first_session(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person()
    await browser.sign_in(person.login)
    first = browser.token
    await browser.sign_in(person.login)
    assert browser.token != first
    assert await actor_of_token(first) is None
    assert await actor_of_token(browser.token) is not None


async def test_the_table_holds_no_token(browser: Browser, make_person: MakePerson) -> None:
    person = await make_person()
    await browser.sign_in(person.login)
    async with transaction(CONSOLE_REACH) as tx:
        row = await tx.fetchrow("SELECT * FROM session WHERE user_id = $1", person.user_id)
    assert row is not None
    assert row["token_sha256"] == hashlib.sha256(browser.token.encode()).digest()
    assert browser.token not in str(list(row.values()))
    assert await actor_of_token(row["token_sha256"].hex()) is None


async def test_signing_out_ends_the_session_and_the_cookie(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person()
    await browser.sign_in(person.login)
    token = browser.token
    answer = await browser.send("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert await actor_of_token(token) is None
    assert (await tags_of(person))[-1] == ("session:closed", "{}")


async def test_a_changed_password_ends_every_other_session(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person()
    await browser.sign_in(person.login)
    other = browser.token
    browser.client.cookies.clear()
    await browser.sign_in(person.login)
    before = browser.token
    answer = await browser.send(
        "/account/password", current_password=PASSWORD, new_password=NEW_PASSWORD
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?saved")
    assert browser.token not in (before, other)
    assert await actor_of_token(before) is None
    assert await actor_of_token(other) is None
    assert await actor_of_token(browser.token) is not None
    browser.client.cookies.clear()
    assert (await browser.sign_in(person.login)).status_code == 422
    assert (await browser.sign_in(person.login, NEW_PASSWORD)).status_code == 303


async def test_a_password_is_not_changed_without_the_present_one(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person()
    await browser.sign_in(person.login)
    token = browser.token
    wrong = await browser.send(
        "/account/password", current_password="not this one", new_password=NEW_PASSWORD
    )
    assert wrong.status_code == 422
    assert 'href="#current_password"' in wrong.text
    weak = await browser.send(
        "/account/password", current_password=PASSWORD, new_password="password1234"
    )
    assert weak.status_code == 422
    assert 'href="#new_password"' in weak.text
    assert NEW_PASSWORD not in wrong.text
    assert browser.token == token
    async with transaction(CONSOLE_REACH) as tx:
        count = "SELECT count(*) FROM password_row WHERE user_id = $1"
        assert await tx.fetchval(count, person.user_id) == 1


async def test_the_present_password_is_no_way_round_the_ten_tries(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person()
    await browser.sign_in(person.login)
    got = [
        (
            await browser.send(
                "/account/password", current_password=f"guess {n}", new_password=NEW_PASSWORD
            )
        ).status_code
        for n in range(11)
    ]
    assert got == [422] * 10 + [429]


@pytest.mark.parametrize(
    ("minutes", "open_still"), [((29, 58), True), ((31,), False), ((29, 58, 89), False)]
)
async def test_thirty_idle_minutes(
    browser: Browser, make_person: MakePerson, minutes: tuple[int, ...], open_still: bool
) -> None:
    person, start = await make_person(), clock.now()
    with clock.frozen(start):
        await browser.sign_in(person.login)
    seen = None
    for minute in minutes:
        with clock.frozen(start + timedelta(minutes=minute)):
            seen = await actor_of_token(browser.token)
    assert (seen is not None) == open_still


async def test_twelve_hours_and_no_more(browser: Browser, make_person: MakePerson) -> None:
    person, start = await make_person(), clock.now()
    with clock.frozen(start):
        await browser.sign_in(person.login)
    for quarter in range(1, 48):
        with clock.frozen(start + timedelta(minutes=15 * quarter)):
            assert await actor_of_token(browser.token) is not None
    with clock.frozen(start + timedelta(hours=12)):
        assert await actor_of_token(browser.token) is None


async def test_a_clock_set_back_does_not_lengthen_a_session(
    browser: Browser, make_person: MakePerson
) -> None:
    person, start = await make_person(), clock.now()
    with clock.frozen(start):
        await browser.sign_in(person.login)
    with clock.frozen(start - timedelta(days=1)):
        assert await actor_of_token(browser.token) is None


async def test_being_here_is_noted_at_most_once_a_minute(
    browser: Browser, make_person: MakePerson
) -> None:
    person, start = await make_person(), clock.now()
    seen = []
    with clock.frozen(start):
        await browser.sign_in(person.login)
    for second in (30, 59, 60, 90):
        with clock.frozen(start + timedelta(seconds=second)):
            await actor_of_token(browser.token)
        async with transaction(CONSOLE_REACH) as tx:
            at = await tx.fetchval(
                "SELECT last_seen_at FROM session WHERE user_id = $1", person.user_id
            )
        seen.append(round((at - start).total_seconds()))
    assert seen == [0, 0, 60, 60]


async def test_a_closed_account_is_out_at_once(browser: Browser, make_person: MakePerson) -> None:
    person = await make_person()
    await browser.sign_in(person.login)
    async with transaction(CONSOLE_REACH) as tx:
        await close_account(tx, CONSOLE, person.user_id)
    assert (await browser.client.get("/home")).status_code == 303
    assert (await browser.sign_in(person.login)).status_code == 422
    assert (await tags_of(person))[-1] == ("session:refused", '{"reason":"closed"}')
