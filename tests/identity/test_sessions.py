"""Sessions: opened by us only, over when they should be, and of no use to who copies the table."""

import asyncio
import hashlib
import secrets
from datetime import timedelta

import httpx
import pytest

from coop.access.roles import Role
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
    Person,
    app_of,
)

NEW_PASSWORD = "three goats cross at noon"


async def tags_of(person: Person) -> list[tuple[str, str]]:
    async with transaction(CONSOLE_REACH) as tx:
        rows = await tx.fetch(
            "SELECT tag, facts FROM audit_entry WHERE about_table = 'user_account'"
            " AND about_row = $1 AND tag NOT LIKE 'user:%' ORDER BY seq",
            str(person.user_id),
        )
    return [(row["tag"], row["facts"]) for row in rows]


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


async def test_the_door_never_says_whether_an_account_exists(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person()
    wrong = await browser.sign_in(person.login, "not this one")
    stranger = await browser.sign_in("nobody-here", "not this one")
    odd = await browser.sign_in("a\x00b\u202e", "not this one")
    assert {wrong.status_code, stranger.status_code, odd.status_code} == {422}
    assert wrong.text.replace(person.login, "") == stranger.text.replace("nobody-here", "")
    assert "not this one" not in wrong.text
    assert (await tags_of(person))[-1] == ("session:refused", '{"reason":"password"}')


async def test_what_is_missing_is_said_without_a_try(browser: Browser) -> None:
    async with transaction(CONSOLE_REACH) as tx:
        before = await tx.fetchval("SELECT count(*) FROM sign_in_attempt")
    answer = await browser.sign_in("", "")
    assert answer.status_code == 422
    assert 'href="#user"' in answer.text
    assert 'href="#password"' in answer.text
    async with transaction(CONSOLE_REACH) as tx:
        assert await tx.fetchval("SELECT count(*) FROM sign_in_attempt") == before


async def test_ten_tries_an_account_from_wherever(
    browser: Browser, make_person: MakePerson
) -> None:
    person, start = await make_person(), clock.now()

    async def guess(number: int) -> int:
        spoofed = {"x-forwarded-for": f"10.0.{number % 50}.7"}
        typed = {"user": person.login, "password": f"guess number {number}"}
        with clock.frozen(start):
            return (await browser.client.post("/sign-in", data=typed, headers=spoofed)).status_code

    got = await asyncio.gather(*(guess(number) for number in range(60)))
    assert (got.count(422), got.count(429)) == (10, 50)
    with clock.frozen(start + timedelta(minutes=14, seconds=59)):
        assert (await browser.sign_in(person.login)).status_code == 429
    with clock.frozen(start + timedelta(minutes=15, seconds=1)):
        assert (await browser.sign_in(person.login)).status_code == 303


async def test_a_stranger_is_limited_like_anybody(browser: Browser) -> None:
    got = [(await browser.sign_in("no-such-login", f"guess {n}")).status_code for n in range(11)]
    assert got == [422] * 10 + [429]


async def test_right_passwords_are_no_tries(browser: Browser, make_person: MakePerson) -> None:
    person = await make_person()
    got = {(await browser.sign_in(person.login)).status_code for _ in range(12)}
    assert got == {303}


async def test_the_language_of_ones_own(browser: Browser, make_person: MakePerson) -> None:
    person = await make_person()
    await browser.sign_in(person.login)
    assert '<html lang="en"' in (await browser.client.get("/account")).text
    assert (await browser.send("/account/language", language="hi")).status_code == 303
    page = await browser.client.get("/account?saved")
    assert '<html lang="hi"' in page.text
    assert (await browser.send("/account/language", language="fr")).status_code == 422


async def test_the_account_page_names_person_role_and_cooperative(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person(Role.MANAGER)
    await browser.sign_in(person.login)
    text = (await browser.client.get("/account")).text
    for shown in ("Asha Tudu", person.login, "Manager", "Cooperative IDHERE"):
        assert shown in text


async def test_who_is_signed_in_is_sent_home_from_the_door(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person()
    assert (await browser.client.get("/sign-in?next=/desk")).status_code == 200
    await browser.sign_in(person.login)
    answer = await browser.client.get("/sign-in")
    assert (answer.status_code, answer.headers["location"]) == (303, "/home")
