"""What columns asked and codes say, out of the many forms of code books."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from workbook_files import book as workbook

from journeykit.errors import InputError
from journeykit.exchange.code_book_scales import no_answers, rated_scale
from journeykit.exchange.code_book_text import coded_columns
from journeykit.exchange.code_books import (
    CodeBook,
    read_code_book,
    with_code_book,
    with_labels,
)
from journeykit.exchange.proposals import propose_mapping
from journeykit.exchange.surveys import read_survey
from journeykit.measure.groups import group_mask
from journeykit.model.survey import (
    Condition,
    Group,
    Need,
    Question,
    Scale,
    SurveyMapping,
)

DATA = Path(__file__).parents[1] / "data"
CODES = {
    "Q1": {"1": "bad", "5": "good", "9": "Don't know"},
    "SEX": {"1": "f", "2": "m"},
}
LONG = "variable,question,code,label\n"


@pytest.mark.parametrize(
    "text",
    [
        LONG
        + "Q1,How?,1,bad\nQ1,How?,5,good\nQ1,How?,9,Don't know\nSEX,,1,f\nSEX,,2,m",
        # Written once over the rows below, with other words and signs.
        "Column;Value;Value label;Variable label\nQ1;1.0;bad;How?\n;5.0;good;\n"
        ";9.0;Don't know;\nSEX;1.0;f;\n;2.0;m;\n",
        "Name\tWertelabel\tWert\tFrage\nQ1\tbad\t1\tHow?\n\tgood\t5\t\n"
        "\tDon't know\t9\t\nSEX\tf\t1\t\n\tm\t2\t\n",
        # A row a column, all codes in one cell.
        "Field,Question text,Values\nQ1,How?,1=bad; 5=good; 9=Don't know\n"
        "SEX,,1=f; 2=m",
        'Variable,Description,Labels\nQ1,How?,"1: bad, 5: good, 9: Don\'t know"\n'
        'SEX,,"1: f, 2: m"',
        # A column a code.
        "Variable,Wording,1,2,5,9\nQ1,How?,bad,,good,Don't know\nSEX,,f,m,,\n",
        # Nothing tells the columns but the cells.
        "No,What was asked,Code,Label\nQ1,How?,1,bad\nQ1,,5,good\nQ1,,9,Don't know\n"
        "SEX,,1,f\nSEX,,2,m",
        # Text, with signs and without.
        "Q1. How?\n 1 = bad\n 5 = good\n 9 = Don't know\n\nSEX\n 1) f\n 2) m\n",
        "Q1    How?\n      1   bad\n      5   good\n      9   Don't know\n\n"
        "SEX   1   f\n      2   m\n",
        "Variable: Q1\nLabel: How?\nValues:\n1 - bad\n5 - good\n9 - Don't know\n\n"
        "Variable: SEX\nValues:\n1 - f\n2 - m\n",
        # Programs.
        "VARIABLE LABELS Q1 'How?'.\nVALUE LABELS Q1 1 'bad' 5 'good' "
        "9 \"Don't know\"\n  /SEX 1 'f' 2 'm'.\n",
        'label define q 1 "1: bad" 5 "5: good" ///\n 9 "9: Don\'t know"\n'
        'label values Q1 q\nlabel variable Q1 "How?"\nlabel define SEX 1 "f" 2 "m"\n',
    ],
)
def test_the_same_code_book_in_many_forms_says_the_same(text: str) -> None:
    """Nothing is tuned to one of them."""
    book = read_code_book(text.encode(), ["Q1", "SEX"])

    labels = {
        column: {code: text for code, text in codes.items() if text}
        for column, codes in book.labels.items()
    }
    assert labels == CODES
    assert "How?" == book.wordings["Q1"]
    assert {"9": "Don't know"} == book.not_answers("Q1")


def test_a_code_book_may_be_a_sheet_of_the_survey_itself() -> None:
    """Many workbooks bring it along."""
    rows = [["Variable", "Code", "Label"], ["Q1", 1, "bad"], ["Q1", 5, "good"]]
    data = workbook({"Answers": [["id", "Q1", "x"], [1, 5, 1]], "Codes": rows})

    book = read_code_book(data, ["id", "Q1"], sheet="Codes")

    assert {"Q1": {"1": "bad", "5": "good"}} == book.labels


def test_the_airports_code_book_is_understood_as_it_comes_out_of_its_pdf() -> None:
    """Ranges, groups of questions, several columns of codes, wrapped labels."""
    survey = read_survey(DATA / "sfo_2017_survey.csv.gz")

    book = read_code_book(DATA / "sfo_2017_codebook.txt.gz", survey.frame.columns)

    assert (
        "Code book read as text: 97 columns, 80 of them with codes.",
        "Q12PRECHECKRATE of the code book was taken for Q12PRECHEKCRATE.",
        "Q2IINCOME of the code book was taken for Q21INCOME.",
        "Not in the code book: Hi.",
    ) == book.notes
    assert "Rating SFO: Restaurants" == book.wordings["Q7FOOD"]
    assert "While at SFO today, did you? Check baggage" == book.wordings["Q4BAGS"]
    assert "Escorting others (children/elderly)/personal errands/medical purpose" == (
        book.label("Q2PURP3", 10)
    )
    assert "Dallas-Ft. Worth" == book.label("DEST_CODE", "15")
    assert "Bay Area (not specified)" == book.label("Q13COUNTY", "99")
    assert "1 time" == book.label("Q5TIMESFLOWN", "1")
    assert "18 - 24" == book.label("Q19AGE", 2)
    assert {"0", "4"} == set(book.not_answers("Q20GENDER"))
    assert {"11": "Blank"} == book.not_answers("NETPRO")
    assert "Gates 91-102" == book.label("BAREA", "G")
    assert ["5", "4", "3", "2", "1", "6", "0"] == list(book.labels["Q14PASSTHRU"])


def test_the_airports_questions_are_proposed_with_their_codes() -> None:
    """Every rating, on its scale, with the codes that are no answers, and no other."""
    survey = read_survey(DATA / "sfo_2017_survey.csv.gz")
    book = read_code_book(DATA / "sfo_2017_codebook.txt.gz", survey.frame.columns)

    proposed = survey.proposal(book)

    asked = {question.column: question for question in proposed.questions}
    assert 27 == len(asked)
    stems = [name[:2] for name in asked]
    assert (15, 6) == (stems.count("Q7"), stems.count("Q9"))
    assert {"0": "Blank", "6": "Don't know (DK)"} == dict(
        sorted(asked["Q10SAFE"].scale.not_answers.items())
    )
    recommend = asked["NETPRO"]
    assert ("recommend", {"11": "Blank"}) == (
        recommend.asks,
        recommend.scale.not_answers,
    )
    assert recommend.wording.startswith("On a scale of 0 to 10")
    assert not any(
        name.startswith(("Q8COM", "Q5", "Q13COUNTY", "DAY")) for name in asked
    )


@pytest.mark.parametrize(
    ("labels", "scale"),
    [
        ({"1": "Poor", "5": "Excellent"}, (1, 5, "highest")),
        ({"1": "sehr zufrieden", "6": "sehr unzufrieden"}, (1, 6, "lowest")),
        ({"1": "Very easy", "7": "Very difficult", "8": "N/A"}, (1, 7, "lowest")),
        ({"0": "Not at all likely", "10": "Extremely likely"}, (0, 10, "highest")),
        ({"1": "Yes", "2": "No", "3": "Don't know"}, None),
        ({"1": "Alameda", "2": "Marin", "3": "Napa"}, None),
        ({"1": "Under 18", "2": "18-24", "3": "25 and over"}, None),
        ({"A": "Bad", "C": "Good"}, None),
        ({"1": "Bad", "12": "Good"}, None),
        ({"2": "Bad", "5": "Good"}, None),
        ({}, None),
    ],
)
def test_labels_that_run_from_bad_to_good_make_a_scale(
    labels: dict[str, str], scale: tuple[int, int, str] | None
) -> None:
    """And nothing else does, whatever its numbers look like."""
    found = rated_scale(labels)

    assert scale == (found and (found.lowest, found.highest, found.best))


@pytest.mark.parametrize(
    ("label", "is_none"),
    [
        *(("Blank/Multiple responses", True), ("Don’t know", True), ("DK", True)),
        *(("Never used", True), ("N/A", True), ("keine Angabe", True)),
        *(("Refused", True), ("not applicable", True), ("Not sure", True)),
        *(("Not at all likely", False), ("No", False), ("None of them", False)),
        *(("Neutral", False), ("Problem not specified", False), ("", False)),
    ],
)
def test_labels_tell_what_is_no_answer(label: str, is_none: bool) -> None:
    """Words such as "no" and "not" alone do not."""
    assert is_none == bool(no_answers({"9": label, "1": "Good"}))


def test_never_used_ends_a_scale_of_frequency() -> None:
    """Beside "always" it is an answer."""
    assert {} == no_answers({"1": "Never used", "5": "Always used"})


def test_a_block_of_categories_is_no_block_of_ratings() -> None:
    """Their numbers look alike; the code book knows better."""
    frame = pd.DataFrame(
        {f"Q8COM{n}": ["1", "2", "3", "4", "5"] for n in (1, 2)}
        | {f"Q7X{n}": ["1", "2", "3", "4", "5"] for n in (1, 2)}
    )
    topics = {str(code): f"topic {'abcde'[code - 1]}" for code in range(1, 6)}
    book = CodeBook({}, {"Q8COM1": topics, "Q8COM2": topics})

    without, with_book = propose_mapping(frame), propose_mapping(frame, code_book=book)

    assert 4 == len(without.questions)
    assert ["Q7X1", "Q7X2"] == [question.column for question in with_book.questions]


def test_a_code_book_finds_a_rating_that_numbers_alone_do_not_show() -> None:
    """A single column from 1 to 5 may be anything; bad and good at its ends are not."""
    frame = pd.DataFrame({"X": ["1", "2", "3", "4", "5", "9"], "Y": ["a"] * 6})
    book = CodeBook({"X": "How was the desk?"}, {"X": {"1": "Bad", "5": "Good"}})

    proposed = propose_mapping(frame, code_book=book).questions

    assert [] == list(propose_mapping(frame).questions)
    assert [("X", "How was the desk?", {"9": "proposed: no answer"})] == [
        (one.column, one.wording, one.scale.not_answers) for one in proposed
    ]


def test_a_mapping_takes_from_a_code_book_only_what_it_lacks() -> None:
    """What people decided before stays."""
    scale = Scale(lowest=1, highest=5, not_answers={"6.0": "not there"})
    asked = Question(column="Q7", asks="satisfaction", scale=scale, wording="Mine")
    other = asked.model_copy(update={"column": "Q9", "wording": ""})
    codes = {"5": "good", "6": "Never used", "0": "Blank"}
    book = CodeBook({"Q7": "Theirs", "Q9": "Theirs"}, {"Q7": codes})

    found = with_code_book(SurveyMapping(questions=(asked, other)), book).questions

    assert ("Mine", {"6.0": "not there", "0": "Blank"}) == (
        found[0].wording,
        found[0].scale.not_answers,
    )
    assert ("Theirs", scale.not_answers) == (
        found[1].wording,
        found[1].scale.not_answers,
    )


def test_labels_replace_numbers_where_numbers_are_names() -> None:
    """Ratings stay numbers, and a persona's rule goes on to hold."""
    frame = pd.DataFrame(
        {"Q7": ["5", "6"], "PURP": ["1", "7"], "AGE": ["2", ""], "id": ["1", "2"]}
    )
    before = frame.copy()
    rule = Group(
        subject="p-1",
        conditions=(
            Condition(column="PURP", values=("1.0",)),
            Condition(column="AGE", test="at_most", values=("3",)),
        ),
    )
    scale = Scale(lowest=1, highest=5)
    asked = Question(column="Q7", asks="satisfaction", scale=scale)
    mapping = SurveyMapping(questions=(asked,), groups=(rule,), respondent="id")
    labels = {"Q7": {"5": "Good"}, "PURP": {"1": "Business"}, "AGE": {"2": "18-24"}}
    book = CodeBook({}, labels | {"id": {"1": "first"}})

    labelled, fitting, said = with_labels(frame, mapping, book)

    assert_frame_equal(before, frame)
    assert ["Business", "7"] == labelled["PURP"].tolist()
    assert ["5", "6", "2", "", "1", "2"] == (
        labelled[["Q7", "AGE", "id"]].T.to_numpy().ravel().tolist()
    )
    assert [True, False] == group_mask(labelled, fitting.groups[0]).tolist()
    assert ("Labels were put in place of codes in 1 column.",) == said
    assert () == with_labels(frame, mapping, CodeBook({}, {}))[2]


def test_names_that_nearly_match_are_matched_only_where_that_is_certain() -> None:
    """Two candidates leave it open."""
    labels = {"Q12RATEX": {"1": "a"}, "q7-1": {"1": "b"}, "Q7_12": {"1": "c"}}
    book = CodeBook({}, labels).of(["Q12RATE", "Q7_1", "Q7_11", "other"])

    assert {"Q12RATE", "Q7_1", "Q7_12"} == set(book.labels)


@pytest.mark.parametrize(
    "data",
    [
        *(b"id,Q1\n1,5\n2,4\n", b"just a letter\nto somebody\n"),
        workbook({"A": [["id", "Q1"], [1, 5]]}),
    ],
    ids=["answers", "letter", "workbook"],
)
def test_what_is_no_code_book_is_refused(data: bytes) -> None:
    """With what one looks like."""
    with pytest.raises(InputError, match="a code book was expected"):
        read_code_book(data)


def test_names_without_a_list_of_columns_are_known_by_their_look() -> None:
    """Capitals and digits begin a column, words of a sentence do not."""
    text = "Survey 2017\n\nQ1 How?\n  1 bad\n  5 good\n\nHOME   Where?\n  1 here\n"

    found = coded_columns(text)

    assert {"Q1": {"1": "bad", "5": "good"}, "HOME": {"1": "here"}} == {
        name: coded.labels for name, coded in found.items()
    }


@given(
    st.text(
        alphabet=st.sampled_from(list("Q1 2\n=:.-–A5bad\tgood09()[]\f\"',/")),
        max_size=200,
    )
)
def test_any_text_is_a_code_book_or_refused(text: str) -> None:
    """No text breaks the reader."""
    try:
        book = read_code_book(text.encode(), ["Q1", "A5"], encoding="utf-8")
    except InputError:
        return
    assert book.notes


def test_needs_keep_their_numbers_and_learn_the_codes_of_none() -> None:
    """Labels in place of ratings of importance would leave nothing to compute."""
    need = Need(
        name="Speed",
        importance="imp",
        satisfaction="sat",
        functional="there",
        dysfunctional="gone",
    )
    codes = {"1": "Bad", "5": "Good", "9": "Refused"}
    names = ("imp", "sat", "there", "gone")
    book = CodeBook({}, dict.fromkeys(names, codes))
    frame = pd.DataFrame({name: ["1", "5", "9"] for name in names})

    whole = with_code_book(SurveyMapping(needs=(need,)), book)
    shown, mapping, said = with_labels(frame, whole, book)

    assert_frame_equal(frame, shown)
    assert () == said
    assert {"9": "Refused"} == mapping.needs[0].scale.not_answers
    assert {"9": "Refused"} == mapping.needs[0].kano_not_answers
