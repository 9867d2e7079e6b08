"""Lots and sales of the sample through the program, against the expected answers."""

from pathlib import Path

from tests.importing.console import SAMPLE, Home, rows_of, truth
from tests.importing.test_import import counted, row_counts

LOTS, SALES = 8, 27


def test_every_lot_is_made(loaded: Home) -> None:
    rows = rows_of(loaded.report("lots"))
    assert [row["outcome"] for row in rows] == ["accepted"] * LOTS
    assert [row["id"] for row in rows] == [one["lot_no"] for one in rows_of(SAMPLE / "lots.csv")]


def test_every_sale_gets_its_answer(loaded: Home) -> None:
    got, expected = rows_of(loaded.report("sales")), truth("sales")
    assert len(got) == len(expected) == SALES
    wrong = []
    for row, one in zip(got, expected, strict=True):
        outcome, _, code = one["expected"].partition(":")
        codes = row["code"].split("|")
        if outcome == "refused":
            allowed = {code, *filter(None, one["also_ok"].split("|"))}
            right = row["outcome"] == "refused" and codes[0] in allowed
            right = right and row["grams"] == row["paise"] == ""
        else:
            sums = (row["outcome"], row["code"], row["grams"], row["paise"])
            right = sums == ("accepted", "", one["quantity_g"], one["amount_paise"])
        if not right or row["id"] != one["sale_no"]:
            wrong.append((one, row))
    print(f"sales: {len(expected) - len(wrong)} of {len(expected)} as expected")
    assert wrong == []


def test_the_first_code_is_the_truths(loaded: Home) -> None:
    """No answer needs the further right ones."""
    got = rows_of(loaded.report("sales"))
    for row, one in zip(got, truth("sales"), strict=True):
        assert row["code"].split("|")[0] == one["expected"].partition(":")[2]


async def test_lots_hold_the_oldest_purchases_and_close(loaded: Home) -> None:
    async with loaded.owner() as owner:
        rows = await owner.fetch(
            """SELECT l.own_no, l.stock_grams AS made_grams, b.bought_grams, b.lost_grams, b.sold_grams FROM lot l
               JOIN lot_balance b ON (b.cooperative_id, b.lot_fy, b.lot_no) = (l.cooperative_id, l.fy, l.no)"""
        )
        newer = await owner.fetchval(
            """SELECT count(*) FROM lot l JOIN weighing w ON w.cooperative_id = l.cooperative_id AND w.grade_code = l.grade_code
               WHERE w.weighed_at < l.last_weighed_at AND NOT EXISTS (SELECT FROM lot_purchase p
                 WHERE (p.cooperative_id, p.fy, p.weighing_no) = (w.cooperative_id, w.fy, w.no))"""
        )
    given = {
        one["lot_no"]: int(one["stock_kg"].replace(".", "")) for one in rows_of(SAMPLE / "lots.csv")
    }
    assert {row["own_no"]: row["made_grams"] for row in rows} == given
    for row in rows:
        assert row["bought_grams"] - row["made_grams"] == row["lost_grams"]
        assert 0 <= row["lost_grams"] < 60_000
    assert newer == 0
    sold = {
        lot: sum(
            int(one["quantity_g"])
            for one, sale in zip(truth("sales"), rows_of(SAMPLE / "sales.csv"), strict=True)
            if one["expected"] == "accepted" and sale["lot_no"] == lot
        )
        for lot in given
    }
    assert {row["own_no"]: row["sold_grams"] for row in rows} == sold


async def test_all_or_none_and_dry(loaded: Home, tmp_path: Path) -> None:
    """One bad row holds a whole list back; a dry run keeps nothing; with the good kept, one stands."""
    header = "lot_no,cooperative,grade_code,district_lgd,made_at,stock_kg\n"
    good = "L-NEW-1,KDM01,3,334,2026-10-31T18:00:00+05:30,1.000\n"
    bad = "L-NEW-2,KDM01,3,334,2026-10-31T18:00:00+05:30,99999999\n"
    file = tmp_path / "lots.csv"
    file.write_text(header + good + bad + good + good.replace("1.000", "2.000"), "utf-8")
    before = await row_counts(loaded)
    held = loaded.load("lots", file)
    assert held.code == 1
    assert held.counts == counted(rows=4, accepted=1, replay=1, refused=2)
    assert loaded.load("lots", file, "--keep-good", "--dry-run").counts["posted"] == 0
    assert await row_counts(loaded) == before
    elsewhere = loaded.load("lots", file, "--cooperative", "GRD01")
    assert elsewhere.counts == counted(rows=4, refused=4)


def test_what_a_list_cannot_say(loaded: Home, tmp_path: Path) -> None:
    lines = (SAMPLE / "sales.csv").read_text("utf-8").splitlines()
    file, report = tmp_path / "sales.csv", tmp_path / "report.csv"
    odd = [
        "SL-901,NOWHERE,L-KDM-001,3,B01,1,15,2026-10-10T11:00:00+05:30",
        "SL-902,KDM01,L-KDM-001,3,B01,one,15,2026-10-10T11:00:00+05:30",
        "SL-903,KDM01,L-KDM-001,3,B01,-1,15,2026-10-10T11:00:00+05:30",
        "SL-904,KDM01,L-KDM-001,4,B01,१,15,2026-10-10T11:00:00+05:30",
        "SL-905,KDM01,L-KDM-001,3,B01,1,15,2026-11-10T11:00:00+05:30",
        "SL-001,KDM01,L-KDM-001,3,B01,1,15,2026-10-10T11:00:00+05:30",
        lines[1],
    ]
    file.write_text("\n".join([lines[0], *odd]) + "\n", "utf-8")
    ran = loaded.load("sales", file, "--keep-good", "--report", str(report))
    assert ran.counts == counted(rows=7, unchanged=1, refused=6)
    found = [row["code"].split("|")[0] for row in rows_of(report)]
    assert found == [
        "unknown_cooperative",
        "not_a_number",
        "not_positive",
        "grade_differs",
        "future_time",
        "duplicate_conflict",
        "",
    ]
