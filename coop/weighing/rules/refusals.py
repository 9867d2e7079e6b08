"""Why an entry is not booked. The first reason is the one to put right first.

Nothing seen of a child is among them: no concern delays or lowers a weighing.
"""

from collections.abc import Iterator

from coop.kernel.clock import full_years, ist_day
from coop.kernel.money import format_paise
from coop.kernel.refusal import Refusal
from coop.kernel.weight import format_kg
from coop.kernel.words import say
from coop.sites.rules import refusals_to_collect
from coop.weighing.rules.entry import WeighingEntry
from coop.weighing.rules.facts import RATE_HIGH, TOO_OLD, Facts, MemberFacts, PriceFacts
from coop.weighing.rules.payable import Settled, payable_grams, settled

TIME_OFF, PROVISIONAL = "time_off", "provisional"


def refusals_to_weigh(entry: WeighingEntry, facts: Facts) -> tuple[Refusal, ...]:
    """Return why the entry is not booked, nothing if it is.

    Codes of CONFIRMABLE wait for a person and fall away once ``facts.confirmed`` holds them.
    """
    return weigh_up(entry, facts)[0]


def settle(entry: WeighingEntry, facts: Facts) -> Settled:
    """Return grams, amount and flags of an entry that nothing speaks against.

    Raises ValueError where something does.
    """
    refusals, worked_out = weigh_up(entry, facts)
    if worked_out is None:
        raise ValueError("refused: " + ", ".join(refusal.code for refusal in refusals))
    return worked_out


def weigh_up(entry: WeighingEntry, facts: Facts) -> tuple[tuple[Refusal, ...], Settled | None]:
    """Return the reasons against an entry, or none and what it comes to; each worked out once."""
    if not facts.own_cooperative:
        # What stands in another cooperative's books is not told.
        message = say("This row is of another cooperative; load it there.")
        return (Refusal("other_cooperative", message, "cooperative"),), None
    measures = tuple(_measure_refusals(entry, facts))
    time = tuple(_time_refusals(entry, facts))
    ahead = any(refusal.code == "future_time" for refusal in time)
    day = ist_day(entry.weighed_at)
    rest = (
        *_centre_refusals(facts),
        *_member_refusals(entry, facts.member, facts, ahead),
        *refusals_to_collect(facts.site, day),
        *_grade_refusals(facts),
    )
    firm = (*measures, *time, *rest)
    if facts.site is None or not facts.site.cleared_on(day) or not facts.grade_known or ahead:
        return firm, None  # the price of what is not bought says nothing
    worked_out = None if measures or facts.price is None else _settled(entry, facts, facts.price)
    refusals = (*firm, *_pay_refusals(entry, facts, worked_out))
    return refusals, None if refusals else worked_out


def _settled(entry: WeighingEntry, facts: Facts, price: PriceFacts) -> Settled:
    terms, floor = facts.terms, price.picker_floor_paise_per_kg
    payable = payable_grams(
        entry.gross_g,
        entry.tare_g,
        entry.moisture,
        entry.waste,
        terms.moisture_base,
        terms.waste_base,
    )
    flags = tuple(_flags(entry, facts, floor))
    return settled(entry.gross_g, entry.tare_g, payable, entry.rate_paise_per_kg, floor, flags)


def _flags(entry: WeighingEntry, facts: Facts, floor: int) -> Iterator[str]:
    age = facts.now - entry.weighed_at
    if age > facts.terms.device_late and not facts.imported:
        yield TOO_OLD
    elif age > facts.terms.device_off and not facts.imported:
        yield TIME_OFF
    if entry.rate_paise_per_kg > 2 * floor:
        yield RATE_HIGH
    if facts.member is not None and facts.member.provisional:
        yield PROVISIONAL


def _measure_refusals(entry: WeighingEntry, facts: Facts) -> Iterator[Refusal]:
    shares = {"moisture_pct": entry.moisture, "waste_pct": entry.waste}
    below_zero = {
        "gross_g": entry.gross_g < 0,
        "tare_g": entry.tare_g < 0,
        **{name: share < 0 for name, share in shares.items()},
        "rate_paise_per_kg": entry.rate_paise_per_kg < 0,
    }
    for name, below in below_zero.items():
        if below:
            yield Refusal("negative", say("A minus sign cannot be right here; correct it."), name)
    for name, share in shares.items():
        if share > 100:
            message = say("A share cannot be over 100 per cent; read the meter again.")
            yield Refusal("percent_out_of_range", message, name)
    most = facts.terms.most_gross_g
    if entry.gross_g > most:
        message = say("Over %(kg)s kg at once: were grams typed as kilograms?", kg=format_kg(most))
        yield Refusal("implausible_weight", message, "gross_g")
    elif entry.gross_g >= 0 and entry.tare_g >= 0 and entry.tare_g >= entry.gross_g:
        message = say(
            "Tare %(tare)s kg is not below gross %(gross)s kg; weigh again.",
            tare=format_kg(entry.tare_g),
            gross=format_kg(entry.gross_g),
        )
        yield Refusal("tare_not_below_gross", message, "tare_g")


def _time_refusals(entry: WeighingEntry, facts: Facts) -> Iterator[Refusal]:
    if entry.weighed_at > facts.now + facts.terms.device_ahead:
        message = say("The weighing lies in the future; set the device's clock.")
        yield Refusal("future_time", message, "weighed_at")
    late = entry.weighed_at < facts.now - facts.terms.device_late
    if late and TOO_OLD not in facts.confirmed and not facts.imported:
        message = say("The entry is too old; it waits for a manager's confirmation.")
        yield Refusal(TOO_OLD, message, "weighed_at")


def _centre_refusals(facts: Facts) -> Iterator[Refusal]:
    if not facts.centre_known:
        message = say("This centre is not one of the cooperative's; check the code.")
        yield Refusal("unknown_centre", message, "centre")


def _grade_refusals(facts: Facts) -> Iterator[Refusal]:
    if not facts.grade_known:
        message = say("This grade is not in the list; choose one that is.")
        yield Refusal("unknown_grade", message, "grade_code")


def _member_refusals(
    entry: WeighingEntry, member: MemberFacts | None, facts: Facts, ahead: bool
) -> Iterator[Refusal]:
    field = "member_no"
    if member is None:
        message = say("No member of this cooperative has this number; check the card.")
        yield Refusal("unknown_member", message, field)
        return
    if ahead:
        return  # on a mistyped day neither age nor membership can be judged
    day = ist_day(entry.weighed_at)
    adult = facts.terms.adult_age
    if member.born is not None and full_years(member.born, day) < adult:
        message = say("The member was under %(age)s on that day; nothing can be bought.", age=adult)
        yield Refusal("underage", message, field)
    elif day < member.admitted_on:
        message = say("The member was not yet admitted on that day; check number and date.")
        yield Refusal("not_yet_member", message, field)
    died = member.death_known_at is not None and entry.weighed_at > member.death_known_at
    if member.ceased_on is not None and (day > member.ceased_on or died):
        message = say("The membership had ended by that day; check the card.")
        yield Refusal("member_not_active", message, field)


def _pay_refusals(
    entry: WeighingEntry, facts: Facts, worked_out: Settled | None
) -> Iterator[Refusal]:
    field = "rate_paise_per_kg"
    if facts.price is None:
        message = say("No price notice is in force for this grade and district then.")
        yield Refusal("no_price_in_force", message, "grade_code")
        return
    floor = facts.price.picker_floor_paise_per_kg
    rate = entry.rate_paise_per_kg
    if 0 <= rate < floor:
        message = say(
            "The floor then was %(floor)s rupees a kg; pay at least that.",
            floor=format_paise(floor),
        )
        yield Refusal("rate_below_floor", message, field)
    elif rate > 2 * floor and RATE_HIGH not in facts.confirmed and not facts.imported:
        message = say("The rate is over twice the floor; confirm it or correct it.")
        yield Refusal(RATE_HIGH, message, field)
    if worked_out is not None:
        yield from _amount_refusals(entry, facts, worked_out)


def _amount_refusals(entry: WeighingEntry, facts: Facts, worked_out: Settled) -> Iterator[Refusal]:
    if worked_out.payable_g <= 0:
        message = say("Nothing payable is left after moisture and waste; weigh again.")
        yield Refusal("nothing_payable", message, "gross_g")
        return
    if entry.paid_mode != "cash":
        return
    limit = facts.terms.cash_limit_paise
    if facts.cash_today_paise + worked_out.amount_paise > limit:
        message = say(
            "Over %(limit)s rupees in cash that day; pay by UPI or bank.",
            limit=format_paise(limit),
        )
        yield Refusal("cash_limit", message, "paid_mode")


def refusals_to_enter_paper(entry: WeighingEntry, stands: str | None) -> tuple[Refusal, ...]:
    """Return why a page of the paper book is not entered: ``stands``, a slip has it already."""
    if entry.paper_no and stands is not None:
        message = say("This page is booked already as %(slip)s; check the number.", slip=stands)
        return (Refusal("paper_page_taken", message, "paper_no"),)
    return ()
