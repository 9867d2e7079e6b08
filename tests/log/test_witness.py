"""The witness signs a log that only grew, and nothing else: forks are caught in a thousand of a thousand."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from coop.cli.witnessing import make_key, witness
from coop.kernel.refusal import Unusable
from coop.log.rules.growth import Edge
from coop.log.rules.witness import Fetch, ForkError, NotSignedError, UnreadableError, look
from coop.receipts.rules.note import Head, read_checkpoint, read_vkey, sign_head
from coop.receipts.rules.tiles import Tile, read_place, tiles_of
from coop.receipts.rules.tree import leaf_hash, root_of
from coop.receipts.rules.trust_list import LogKey
from tests.receipts.log_samples import KEYS, LOG_KEY, LOG_PRIVATE, ORIGIN
from tests.receipts.test_rules_samples import private, x_of

LEAVES = [leaf_hash(n.to_bytes(2, "big")) for n in range(800)]


def served(leaves: list[bytes], size: int | None = None) -> Fetch:
    """A log of these leaves, as an address or a folder gives it."""
    size = len(leaves) if size is None else size
    levels = [leaves]
    while len(levels[-1]) >= 256:
        full = len(levels[-1]) - len(levels[-1]) % 256
        levels.append([root_of(levels[-1][at : at + 256]) for at in range(0, full, 256)])
    note = sign_head(Head(ORIGIN, size, root_of(leaves[:size])), [(LOG_KEY, LOG_PRIVATE)])

    def fetch(name: str) -> bytes | None:
        if name == "checkpoint":
            return note
        _, level, place = name.split("/", 2)
        found = read_place(place)
        assert found is not None
        n, width = found
        hashes = levels[int(level)][n * 256 : n * 256 + width] if int(level) < len(levels) else []
        return b"".join(hashes) if len(hashes) == width else None

    return fetch


def head_of(leaves: list[bytes]) -> Head:
    return Head(ORIGIN, len(leaves), root_of(leaves))


def test_every_growth_is_signed() -> None:
    chance = random.Random(1)
    sizes = [(0, 0), (0, 1), (1, 1), (1, 2), (255, 256), (256, 257), (256, 256), (3, 700)]
    sizes += [tuple(sorted(chance.sample(range(800), 2))) for _ in range(200)]
    for first, second in sizes:
        last = head_of(LEAVES[:first])
        assert look(served(LEAVES[:second]), KEYS, last).checkpoint.head.size == second
    assert look(served(LEAVES), KEYS, None).checkpoint.head.size == 800


def _split_view(chance: random.Random) -> tuple[list[bytes], list[bytes]]:
    """Two histories that share a beginning: the second is shown after the first was signed."""
    common = chance.randrange(0, 600)
    first, second = (
        [*LEAVES[:common], *(chance.randbytes(32) for _ in range(chance.randrange(1, 120)))]
        for _ in range(2)
    )
    kind = chance.randrange(4)
    if kind == 0:  # one leaf exchanged
        second = list(first)
        second[chance.randrange(len(first))] = chance.randbytes(32)
    elif kind == 1 and len(first) > 1:  # two leaves in each other's place
        second = list(first)
        a, b = chance.sample(range(len(first)), 2)
        second[a], second[b] = second[b], second[a]
    elif kind == 2:  # one leaf left out, and the log went on
        second = list(first)
        del second[chance.randrange(len(first))]
    more = max(0, len(first) - len(second)) + chance.randrange(0, 40)
    return first, [*second, *(chance.randbytes(32) for _ in range(more))]


def test_a_fork_is_caught_a_thousand_times_of_a_thousand() -> None:
    chance = random.Random(20)
    caught = 0
    for _ in range(1000):
        first, second = _split_view(chance)
        assert len(second) >= len(first)
        assert second[: len(first)] != first
        try:
            look(served(second), KEYS, head_of(first))
        except ForkError:
            caught += 1
    assert caught == 1000


def test_fewer_leaves_than_were_signed_are_a_fork() -> None:
    with pytest.raises(ForkError, match="700 were signed") as caught:
        look(served(LEAVES[:650]), KEYS, head_of(LEAVES[:700]))
    assert caught.value.evidence.keys() == {"checkpoint"}


def test_tiles_that_do_not_lead_to_the_signed_root() -> None:
    """A log that shows the old tree's tiles under a new tree's checkpoint."""
    honest, other = served(LEAVES[:700]), served([*LEAVES[:690], *LEAVES[700:710]])
    fetched: Fetch = lambda name: (honest if name == "checkpoint" else other)(name)  # noqa: E731
    with pytest.raises(ForkError, match="tiles do not lead") as caught:
        look(fetched, KEYS, head_of(LEAVES[:600]))
    assert len(caught.value.evidence) > 1


def test_what_is_not_this_log() -> None:
    fetch = served(LEAVES[:9])
    with pytest.raises(NotSignedError, match="not signed by the log"):
        look(fetch, [LogKey(ORIGIN, 1, x_of(private(3)))], None)
    with pytest.raises(NotSignedError, match="signed before was"):
        look(fetch, KEYS, Head("other/mr1", 9, bytes(32)))


@pytest.mark.parametrize("lost", ["checkpoint", "tile/0/002.p/188", "tile/1/000.p/2"])
def test_what_does_not_come_is_tried_again_later(lost: str) -> None:
    fetch = served(LEAVES[:700])
    with pytest.raises(UnreadableError):
        look(lambda name: None if name == lost else fetch(name), KEYS, None)


def test_a_full_tile_in_a_partial_ones_place_serves_too() -> None:
    """C2SP lets a log drop a partial tile once the full one stands."""
    fetch = served(LEAVES[:800], size=700)
    gone: Callable[[str], bytes | None] = lambda name: None if ".p/188" in name else fetch(name)  # noqa: E731
    assert look(gone, KEYS, head_of(LEAVES[:513])).checkpoint.head.size == 700


def _folder(at: Path, leaves: list[bytes]) -> Path:
    fetch = served(leaves)
    for name in ["checkpoint", *(f"tile/{tile.address}" for tile in tiles_of(len(leaves)))]:
        file = at / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(fetch(name) or b"")
    return at


def test_a_witness_with_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, state = tmp_path / "witness.key", tmp_path / "state"
    mine = read_vkey(make_key("ngo.example/w1", key))
    assert mine is not None
    assert key.stat().st_mode & 0o777 == 0o600
    first = witness(str(_folder(tmp_path / "a", LEAVES[:300])), key, state, KEYS)
    assert "first look" in capsys.readouterr().err
    found = read_checkpoint(first, [*KEYS, mine])
    assert found is not None
    assert [one.witness for one in found.cosignatures] == ["ngo.example/w1"]
    second = witness(str(_folder(tmp_path / "b", LEAVES[:700])), key, state, KEYS)
    kept = state.read_bytes()
    forked = [*LEAVES[:650], *LEAVES[700:800]]
    with pytest.raises(SystemExit) as refused:
        witness(str(_folder(tmp_path / "c", forked)), key, state, KEYS)
    assert refused.value.code == 1
    assert "FORK: the tree of 750 did not grow from that of 700" in capsys.readouterr().err
    assert state.read_bytes() == kept
    (evidence,) = tmp_path.glob("state.evidence-*")
    assert (evidence / "signed-before").read_bytes() == second
    names = {file.name for file in evidence.iterdir()}
    assert {"checkpoint", "why", "tile_0_002.p_238"} <= names
    with pytest.raises(SystemExit):
        witness(str(tmp_path / "a"), key, state, KEYS)
    with pytest.raises(Unusable, match="neither an address"):
        witness(str(tmp_path / "none"), key, state, KEYS)
    state.write_text("{}")
    with pytest.raises(Unusable, match="restore it"):
        witness(str(tmp_path / "b"), key, state, KEYS)
    with pytest.raises(Unusable):
        make_key("a b", tmp_path / "other.key")
    with pytest.raises(Unusable):
        make_key("again", key)


def test_the_samples_are_a_log() -> None:
    edge = Edge()
    for leaf in LEAVES[:513]:
        edge.add(leaf)
    assert edge.root == head_of(LEAVES[:513]).root
    assert served(LEAVES)(f"tile/{Tile(1, 0, 3).address}") is not None
