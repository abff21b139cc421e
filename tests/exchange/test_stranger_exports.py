"""Exports that strangers bring, in their tools' layouts, at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import journeykit
from journeykit.cli import app
from journeykit.exchange.record_proposals import guess_reads
from journeykit.exchange.record_readers import read_records
from journeykit.exchange.surveys import read_survey
from journeykit.exchange.tables import read_table

SHOPIFY = """Name,Email,Financial Status,Paid at,Currency,Total,Created at,\
Lineitem quantity,Lineitem name,Lineitem price,Cancelled at
#1001,ann@example.org,paid,2026-01-05 10:00:00 +0100,EUR,50.00,\
2026-01-05 10:00:00 +0100,1,Tea,20,
#1001,ann@example.org,,,,,2026-01-05 10:00:00 +0100,1,Cup,30,
#1002,ann@example.org,paid,2026-02-05 10:00:00 +0100,EUR,30.00,\
2026-02-05 10:00:00 +0100,1,Tea,30,
#1003,bob@example.org,refunded,2026-02-06 10:00:00 +0100,EUR,99.00,\
2026-02-06 10:00:00 +0100,1,Pot,99,2026-02-07 09:00:00 +0100
#1004,cy@example.org,paid,2026-02-08 10:00:00 +0100,EUR,20.00,\
2026-02-08 10:00:00 +0100,1,Tea,20,
""" + "".join(
    f"#{1005 + n},c{n}@example.org,paid,2026-02-{10 + n} 10:00:00 +0100,EUR,10.00,"
    f"2026-02-{10 + n} 10:00:00 +0100,1,Tea,10,\n"
    for n in range(6)
)
MONKEY = """Respondent ID,Collector ID,Start Date,How satisfied are you with?,,\
How likely are you to recommend us?
,,,Check-in,Breakfast,
""" + "".join(
    f"{n},4,03/0{1 + n % 9}/2026,{check_in},{breakfast},{likely}\n"
    for n, (check_in, breakfast, likely) in enumerate(
        [
            ("Very satisfied", "Neutral", "10 - Extremely likely"),
            ("Satisfied", "Dissatisfied", "9"),
            ("Neutral", "Satisfied", "7"),
            ("Dissatisfied", "N/A", "0 - Not at all likely"),
            ("Satisfied", "Very dissatisfied", "8"),
            ("Very dissatisfied", "", "10 - Extremely likely"),
            ("Satisfied", "Satisfied", "9"),
            ("Very satisfied", "Satisfied", "6"),
        ]
    )
)


def imported(tmp_path: Path, name: str, text: str) -> dict[str, Any]:
    """Import a file by its own proposal, and return what is measured."""
    file, work = tmp_path / name, tmp_path / "w.journey"
    file.write_text(text)
    journeykit.new(work, title="Case").close()
    runner = CliRunner()
    proposed = runner.invoke(app, ["import", str(work), str(file)])
    assert 0 == proposed.exit_code, proposed.output
    mapping = f"{file}.mapping.json"
    taken = runner.invoke(app, ["import", str(work), str(file), "--mapping", mapping])
    assert 0 == taken.exit_code, taken.output
    told = ["measure", str(work), "--format", "json"]
    measured = runner.invoke(app, told)
    assert 0 == measured.exit_code, measured.output
    return json.loads(measured.stdout)


def test_orders_of_a_shop_whose_customers_are_addresses(tmp_path: Path) -> None:
    """Lines of one order are no purchases, cancelled orders neither."""
    found = imported(tmp_path, "orders.csv", SHOPIFY)

    mapping = json.loads((tmp_path / "orders.csv.mapping.json").read_text())
    assert ("Email", "Paid at", "Total", "Cancelled at", "EUR") == tuple(
        mapping[name]
        for name in ("customer", "time", "amount", "cancelled", "currency")
    )
    # Ann bought twice; Bob's only order was cancelled: 1 of 8 buyers came again.
    repeat = found["results"]["repeat_purchase_rate"]
    assert (1 / 8, 8) == (pytest.approx(repeat["value"]), repeat["n"])
    assert "ann@example.org" not in json.dumps(found)


def test_answers_in_words_are_scored_by_the_proposal(tmp_path: Path) -> None:
    """SurveyMonkey's labels, N/A, and ends with a word beside the figure."""
    found = imported(tmp_path, "monkey.csv", MONKEY)

    scores = {
        (row["column"][-9:], row["definition"]): (row["value"], row["n"])
        for row in found["tables"]["scores"]
    }
    csat = "customer_satisfaction_score"
    # 5 of 8 satisfied or very satisfied; breakfast 3 of 6, one N/A and one empty.
    assert (5 / 8, 8) == scores[" Check-in", csat]
    assert (1 / 2, 6) == scores["Breakfast", csat]
    # 9 or 10 say 4 of 8, up to 6 say 2.
    (nps,) = [v for (_, name), v in scores.items() if name == "net_promoter_score"]
    assert (25, 8) == nps


def test_a_log_that_begins_with_a_timestamp_is_no_form() -> None:
    """Google Forms begins so too, and whatever else logs events."""
    rows = "".join(f"2026-01-0{n} 10:00:00,u{n},search\n" for n in range(1, 8))
    table = read_table(f"timestamp,user_id,event\n{rows}".encode())

    found, why = guess_reads(table.frame, tool=table.reading.tool)

    assert "Google Forms" == table.reading.tool
    assert ("events", True) == (found, "user_id" in why)


def test_a_bare_id_that_comes_back_is_the_customer() -> None:
    """The CDNOW files have no better name; an id of rows is no customer."""
    rows = "4,1997-01-01,29.33\n4,1997-01-18,29.73\n21,1997-01-01,14.96\n"
    again = read_table(f"id,date,dollars\n{rows}".encode())
    once = read_table(b"id,date,dollars\n1,1997-01-01,29.33\n2,1997-01-18,29.73\n")

    assert "purchases" == guess_reads(again.frame)[0]
    assert "survey" == guess_reads(once.frame)[0]


def test_a_score_from_0_to_10_counts_its_zeros() -> None:
    """Those who answered 0 are the unhappiest, and no blanks."""
    rows = "".join(
        f"{n},{n % 11},{'Slow and cold again ' + str(n)},17672{n:05}\n"
        for n in range(44)
    )
    found = read_records(
        f"id,score,comment,created_at\n{rows}".encode(), "feedback"
    ).proposed

    assert ("recommend", 0, 10, {}) == (
        found.rating.asks,
        found.rating.scale.lowest,
        found.rating.scale.highest,
        found.rating.scale.not_answers,
    )


def test_weights_may_have_decimal_commas() -> None:
    """As in a German export with semicolons."""
    rows = "".join(f"{n % 5 + 1};{n % 11};0,{n + 10}\n" for n in range(30))
    found = read_survey(f"Zufriedenheit;Weiterempfehlung;Gewicht\n{rows}".encode())

    assert "Gewicht" == found.proposal().weight


def test_conversations_without_a_subject_are_tickets() -> None:
    """Intercom has a state, a source and a rating, and keeps the words elsewhere."""
    rows = "".join(f"{n},17672{n:05},open,email,{n % 5 + 1}\n" for n in range(20))
    head = "id,created_at,state,source_type,conversation_rating_value\n"
    table = read_table(f"{head}{rows}".encode())

    assert "tickets" == guess_reads(table.frame)[0]
