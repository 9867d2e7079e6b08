"""Logins, passwords, codes and tries: decided without a database."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyotp import TOTP

from coop.access.roles import ROLES, Holder, Place, Role
from coop.identity.forms import own_page, read_password, read_sign_in
from coop.identity.operations.passwords import NOBODY
from coop.identity.rules.logins import (
    login_key,
    login_text,
    refusals_to_login,
    refusals_to_name,
    refusals_to_role,
)
from coop.identity.rules.passwords import own_part, refusals_to_password
from coop.identity.rules.second_factor import matching_step, step_at
from coop.identity.rules.tries import PER_ACCOUNT, refusals_to_try

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AT = datetime(2026, 11, 24, 6, 0, 15, tzinfo=UTC)
CODES = TOTP(SECRET)


def code_at(at: datetime) -> str:
    return CODES.generate_otp(step_at(at))


@given(st.text(max_size=60))
def test_a_login_key_is_stable_and_composed(typed: str) -> None:
    key = login_key(typed)
    assert login_key(login_text(typed)) == key
    assert unicodedata.is_normalized("NFC", key)


def test_spellings_of_one_login_are_one() -> None:
    assert login_key("Ｒ") != login_key("R")  # NFC, not NFKC: two logins that look different
    assert login_key(" RAVI  Kumar ") == login_key("ravi kumar")
    decomposed = "क़" + "\u0947"
    assert login_key(decomposed) == login_key(unicodedata.normalize("NFC", decomposed))
    assert login_key("क्\u200dष") == login_key("क्ष")


@pytest.mark.parametrize("typed", ["", " ", "a", "x" * 61, "a\x00b", "a\ud800b", "a\u202eb"])
def test_logins_that_cannot_be_given(typed: str) -> None:
    assert [one.code for one in refusals_to_login(typed)] == ["bad_login"]


@pytest.mark.parametrize("typed", ["ravi", "6000012345", "सुनीता देवी", "clerk-1@kdm"])
def test_logins_that_can(typed: str) -> None:
    assert refusals_to_login(typed) == []


def test_a_name_may_hold_joiners_but_nothing_hidden() -> None:
    assert refusals_to_name("क्\u200dषमा") == []
    assert refusals_to_name("a\u202eb")
    assert refusals_to_name("  ")


@pytest.mark.parametrize(
    "password",
    [
        "short", "eleven char", "password1234", "P@ssw0rd!234", "Koderma@20262026",
        "dhibra dhibra 7", "123456789012", "aaaaaaaaaaaaaaaa", "abababababababab",
        "qwertyuiop[]12", "जय श्री राम १२३४५",
        "ढिबराढिबरा१२३", "JaiShriRam@108", "iloveyou iloveyou", "x" * 201, "             ",
    ],
)  # fmt: skip
def test_passwords_that_a_guesser_tries(password: str) -> None:
    assert [one.code for one in refusals_to_password(password, "someone")] == ["weak_password"]


@pytest.mark.parametrize(
    "password",
    ["neem hill 7 kettle", "नीम के नीचे ठंडी हवा", "u7Kq-zzP3-vW9x", "three goats cross at noon"],
)
def test_passwords_of_ones_own(password: str) -> None:
    assert refusals_to_password(password, "someone", "Some Body") == []


def test_a_password_without_the_user() -> None:
    assert refusals_to_password("neem hill Sunita kettle", "SUNITA")
    assert refusals_to_password("neem hill marandi kettle", "clerk9", "Sunita Marandi")
    assert refusals_to_password("neem hill kettle tin", "x", "") == []


def test_what_is_left_of_a_password() -> None:
    assert own_part("mica-neem-2026") == "neem"


def test_length_is_counted_in_signs_not_bytes() -> None:
    assert refusals_to_password("नीमकेनीचे", "someone")  # 27 bytes, 9 signs


@pytest.mark.parametrize("early", [-30, 0, 30])
def test_a_code_of_this_or_a_neighbouring_step(early: int) -> None:
    at = AT + timedelta(seconds=early)
    assert matching_step(SECRET, code_at(at), AT, None) == step_at(at)


@pytest.mark.parametrize("early", [-90, -60, 60, 90])
def test_a_code_too_early_or_too_late(early: int) -> None:
    assert matching_step(SECRET, code_at(AT + timedelta(seconds=early)), AT, None) is None


def test_a_code_is_used_once_and_none_before_it() -> None:
    step = step_at(AT)
    assert matching_step(SECRET, code_at(AT), AT, step) is None
    assert matching_step(SECRET, code_at(AT - timedelta(seconds=30)), AT, step) is None
    assert matching_step(SECRET, code_at(AT + timedelta(seconds=30)), AT, step) == step + 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "१२३४५", "²²²²²²", "12 34"])
def test_what_is_no_code(typed: str) -> None:
    assert matching_step(SECRET, typed, AT, None) is None


def test_a_code_as_people_type_it() -> None:
    code = code_at(AT)
    devanagari = code.translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    assert matching_step(SECRET, f" {devanagari[:3]} {devanagari[3:]} ", AT, None) == step_at(AT)


def test_ten_tries_an_account() -> None:
    assert [bool(refusals_to_try(n, 0)) for n in (0, 9, 10, 11)] == [False, False, True, True]
    assert PER_ACCOUNT.within == timedelta(minutes=15)
    assert refusals_to_try(0, 500)
    assert not refusals_to_try(0, 499)


@pytest.mark.parametrize("role", list(Role))
def test_roles_and_their_places(role: Role) -> None:
    terms = ROLES[role]
    if terms.holder is not Holder.PERSON:
        assert refusals_to_role(role, None)[0].code == "not_a_person"
    elif terms.place is Place.COOPERATIVE:
        assert refusals_to_role(role, None)[0].code == "place_needed"
        assert refusals_to_role(role, 7) == []
    else:
        assert refusals_to_role(role, None) == []
        assert refusals_to_role(role, 7)[0].code == "no_place"


def test_nobodys_hash_costs_as_much_as_everybodys() -> None:
    from argon2 import PasswordHasher

    from tests.conftest import SHIPPED_HASHER

    assert not PasswordHasher().check_needs_rehash(NOBODY)
    assert not SHIPPED_HASHER.check_needs_rehash(NOBODY)


@pytest.mark.parametrize(
    "typed",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil", "javascript:x",
     "/\t/e", "", "/", "/sign-in", "/sign-out", "evil"],
)  # fmt: skip
def test_only_own_pages_are_gone_on_to(typed: str) -> None:
    assert own_page(typed) == "/home"


def test_forms_name_what_is_missing() -> None:
    assert [one.field for one in read_sign_in({"user": " "})[1]] == ["user", "password"]
    assert [one.field for one in read_password({})[1]] == ["current_password", "new_password"]
    form, missing = read_sign_in({"user": "a", "password": "b", "next": "/members", "code": " 1 "})
    assert not missing
    assert (form.next, form.code) == ("/members", "1")
    assert len(read_sign_in({"user": "a" * 5000})[0].user) == 1000
