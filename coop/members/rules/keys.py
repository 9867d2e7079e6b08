"""By what a member is found, and in which blocks a second entry of them would stand. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from coop.members.rules.candidate import Candidate, traits_of
from coop.members.rules.duplicates import block_names
from coop.members.rules.names import folded_words, search_key
from coop.members.rules.script import fold, plain_words, skeleton

_WORDS_ASKED = 3


@dataclass(frozen=True, slots=True)
class MemberKeys:
    """Folded for finding, never shown. ``words``: between spaces, so that a search may begin a word."""

    sort_key: str
    words: str
    given: tuple[str, ...]
    bones: tuple[str, ...]
    surname: str
    relative: tuple[str, ...]
    place: str
    blocks: tuple[str, ...]


def keys_of(now: Candidate, names: Iterable[str]) -> MemberKeys:
    """Keys of a member as known now; ``names``: all they ever had, so that a maiden name finds too."""
    traits = traits_of(now)
    every = [now.name_latin, now.name_hi, *names]
    words = {word for name in every for word in folded_words(name)}
    words |= {folded for name in every for folded in map(fold, plain_words(name)) if folded}
    first = search_key(now.name_latin) or search_key(now.name_hi)
    return MemberKeys(
        first[:200],
        f" {' '.join(sorted(words))} ",
        traits.given,
        tuple(dict.fromkeys(map(skeleton, traits.given))),
        traits.surname[:80],
        traits.relative,
        traits.place[:80],
        tuple(sorted(block_names(traits))),
    )


def asked_elsewhere(row: Candidate) -> str:
    """What is asked of other cooperatives about a person: folded keys and numbers, as JSON text."""
    keys = keys_of(row, ())
    return json.dumps(
        {
            "blocks": keys.blocks,
            "given": keys.given,
            "bones": keys.bones,
            "relative": keys.relative,
            "surname": keys.surname,
            "place": keys.place,
            "sex": row.sex,
            "dob": row.dob.isoformat() if row.dob else None,
            "dob_precision": row.dob_precision,
            "relation": row.relation,
            "mobile": row.mobile,
            "bank_account": row.bank_account,
            "id_kind": row.id_kind,
            "id_no": row.id_no,
        }
    )


def patterns(words: tuple[str, ...]) -> tuple[str, str, str]:
    """Up to three patterns that must all fit, each the beginning of a word.

    >>> patterns(("sunit", "mah"))
    ('% sunit%', '% mah%', '%')
    """
    escaped = [
        word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        for word in words[:_WORDS_ASKED]
    ]
    found = [f"% {word}%" for word in escaped] + ["%"] * _WORDS_ASKED
    return found[0], found[1], found[2]
