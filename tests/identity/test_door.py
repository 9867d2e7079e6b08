"""The door: what it says, how often it may be tried, and one's own page behind it."""

import asyncio
from datetime import timedelta

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import transaction
from tests.identity.conftest import CONSOLE_REACH, Browser, MakePerson, tags_of


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
