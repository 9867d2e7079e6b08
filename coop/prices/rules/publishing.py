"""Whether a notice may be published, by what it says and what holds already. Pure.

A lower floor comes only by a revision that names what it supersedes. People were heard, or the
notice says why not. The parts of a floor sum to it, or the notice says why they are left out.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from coop.kernel.clock import ist_day
from coop.kernel.money import format_paise
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.prices.rules.difference import changes
from coop.prices.rules.notice import BUYER, PICKER, Notice, PricedLine, Standing, field_at
from coop.prices.rules.periods import NoticeLine


def is_for_a_past_time(line: NoticeLine) -> bool:
    """Return whether a line was published after it was to begin; such a line is marked."""
    return line.effective_from < line.published_at


def refusals_to_publish(
    line: NoticeLine, *, grade_known: bool, may_publish_for_past: bool
) -> tuple[Refusal, ...]:
    """Return why a line cannot be published. That notices overlap is no reason.

    ``may_publish_for_past`` is the administrator's alone.
    """
    return (*_time_refusals(line, may_publish_for_past), *_price_refusals(line, grade_known))


def _time_refusals(line: NoticeLine, may_publish_for_past: bool) -> Iterator[Refusal]:
    if line.ends <= line.effective_from:
        message = say("The notice ends before it begins; correct one of the two times.")
        yield Refusal("ends_before_it_begins", message, "effective_to")
    elif line.ends <= line.published_at:
        message = say("The notice ended before it was published; it could never hold.")
        yield Refusal("never_in_force", message, "published_at")
    if is_for_a_past_time(line) and not may_publish_for_past:
        message = say("Prices cannot begin before publication; ask the administrator.")
        yield Refusal("effective_before_published", message, "effective_from")
    if line.supersedes == line.notice_no:
        message = say("A notice cannot supersede itself; give a revision its own number.")
        yield Refusal("supersedes_itself", message, "reference")


def _price_refusals(line: NoticeLine, grade_known: bool) -> Iterator[Refusal]:
    prices = {
        "picker_floor_rupees_per_kg": line.picker_floor_paise_per_kg,
        "buyer_floor_rupees_per_kg": line.buyer_floor_paise_per_kg,
        "premium_rupees_per_kg": line.premium_paise_per_kg,
    }
    for column, paise in prices.items():
        if paise < 0:
            yield Refusal("negative", say("A price cannot be negative; correct it."), column)
    if line.picker_floor_paise_per_kg == 0:
        message = say("The picker's floor must be above zero.")
        yield Refusal("floor_zero", message, "picker_floor_rupees_per_kg")
    if line.buyer_floor_paise_per_kg < line.picker_floor_paise_per_kg:
        message = say("The buyer's floor is below the picker's; raise it or correct both.")
        yield Refusal("buyer_floor_below_picker_floor", message, "buyer_floor_rupees_per_kg")
    if not grade_known:
        message = say("This grade is not in the list; load the grades first.")
        yield Refusal("unknown_grade", message, "grade_code")


# A line's columns are fields of the line; its times and what it supersedes are the notice's.
_OF_A_LINE = {
    "picker_floor_rupees_per_kg": PICKER,
    "buyer_floor_rupees_per_kg": BUYER,
    "premium_rupees_per_kg": "premium",
    "grade_code": PICKER,
}
_OF_THE_NOTICE = {
    "effective_from": "from_day",
    "effective_to": "to_day",
    "published_at": "to_day",
    "reference": "supersedes",
}


def refusals_to_publish_notice(notice: Notice, standing: Standing) -> tuple[Refusal, ...]:
    """Return why a notice cannot be published; each reason at its field of the form."""
    published = {line.notice_no for line in standing.lines}
    found = (
        *_number_refusals(notice, published),
        *(
            refusal
            for priced in notice.lines
            for refusal in _line_refusals(priced, notice, standing)
        ),
        *_consultation_refusals(notice),
    )
    return tuple(dict.fromkeys(found))  # the notice's own times are wrong once, not once a line


def _number_refusals(notice: Notice, published: Collection[str]) -> Iterator[Refusal]:
    if notice.number in published:
        message = say("This number was published before; give the notice its own number.")
        yield Refusal("duplicate", message, "number")
    if not notice.lines:
        message = say("No price is filled in; fill in at least one line.")
        yield Refusal("no_lines", message, "lines")
        return
    supersedes = notice.lines[0].line.supersedes
    if supersedes and supersedes not in published and supersedes != notice.number:
        message = say("No notice has this number; check what is superseded.")
        yield Refusal("unknown_superseded", message, "supersedes")


def _line_refusals(priced: PricedLine, notice: Notice, standing: Standing) -> Iterator[Refusal]:
    line = priced.line
    for refusal in refusals_to_publish(
        line,
        grade_known=line.grade_code in standing.grades,
        may_publish_for_past=standing.may_publish_for_past,
    ):
        kind = _OF_A_LINE.get(refusal.field or "")
        field = field_at(kind, line) if kind else _OF_THE_NOTICE.get(refusal.field or "")
        yield replace(refusal, field=field)
    yield from _lowered(line, standing.at(line.district_lgd, line.grade_code))
    yield from _component_refusals(priced, notice)


def _lowered(line: NoticeLine, standing: Sequence[NoticeLine]) -> Iterator[Refusal]:
    """A floor goes down only where the notice that falls is named as superseded."""
    for change in changes(standing, (line,)):
        before = change.before
        if before is None or change.after != line or before.notice_no == line.supersedes:
            continue
        for kind, old, new in (
            (PICKER, before.picker_floor_paise_per_kg, line.picker_floor_paise_per_kg),
            (BUYER, before.buyer_floor_paise_per_kg, line.buyer_floor_paise_per_kg),
        ):
            if new < old:
                message = say(
                    "Below %(floor)s of %(number)s; name that notice as superseded.",
                    floor=format_paise(old),
                    number=before.notice_no,
                )
                yield Refusal("lower_without_revision", message, field_at(kind, line))
                return


def _component_refusals(priced: PricedLine, notice: Notice) -> Iterator[Refusal]:
    line = priced.line
    for kind, field, floor in (
        (PICKER, "parts", line.picker_floor_paise_per_kg),
        (BUYER, "buyer_parts", line.buyer_floor_paise_per_kg),
    ):
        parts = priced.parts_of(kind)
        total = sum(part.paise_per_kg for part in parts)
        if parts and total != floor:
            message = say(
                "The parts come to %(total)s, the floor is %(floor)s; correct one.",
                total=format_paise(total),
                floor=format_paise(floor),
            )
            yield Refusal("parts_differ", message, field_at(field, line))
        if not parts and not notice.no_components_reason:
            message = say("A floor has no parts; write them or say why not.")
            yield Refusal("parts_missing", message, "no_components_reason")


def _consultation_refusals(notice: Notice) -> Iterator[Refusal]:
    heard = notice.consultation
    if heard is None:
        if not notice.no_consultation_reason:
            message = say("Write who was heard, or say why nobody was.")
            yield Refusal("consultation_missing", message, "consulted")
        return
    if notice.no_consultation_reason:
        message = say("People were heard; take out the reason why nobody was.")
        yield Refusal("consultation_and_reason", message, "no_consultation_reason")
    if heard.people < 1:
        message = say("Nobody is counted; write how many were heard.")
        yield Refusal("nobody_heard", message, "men")
    elif heard.people != heard.by_age:
        message = say(
            "The ages come to %(ages)s people, men and women to %(people)s; correct one.",
            ages=heard.by_age,
            people=heard.people,
        )
        yield Refusal("ages_differ", message, "under_18")
    if any(heard.held_on > ist_day(priced.line.published_at) for priced in notice.lines[:1]):
        message = say("This day is still to come; a hearing comes before the notice.")
        yield Refusal("consultation_ahead", message, "held_on")
