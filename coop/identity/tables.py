"""People who sign in; constraints, references and grants stand in ``migrations/sql``."""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    ForeignKey,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table


class UserAccount(Table, tablename="user_account"):
    """A person with a login."""

    id = BigSerial(primary_key=True)
    login = Varchar(length=60, null=False)
    login_key = Varchar(length=120, null=False, unique=True)
    display_name = Varchar(length=120, null=False)
    created_at = Timestamptz(null=False)
    created_by = Varchar(length=80, null=False)


class LanguageChoice(Table, tablename="language_choice"):
    """The language somebody reads; the last row holds."""

    id = BigSerial(primary_key=True)
    user_id = ForeignKey(UserAccount, on_delete=OnDelete.restrict, null=False)
    language = Varchar(length=3, null=False)
    chosen_at = Timestamptz(null=False)


class PasswordRow(Table, tablename="password_row"):
    """The argon2id hash of a password; the last row holds."""

    id = BigSerial(primary_key=True)
    user_id = ForeignKey(UserAccount, on_delete=OnDelete.restrict, null=False)
    password_hash = Varchar(length=200, null=False)
    set_at = Timestamptz(null=False)
    set_by = Varchar(length=80, null=False)


class RoleAssignment(Table, tablename="role_assignment"):
    """A role from a time on, in a cooperative or in none."""

    id = BigSerial(primary_key=True)
    user_id = ForeignKey(UserAccount, on_delete=OnDelete.restrict, null=False)
    role = Varchar(length=40, null=False)
    cooperative_id = BigInt(null=True, default=None)
    holds_from = Timestamptz(null=False)
    holds_to = Timestamptz(null=True, default=None)
    given_at = Timestamptz(null=False)
    given_by = Varchar(length=80, null=False)


class RoleAssignmentEnd(Table, tablename="role_assignment_end"):
    """A role taken back."""

    assignment_id = BigInt(primary_key=True, null=False)
    cooperative_id = BigInt(null=True, default=None)
    ended_at = Timestamptz(null=False)
    ended_by = Varchar(length=80, null=False)


class AccountClosed(Table, tablename="account_closed"):
    """An account that opens no more."""

    user_id = BigInt(primary_key=True, null=False)
    closed_at = Timestamptz(null=False)
    closed_by = Varchar(length=80, null=False)


class SecondFactor(Table, tablename="second_factor"):
    """The sealed secret of a phone that shows codes."""

    id = BigSerial(primary_key=True)
    user_id = ForeignKey(UserAccount, on_delete=OnDelete.restrict, null=False)
    sealed_secret = Bytea(null=False)
    enrolled_at = Timestamptz(null=False)


class SecondFactorUse(Table, tablename="second_factor_use"):
    """A time step whose code was used."""

    id = BigSerial(primary_key=True)
    second_factor_id = ForeignKey(SecondFactor, on_delete=OnDelete.restrict, null=False)
    step = BigInt(null=False)
    used_at = Timestamptz(null=False)


class SecondFactorEnd(Table, tablename="second_factor_end"):
    """A phone that was lost or changed."""

    second_factor_id = BigInt(primary_key=True, null=False)
    ended_at = Timestamptz(null=False)
    ended_by = Varchar(length=80, null=False)


class Session(Table, tablename="session"):
    """A signed-in browser, by the SHA-256 of its token."""

    token_sha256 = Bytea(primary_key=True, null=False)
    user_id = ForeignKey(UserAccount, on_delete=OnDelete.restrict, null=False)
    opened_at = Timestamptz(null=False)
    last_seen_at = Timestamptz(null=False)
    second_factor_passed = Boolean(null=False)


class SessionEnd(Table, tablename="session_end"):
    """A session that was ended before its time."""

    token_sha256 = Bytea(primary_key=True, null=False)
    ended_at = Timestamptz(null=False)
    reason = Varchar(length=20, null=False)


class SignInAttempt(Table, tablename="sign_in_attempt"):
    """A try to sign in, by the keyed hash of what was typed."""

    id = BigSerial(primary_key=True)
    account_key = Bytea(null=False)
    hop = Varchar(length=64, null=False)
    at = Timestamptz(null=False)


class SignInPass(Table, tablename="sign_in_pass"):
    """A try that was right."""

    attempt_id = BigInt(primary_key=True, null=False)
