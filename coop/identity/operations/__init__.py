"""Verbs of people who sign in."""

from coop.identity.operations.accounts import (
    NewUser,
    add_user,
    close_account,
    end_role,
    end_second_factor,
    give_role,
    set_password,
)
from coop.identity.operations.second_factor import give_code
from coop.identity.operations.sessions import (
    Credentials,
    SignedIn,
    change_password,
    choose_language,
    purge_sign_ins,
    sign_in,
    sign_out,
)

__all__ = [
    "Credentials",
    "NewUser",
    "SignedIn",
    "add_user",
    "change_password",
    "choose_language",
    "close_account",
    "end_role",
    "end_second_factor",
    "give_code",
    "give_role",
    "purge_sign_ins",
    "set_password",
    "sign_in",
    "sign_out",
]
