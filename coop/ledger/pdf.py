"""The month's statement and trial balance of a cooperative on A4, to be signed by the board."""

from coop.kernel.i18n import day, gettext, language, named, rupees
from coop.kernel.paper.pages import FOREST, QUIET, Pages, TableColumn
from coop.ledger.queries.statement import Moved, Statement

_SIGN = 36  # points to sign in


def statement_pdf(one: Statement) -> bytes:
    """Draw it in the language spoken now. Credit balances carry a minus sign."""
    title = f"{gettext('Trial balance')} {one.code}"
    pages = Pages(title, language(), foot=f"{title}, {day(one.last)}")
    pages.write(f"{named(one)} · {one.code}", 10, color=QUIET)
    pages.write(gettext("Trial balance"), 20, bold=True, color=FOREST)
    pages.write(gettext("%(first)s to %(last)s") % {"first": day(one.first), "last": day(one.last)}, 12)  # fmt: skip
    pages.gap(8)
    if not one.moved:
        pages.write(gettext("Nothing is posted up to this day"), 14, bold=True)
        pages.write(gettext("The first weighing posts the first journal."), 12)
        return pages.data()
    pages.table(_columns(), [_row(account) for account in one.moved], 9, sums=_sums(one))
    pages.gap(8)
    if one.balance.holds:
        pages.write(gettext("Debit and credit are equal."), 11, bold=True)
    else:
        pages.write(
            gettext("The books do not agree. Tell the agency; nothing is to be posted until it is found."), 12, bold=True
        )  # fmt: skip
    pages.write(gettext("Credit balances carry a minus sign."), 9, color=QUIET)
    for words in (gettext("Signature of the treasurer"), gettext("Signature of the chair")):
        pages.need(_SIGN + 20)
        pages.gap(_SIGN)
        pages.rule()
        pages.write(words, 9, color=QUIET)
    return pages.data()


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(gettext("Account"), 32),
        TableColumn(gettext("Before the month"), 17, "right"),
        TableColumn(gettext("Debit"), 17, "right"),
        TableColumn(gettext("Credit"), 17, "right"),
        TableColumn(gettext("Balance"), 17, "right", bold=True),
    )


def _row(one: Moved) -> tuple[str, ...]:
    return (
        f"{one.code} {named(one)}",
        rupees(one.before_paise),
        rupees(one.debit_paise) if one.debit_paise else "",
        rupees(one.credit_paise) if one.credit_paise else "",
        rupees(one.after_paise),
    )


def _sums(one: Statement) -> tuple[str, ...]:
    return (
        gettext("Sum"),
        rupees(sum(account.before_paise for account in one.moved)),
        rupees(sum(account.debit_paise for account in one.moved)),
        rupees(sum(account.credit_paise for account in one.moved)),
        rupees(sum(account.after_paise for account in one.moved)),
    )
