"""Heading rows of survey tools, names of columns, columns about people."""

from __future__ import annotations

import pytest

from journeykit.errors import InputError
from journeykit.exchange.headers import n_header_rows
from journeykit.exchange.tables import read_table, recognise

QUALTRICS = (
    b'StartDate,IPAddress,Q1\nStart,"IP\naddress","How was it?\nPlease rate"\n'
    b'"{""ImportId"":""startDate""}","{""ImportId"":""ipAddress""}",'
    b'"{""ImportId"":""QID1""}"\n2024-01-02,10.0.0.1,5\n'
)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["id", "Q1"], ["1", "5"], ["2", "4"]], 1),
        ([["a", "b"], ["{'ImportId': 'x'}", "{'ImportId': 'y'}"], ["1", "2"]], 2),
        ([["a", "b"], ["t", "t"], ['{"ImportId":1}', '{"ImportId":2}'], ["1", "2"]], 3),
        # One cell that speaks of ImportId is an answer.
        ([["a", "b"], ["t", "t"], ["what is ImportId", "2"], ["1", "2"]], 1),
        ([["V1", "V2", "V3", "V4", "V5", "Q1"], ["ResponseID"] * 6, ["1"] * 6], 2),
        ([["V1", "V2", "V3", "V4"], ["1"] * 4, ["2"] * 4], 1),
        ([["Respondent ID", "Rate us"], ["", "Response"], ["7", "5"]], 2),
        ([["id", "Use", "", ""], ["1", "Train", "Open-Ended Response", "Bus"]], 2),
        # An answer that reads "Response" is no heading when the first cell is filled.
        ([["id", "Word"], ["1", "Response"], ["2", "5"]], 1),
        ([["Use", "", "", "Age"], ["Train", "Bus", "Car", ""], ["1", "", "", "3"]], 2),
        # Trailing commas are no cross-tab.
        ([["id", "Q1", "", "", ""], ["1", "5", "", "", ""], ["2", "4"]], 1),
    ],
)
def test_the_number_of_heading_rows_follows_the_tools_marks(
    rows: list[list[str]], expected: int
) -> None:
    """The rules that got 45 of 45 real exports right."""
    assert expected == n_header_rows(rows)[0]


def test_the_decision_is_said_and_can_be_overridden() -> None:
    """The first note names it; ``header_rows`` replaces it."""
    found = recognise(QUALTRICS)
    told = recognise(QUALTRICS, header_rows=1)

    assert (3, 1, "Qualtrics") == (found.header_rows, found.n_records, found.tool)
    assert (
        "Read as utf-8, separated by comma, three heading rows (a row of ImportId, as "
        "Qualtrics writes it): 3 columns, 1 row."
    ) == found.notes[0]
    assert (1, 3) == (told.header_rows, told.n_records)
    assert "one heading row (as asked)" in told.notes[0]
    with pytest.raises(InputError, match="1 to 4 heading rows were expected, found 9"):
        recognise(QUALTRICS, header_rows=9)


def test_the_first_row_gives_the_name_and_the_second_the_question() -> None:
    """Line breaks in a question do not shift the table."""
    table = read_table(QUALTRICS)

    assert {"StartDate": "Start", "Q1": "How was it? Please rate"} == table.labels
    assert ["5"] == table.frame["Q1"].tolist()


def test_a_question_over_several_columns_names_each_with_its_choice() -> None:
    """SurveyMonkey writes the question once; empty cells under it belong to it."""
    table = read_table(
        b"Respondent ID,How did you come?<br>All that apply,,,Rate us,\n"
        b",Train,Bus,Other (please specify),Response,Why?\n"
        b"7,Train,,on foot,5,fast\n"
    )

    assert [
        "Respondent ID",
        "How did you come?<br>All that apply - Train",
        "How did you come?<br>All that apply - Bus",
        "How did you come?<br>All that apply - Other (please specify)",
        "Rate us",
        "Rate us - Why?",
    ] == list(table.frame)
    assert "How did you come? All that apply - Bus" == list(table.labels.values())[2]
    assert "SurveyMonkey" == table.reading.tool


def test_missing_and_repeated_headings_get_a_name_of_their_own() -> None:
    """Nothing is overwritten: two columns called Other are Other and Other.2."""
    table = read_table(b"Other,,Other,Other.2,Other\n1,2,3,4,5\n")

    assert ["Other", "column 2", "Other.3", "Other.2", "Other.4"] == list(table.frame)
    assert 3 == table.reading.n_duplicate_headers
    assert "3 headings missing or repeated, and named apart." in table.notes


def test_a_heading_of_a_megabyte_is_cut_to_a_name() -> None:
    """Names stay short enough to be written in a mapping, and unique."""
    long = b"x" * 30_000

    table = read_table(long + b"," + long + b"\n1,2\n")

    assert [500, 502] == [len(name) for name in table.frame]


@pytest.mark.parametrize(
    ("headings", "tool"),
    [
        ("ResponseId,RecordedDate,Q1", "Qualtrics"),
        ("RespondentID,Q1,Q2", "SurveyMonkey"),
        ("Case,Collector ID,Q1", "SurveyMonkey"),
        ("Time Started,Date Submitted,Status", "Alchemer"),
        ("Timestamp,How was it?,Why?", "Google Forms"),
        ("#,Start Date (UTC),Submit Date (UTC),Network ID", "Typeform"),
        ("Response ID,Date submitted,Last page,Start language", "LimeSurvey"),
        ("id,Q1,Q2", ""),
    ],
)
def test_the_survey_tool_is_recognised_by_its_headings(
    headings: str, tool: str
) -> None:
    """It is shown, so that people see whether the file is the right one."""
    data = f"{headings}\n1,2,3,4\n".encode()

    assert tool == recognise(data).tool


def test_columns_about_a_person_are_left_out_and_said() -> None:
    """By heading in any row, by import id, or because e-mail addresses stand there."""
    data = (
        b"ResponseId,RecordedDate,RecipientEmail,QX,contact,Name,Location (Region)\n"
        b"1,2024-01-01,,5,ann@example.org,Ann,North\n"
        b"2,2024-01-02,,4,bob@example.org,Bob,South\n"
    )

    left_out = read_table(data)
    kept = read_table(data, keep_personal=True)

    assert ["ResponseId", "RecordedDate", "QX", "Location (Region)"] == list(
        left_out.frame
    )
    assert ("RecipientEmail", "contact", "Name") == left_out.reading.personal
    assert (
        "Columns about a person were left out (keep_personal keeps them): "
        "RecipientEmail, contact, Name." == left_out.notes[-1]
    )
    assert 7 == kept.frame.shape[1]
    assert "were kept as asked" in kept.notes[-1]


def test_the_name_of_a_shop_is_nothing_about_a_person() -> None:
    """A column called Name is personal in a survey, not in any list."""
    assert () == recognise(b"Name,Sales\nNorth Gate,5\n").personal
    assert ("Name",) == recognise(b"Timestamp,Name\n1,Ann\n").personal
    assert ("Name", "E-mail") == recognise(b"Name,E-mail\nAnn,none\n").personal


@pytest.mark.parametrize(
    "data",
    [
        b"Q1. How was it?,,\nAnswer Choices,Responses,\nYes,52.38%,11\nNo,47.62%,10\n",
        b"Q1,Share,n\nYes,52.4%,11\nNo,47.6%,10\n,Answered,21\n,Skipped,0\n",
        b"How was it?,,,\n,Good,Bad,Response\nNorth,50%,50%,12\nSouth,20%,80%,14\n",
    ],
)
def test_a_summary_is_refused_as_answers(data: bytes) -> None:
    """Shares are no answers; the sentence says which export to take."""
    with pytest.raises(InputError, match="this is a summary of counts and shares"):
        read_table(data)


def test_percentages_alone_make_no_summary() -> None:
    """A table of shares with one plain heading row is read, and so is what was told."""
    assert 1 == recognise(b"shop,returned\nNorth,5%\nSouth,7%\n").header_rows
    assert 2 == recognise(b"Q,,\n,Good,Bad\nNorth,5%,6%\n", header_rows=2).header_rows


@pytest.mark.parametrize(
    "longer", [[], [["7", "3", "a", "b", "c"]]], ids=["later", "at once"]
)
def test_rows_with_too_many_cells_make_no_second_heading(longer):
    """A comment with commas in it, unquoted, is no cross-tab."""
    rows = [["9", "4", "ok"], ["8", "5"], ["7", "3", "a", "b", "c"], ["9", "5", "ok"]]

    found = n_header_rows([["nps", "sat", "comment"], *longer, *rows])

    assert (1, "one heading row") == found
