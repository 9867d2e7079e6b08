"""Schemes that shut each other out, and the better of them.

Which do is read from the rules themselves: a scheme that fails for who draws another one, and schemes
of one group. Two that are about persons shut each other out for one person, all others for the household.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coop.schemes.rules.logic import Op, Test
from coop.schemes.rules.scheme import About, Scheme, in_force


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """A scheme for an applicant who fits it. ``rupees``: of cash in a year, 0 where it is no cash."""

    number: int
    applicant: str
    code: str
    rupees: int


def barred_by(scheme: Scheme) -> frozenset[str]:
    """The schemes that, once drawn, shut this one."""
    return frozenset().union(
        *(
            one.rule.value
            for one in scheme.criteria
            if isinstance(one.rule, Test)
            and one.rule.op is Op.HAS_NONE
            and isinstance(one.rule.value, frozenset)
        )
    )


def exclusive(one: Scheme, other: Scheme) -> bool:
    """Whether the two cannot be drawn together."""
    same_group = one.group != "" and one.group == other.group
    barred = one.code in barred_by(other) or other.code in barred_by(one)
    return one.code != other.code and (same_group or barred)


def rupees_in_a_year(scheme: Scheme, on: date) -> int:
    """Rupees of cash in the first year by the rows in force."""
    return sum(row.rupees_in_a_year for row in in_force(scheme.benefits, on))


def better_choice(
    claims: Sequence[Claim], schemes: Mapping[str, Scheme]
) -> Mapping[Claim, frozenset[Claim]]:
    """Of claims that fit, those that clash with none or win, each with the ones given up for it.

    Of every set that can be drawn together the one with the most rupees a year is chosen, then the
    one with the earlier numbers.
    """
    clashes = {
        claim: frozenset(other for other in claims if _clash(claim, other, schemes))
        for claim in claims
    }
    chosen = _most(tuple(sorted(claims)), clashes)
    return {claim: clashes[claim] - chosen for claim in sorted(chosen)}


def _clash(one: Claim, other: Claim, schemes: Mapping[str, Scheme]) -> bool:
    first, second = schemes[one.code], schemes[other.code]
    if not exclusive(first, second):
        return False
    both_persons = first.about is About.PERSON and second.about is About.PERSON
    return one.applicant == other.applicant or not both_persons


def _most(claims: tuple[Claim, ...], clashes: Mapping[Claim, frozenset[Claim]]) -> frozenset[Claim]:
    """The set without clash that gives most: part by part, in each branch on the claim with most clashes.

    Parts have nothing to do with each other, as the pensions of two persons: thirty people in a household
    are thirty small questions, not one large one.
    """
    return frozenset().union(*(_most_of_part(part, clashes) for part in _parts(claims, clashes)))


def _most_of_part(
    part: tuple[Claim, ...], clashes: Mapping[Claim, frozenset[Claim]]
) -> frozenset[Claim]:
    left = frozenset(part)
    worst = max(part, key=lambda claim: len(clashes[claim] & left))
    if not clashes[worst] & left:
        return left
    within = _most(tuple(c for c in part if c != worst and c not in clashes[worst]), clashes)
    without = _most(tuple(claim for claim in part if claim != worst), clashes)
    return max(within | {worst}, without, key=_worth)


def _parts(
    claims: tuple[Claim, ...], clashes: Mapping[Claim, frozenset[Claim]]
) -> Iterator[tuple[Claim, ...]]:
    """Claims that clash with each other, by way of others too; in their order."""
    left = dict.fromkeys(claims)
    while left:
        found, ahead = set(), [next(iter(left))]
        while ahead:
            one = ahead.pop()
            if one in left:
                found.add(one)
                del left[one]
                ahead += clashes[one]
        yield tuple(claim for claim in claims if claim in found)


def _worth(claims: frozenset[Claim]) -> tuple[int, list[int]]:
    """More rupees first, then earlier numbers; a longer list of the same beginning is worth more."""
    return sum(claim.rupees for claim in claims), [-claim.number for claim in sorted(claims)]
