"""The second factor: asked of the agency before anything, set up once, each code used once."""

import asyncio
import re
from datetime import timedelta

import pytest
from pyotp import TOTP

from coop.access.roles import ROLES, Holder, Role
from coop.identity.operations import end_second_factor, give_code
from coop.identity.operations.sealing import KEY_FILE, offered_secret, seal, unseal
from coop.identity.queries import actor_of_token, factor_of
from coop.identity.rules.second_factor import step_at
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.refusal import Refused, Unusable
from coop.kernel.token import token_key
from coop.settings import settings
from tests.identity.conftest import CONSOLE, CONSOLE_REACH, Browser, MakePerson, Person

CODE_PAGE = "/account/second-factor"
# A day on, so that everybody made by a test has the role by then.
START = clock.now() + timedelta(days=1)


def code(secret: str, ahead: int = 0) -> str:
    return TOTP(secret).generate_otp(step_at(clock.now()) + ahead)


async def set_up(browser: Browser, person: Person) -> str:
    """Sign in and set the second factor up; return its secret. The clock stands still."""
    assert (await browser.sign_in(person.login)).status_code == 303
    page = (await browser.client.get(CODE_PAGE)).text
    found = re.search(r'class="mono">([A-Z2-7 ]+)<', page)
    assert found is not None
    secret = found[1].replace(" ", "")
    assert secret == offered_secret(token_key(browser.token))
    assert (await browser.send(CODE_PAGE, code=code(secret))).status_code == 303
    return secret


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].second_factor])
async def test_nothing_opens_without_it(
    browser: Browser, make_person: MakePerson, role: Role
) -> None:
    assert ROLES[role].holder is Holder.PERSON
    person = await make_person(role)
    answer = await browser.sign_in(person.login)
    assert answer.status_code == 303
    trail = await browser.client.get("/trail")
    held = "audit:trail:read" in ROLES[role].permissions
    assert trail.status_code == (303 if held else 403)
    assert (await browser.send("/desk/entries")).status_code in (303, 403)
    actor = await actor_of_token(browser.token)
    assert actor is not None
    assert actor.owes_second_factor
    assert actor.permissions == {"identity:self:use", "identity:session:use"}


async def test_it_is_set_up_with_its_first_code_and_a_new_token(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person(Role.AUDITOR)
    with clock.frozen(START):
        await browser.sign_in(person.login)
        before = browser.token
        secret = await set_up(browser, person)
        assert browser.token != before
        assert await actor_of_token(before) is None
        assert (await browser.client.get("/trail")).json() == {"is": "trail"}
    async with transaction(CONSOLE_REACH) as tx:
        factor = await factor_of(tx, person.user_id)
    assert factor is not None
    assert secret.encode() not in factor.sealed_secret
    assert unseal(factor.sealed_secret, person.user_id) == secret
    assert factor.last_step == step_at(START)


async def test_a_wrong_first_code_keeps_nothing(browser: Browser, make_person: MakePerson) -> None:
    person = await make_person(Role.AUDITOR)
    await browser.sign_in(person.login)
    answer = await browser.send(CODE_PAGE, code="000000x")
    assert answer.status_code == 422
    assert 'href="#code"' in answer.text
    async with transaction(CONSOLE_REACH) as tx:
        assert await factor_of(tx, person.user_id) is None


async def test_after_that_the_password_alone_opens_only_the_page_of_the_code(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person(Role.CLERK)  # not asked for, but set up by choice
    with clock.frozen(START):
        secret = await set_up(browser, person)
        answer = await browser.sign_in(person.login)
        assert answer.headers["location"] == CODE_PAGE
        for path in ("/home", "/account"):
            shut = await browser.client.get(path)
            assert shut.headers["location"] == f"{CODE_PAGE}?next={path}"
        page = await browser.client.get(CODE_PAGE)
        assert secret[:4] not in page.text
        assert "<svg" not in page.text.split("<main")[1].split("<form")[0]
    with clock.frozen(START + timedelta(seconds=60)):
        assert (await browser.send(CODE_PAGE, code=code(secret))).status_code == 303
        assert (await browser.client.get("/home")).status_code == 200


async def test_the_door_takes_the_code_at_once(browser: Browser, make_person: MakePerson) -> None:
    person = await make_person(Role.INSPECTOR)
    with clock.frozen(START):
        secret = await set_up(browser, person)
    with clock.frozen(START + timedelta(seconds=60)):
        answer = await browser.sign_in(person.login, code=code(secret))
        assert answer.headers["location"] == "/home"
        assert (await browser.client.get("/trail")).status_code == 200
        # the same code again, and one before it
        browser.client.cookies.clear()
        assert (await browser.sign_in(person.login, code=code(secret))).status_code == 422
        assert (await browser.sign_in(person.login, code=code(secret, -1))).status_code == 422
        assert browser.token == ""


async def test_one_code_for_two_at_the_same_instant(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person(Role.AUDITOR)
    with clock.frozen(START):
        secret = await set_up(browser, person)
    with clock.frozen(START + timedelta(seconds=60)):
        right = code(secret)
        got = await asyncio.gather(*(browser.sign_in(person.login, code=right) for _ in range(6)))
    assert sorted(answer.status_code for answer in got) == [303] + [422] * 5


async def test_codes_are_tries_too(browser: Browser, make_person: MakePerson) -> None:
    person = await make_person(Role.AUDITOR)
    with clock.frozen(START):
        await set_up(browser, person)
        await browser.sign_in(person.login)
        got = [(await browser.send(CODE_PAGE, code=f"00000{n}x")).status_code for n in range(11)]
    assert got == [422] * 10 + [429]


async def test_a_changed_password_keeps_the_second_factor_passed(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person(Role.AUDITOR)
    with clock.frozen(START):
        await set_up(browser, person)
        await browser.send(
            "/account/password",
            current_password="neem hill 7 kettle",
            new_password="three goats cross at noon",
        )
        actor = await actor_of_token(browser.token)
    assert actor is not None
    assert actor.second_factor_passed


async def test_a_new_phone_after_the_lost_one(browser: Browser, make_person: MakePerson) -> None:
    person = await make_person(Role.AUDITOR)
    with clock.frozen(START):
        old = await set_up(browser, person)
        async with transaction(CONSOLE_REACH) as tx:
            await end_second_factor(tx, CONSOLE, person.user_id)
        assert await actor_of_token(browser.token) is None
        browser.client.cookies.clear()
        assert await set_up(browser, person) != old


def test_a_sealed_secret_opens_for_its_person_only() -> None:
    sealed = seal("JBSWY3DPEHPK3PXP", 1)
    assert unseal(sealed, 1) == "JBSWY3DPEHPK3PXP"
    assert seal("JBSWY3DPEHPK3PXP", 1) != sealed
    for other, user_id in ((sealed, 2), (sealed[:-1] + bytes([sealed[-1] ^ 1]), 1), (b"", 1)):
        with pytest.raises(Unusable):
            unseal(other, user_id)


def test_the_key_is_the_owners_only() -> None:
    seal("x", 1)
    assert (settings().keys / KEY_FILE).stat().st_mode & 0o777 == 0o600


async def test_of_two_that_set_up_at_once_one_stands(
    browser: Browser, make_person: MakePerson
) -> None:
    person = await make_person(Role.AUDITOR)
    with clock.frozen(START):
        await browser.sign_in(person.login)
        late_token = browser.token
        late = await actor_of_token(late_token)  # a request that is under way already
        assert late is not None
        browser.client.cookies.clear()
        await set_up(browser, person)
        first_code = code(offered_secret(token_key(late_token)))
        with pytest.raises(Refused):
            await give_code(late, token_key(late_token), first_code, "hop")
    async with transaction(CONSOLE_REACH) as tx:
        count = "SELECT count(*) FROM second_factor WHERE user_id = $1"
        assert await tx.fetchval(count, person.user_id) == 1
