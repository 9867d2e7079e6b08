"""Verdicts on many receipts for anybody, pasted or from a table."""

import csv
import io

import httpx
import pytest

from coop.buyers.forms.many import MOST_RECEIPTS, csv_text, texts_of_csv, texts_pasted
from coop.receipts.rules.receipt import bytes_of_text
from tests.buyers.firms import (
    kept_firm,
    sold_to,
)
from tests.trade import Trade


async def test_anybody_verifies_many_and_bad_lines_are_told(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    made = await kept_firm()
    good = [await sold_to(made, trade.here), await sold_to(made, trade.there)]
    assert bytes_of_text(good[0].encode()) is not None
    lines = [good[0], "nonsense", f"  {good[1]}  ", "", good[0][:-4] + "AAAA", "=cmd()"]
    answer = await client.post("/en/verify/many", data={"texts": "\n".join(lines)})
    assert answer.status_code == 200
    assert "5 lines were read, 2 are genuine and current" in answer.text
    assert answer.text.count("Not a receipt") >= 2
    assert "10.000" in answer.text
    as_csv = await client.post("/verify/many", data={"texts": "\n".join(lines), "as": "csv"})
    rows = list(csv.DictReader(io.StringIO(as_csv.content.decode("utf-8-sig"))))
    assert [row["verdict"] for row in rows][:3] == [
        "GENUINE_CURRENT",
        "MALFORMED",
        "GENUINE_CURRENT",
    ]
    assert [row["line"] for row in rows] == ["1", "2", "3", "4", "5"]
    table = csv_text(["no", "receipt"], [["1", good[1]], ["2", "x"]]).encode()
    upload = await client.post(
        "/verify/many", files={"file": ("r.csv", table, "text/csv")}, data={"texts": ""}
    )
    assert upload.status_code == 200
    assert "2 पंक्तियाँ पढ़ी गईं, 1 असली और ताज़ा है" in upload.text


@pytest.mark.parametrize(
    ("path", "words"), [("/verify/many", "रसीदें डालें"), ("/en/verify/many", "Paste receipts")]
)
async def test_nothing_pasted_is_told(client: httpx.AsyncClient, path: str, words: str) -> None:
    assert 'name="texts"' in (await client.get(path)).text
    answer = await client.post(path, data={"texts": " \n "})
    assert answer.status_code == 422
    assert words in answer.text
    many = await client.post(path, data={"texts": "x\n" * (MOST_RECEIPTS + 1)})
    assert many.status_code == 422
    assert str(MOST_RECEIPTS) in many.text


def test_texts_are_read_from_paste_and_csv() -> None:
    assert texts_pasted("a\r\n\n b \n").texts == ("a", "b")
    assert texts_of_csv(b"no,text\n1,HTTPS://X/R/AB\n2,\n").texts == ("HTTPS://X/R/AB", "2")
    assert texts_of_csv(b"HTTPS://X/R/AB\n").texts == ("HTTPS://X/R/AB",)
    assert texts_of_csv("\ufeffHTTPS://X/R/AB".encode()).texts == ("HTTPS://X/R/AB",)
    assert texts_of_csv(b"\xff\xfe").problems[0].code == "not_csv"
    assert texts_of_csv(b"").problems[0].code == "nothing"
    assert texts_of_csv(b"x\n" * 600).problems[0].code == "too_many"
    assert texts_of_csv(b"x" * 1_000_001).problems[0].code == "too_large"


def test_no_cell_is_run_by_a_spreadsheet() -> None:
    written = csv_text(["a"], [["=1+1"], ["+1"], ["-1"], ["@x"], ["\tx"], [-5], ["x=1"], [None]])
    rows = list(csv.reader(io.StringIO(written)))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "-5", "x=1", ""]


def test_the_console_asks_which_buyer_a_person_acts_for() -> None:
    from click.testing import CliRunner

    from coop.cli.people import user

    for words in (["--role", "buyer"], ["--role", "clerk", "--buyer", "X"]):
        ran = CliRunner().invoke(user, ["add", "--name", "x", *words])
        assert "belong together" in str(ran.exception)
