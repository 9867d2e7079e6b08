"""The same transaction by pgbench: what this PostgreSQL gives on these cores, with no Python at all.

Statements are prepared (``-M prepared``), as asyncpg's are; planned anew each time they would come
to half. Four things differ: ids, digests and receipt bytes are drawn by PostgreSQL and are shorter,
the chain's hash is PostgreSQL's own sha256, the facts are asked without the looks for ids and places
that are taken, and the rows it leaves are no true chain: ``coop ledger verify`` would say so.
A colon in a literal would be read as a variable, hence the label ``bench-posted``.
"""

import re
import subprocess
from pathlib import Path

from benchmarks.clients import AMOUNT, GROSS, PAYABLE, TARE
from benchmarks.ground import GRADE, MEMBERS, RATE
from coop.kernel import embedded
from coop.weighing.operations.write import _WRITE

_RANDOM = "substr(sha256(gen_random_uuid()::text::bytea), 1, {})"
_HEAD = r"""\set coop random(:first, :last)
\set member random(1, {members})
BEGIN;
SELECT set_config('coop.actor', 'bench', true), set_config('coop.cooperatives', :coop::text, true);
SELECT chain, last_seq AS seq, encode(last_hash, 'hex') AS prev FROM audit_head WHERE cooperative_id = :coop::bigint FOR UPDATE \gset
SELECT m.id AS member_id, s.id AS site_id, l.id AS line_id, y.dob, l.picker_floor_paise,
  coalesce((SELECT last_no FROM number_series WHERE cooperative_id = :coop::bigint AND fy = {fy} AND series = 'R1'), 0) + 1 AS no,
  coalesce((SELECT last_no FROM number_series WHERE cooperative_id = :coop::bigint AND fy = {fy} AND series = 'J'), 0) + 1 AS j
FROM member m JOIN LATERAL (SELECT dob FROM person_version v WHERE v.person_id = m.person_id ORDER BY told_by DESC, version DESC LIMIT 1) y ON true
CROSS JOIN LATERAL (SELECT id, district_lgd FROM site WHERE code = 'S-B-01' ORDER BY version DESC LIMIT 1) s
JOIN price_period p ON p.district_lgd = s.district_lgd AND p.grade_code = {grade} AND p.during @> now()
JOIN price_notice_line l ON l.id = p.line_id
WHERE m.cooperative_id = :coop::bigint AND m.member_no = lpad(:member::text, 4, '0') \gset
"""


def script(fy: int) -> str:
    """The pgbench script: the application's own statement with literals in its places."""
    one = {
        1: ":coop::bigint",
        2: str(fy),
        3: "now()",
        4: "ARRAY[gen_random_uuid()]",
        5: f"ARRAY[{_RANDOM.format(32)}]",
        6: "ARRAY[:no]::bigint[]",
        7: "ARRAY[:member_id]::bigint[]",
        8: "ARRAY[:site_id]::bigint[]",
        9: f"ARRAY[{GRADE}]",
        10: "ARRAY[:line_id]::bigint[]",
        11: "ARRAY[NULL]",
        12: "ARRAY[NULL]",
        13: "ARRAY[1]",
        14: "ARRAY[NULL]",
        15: "ARRAY['']",
        16: f"ARRAY[{GROSS}]",
        17: f"ARRAY[{TARE}]",
        18: f"ARRAY[{PAYABLE}]",
        19: "ARRAY[200]",
        20: "ARRAY[500]",
        21: f"ARRAY[{RATE}]",
        22: f"ARRAY[{RATE}]",
        23: f"ARRAY[{AMOUNT}]",
        24: "ARRAY['upi']",
        25: "ARRAY[now()]",
        26: "ARRAY[now()::date]",
        27: "ARRAY['']",
        28: "ARRAY[:j]::bigint[]",
        29: "ARRAY['B'||:no::text]",
        30: "ARRAY[:j,:j]::bigint[]",
        31: "ARRAY[1,2]",
        32: "ARRAY[1310,2110]",
        33: f"ARRAY[{AMOUNT},-{AMOUNT}]",
        34: "ARRAY[0,:member_id]::bigint[]",
        35: f"ARRAY[{GRADE},0]",
        36: f"ARRAY[{PAYABLE},0]",
        37: "ARRAY[1310,2110]",
        38: "ARRAY[0,:member_id]::bigint[]",
        39: f"ARRAY[{GRADE},0]",
        40: f"ARRAY[{AMOUNT},-{AMOUNT}]",
        41: f"ARRAY[{PAYABLE},0]",
        42: f"ARRAY[{_RANDOM.format(10)}]",
        43: "ARRAY[(random()*1e15)::bigint]",
        44: f"ARRAY[{_RANDOM.format(32)}]",
        45: ":chain",
        46: "'bench'",
        47: "'bench-posted'",
        48: "ARRAY[:seq::bigint + 1]",
        49: "ARRAY[now()]",
        50: "ARRAY['b/'||:no::text]",
        51: "ARRAY['{}']",
        52: "ARRAY[decode(:prev,'hex')]",
        53: "ARRAY[sha256((:prev::text||:no::text)::bytea)]",
        54: ":seq::bigint + 1",
        55: "sha256((:prev::text||:no::text)::bytea)",
    }
    filled = re.sub(r"\$([0-9]+)", lambda found: one[int(found[1])], _WRITE)
    head = _HEAD.format(members=MEMBERS, fy=fy, grade=GRADE)
    return head + " ".join(filled.split()) + ";\nCOMMIT;\n"


def rate(
    url: str, folder: Path, fy: int, cooperatives: tuple[int, int], clients: int, seconds: int
) -> float | None:
    """Transactions a second, or None where pgbench could not run; row ids first and last."""
    file = folder / "entry.sql"
    file.write_text(script(fy), "utf-8")
    done = subprocess.run(
        [
            str(embedded.binaries() / "pgbench"),
            "-n",
            "-M",
            "prepared",
            "-f",
            str(file),
            "-c",
            str(clients),
            "-j",
            "2",
            "-T",
            str(seconds),
            "-D",
            f"first={cooperatives[0]}",
            "-D",
            f"last={cooperatives[1]}",
            url,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + 60,
    )
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    if found is None or "failed" in done.stderr or "error" in done.stderr.lower():
        print("pgbench:", done.stderr.strip()[-400:])
    return float(found[1]) if found else None
