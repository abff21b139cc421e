"""Bring a survey, step by step: what was recognised, what it means, what it says.

The notebook ``05_evidence`` shows these parts. Nothing is kept before the team has seen
how the file was read and what its columns are taken to mean.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from journeykit.exchange.mapping_names import check_names
from journeykit.exchange.output_files import write_whole
from journeykit.exchange.quality import check_survey
from journeykit.exchange.surveys import Survey, read_mapping, read_survey
from journeykit.model import (
    DataSet,
    Document,
    Need,
    Question,
    SurveyMapping,
    new_id,
)
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.store import stored_table
from journeykit.workshop import Workshop

__all__ = ["SurveyPage"]

_ASKS = {
    "satisfaction": "satisfaction (CSAT)",
    "recommend": "recommendation (NPS)",
    "effort": "effort (CES)",
}


_COUNTED = re.compile(r"answers? counts?\b")
_FEW = 3
"""Questions whose counts are read at once; more are folded away."""


class SurveyPage:
    """One survey on its way into a workshop, or one that is there already.

    Parameters
    ----------
    workshop
        The workshop.
    file
        File of answers; empty to look at the survey that the workshop has.
    mapping_file
        JSON file that says what the columns mean; empty to see a proposal.
    encoding
        Overrides what is recognised; empty for none.

    Raises
    ------
    InputError, FileProblemError, UnknownNameError
        If the file or the mapping cannot be used, or the mapping names a touchpoint or
        persona that the workshop does not have.
    """

    def __init__(
        self,
        workshop: Workshop,
        *,
        file: str = "",
        mapping_file: str = "",
        encoding: str = "",
    ) -> None:
        self.workshop = workshop
        self.document: Document = workshop.document()
        self.file, self.encoding = file, encoding or None
        self.survey: Survey | None = None
        self.data: DataSet | None = None
        self.is_proposal = False
        self.mapping = SurveyMapping()
        if file:
            known = read_mapping(mapping_file) if mapping_file else None
            self.survey = read_survey(file, known, encoding=self.encoding)
            self.is_proposal = known is None
            self.mapping = known or self.survey.proposal()
            check_names(self.document, self.mapping)
        elif workshop.data_sets():
            self.data = workshop.data_set()
            self.mapping = self.data.mapping or SurveyMapping()

    @property
    def is_empty(self) -> bool:
        """Whether there is no survey yet, neither in a file nor in the workshop."""
        return self.survey is None and self.data is None

    def recognised(self) -> Part:
        """Return how the file was read, in sentences."""
        if self.survey is not None:
            notes = self.survey.reading.notes + self.survey.cleaned.notes
            return parts.sentences(notes)
        if self.data is None:
            return parts.section(
                "There is no survey yet",
                "Put the path of your file of answers into survey_file in the settings "
                "above, and run all cells again.",
            )
        table = stored_table(self.workshop.store, self.data.table)
        return parts.sentences(table.reading["notes"])

    def quality(self) -> Part:
        """Return what is missing, repeated or off its scale, in sentences."""
        if self.survey is not None:
            quality = self.survey.quality
        elif self.data is not None:
            # Checked afresh: the meaning may have been declared after the import.
            quality = check_survey(self.workshop.survey(self.data.id), self.mapping)
        else:
            return parts.section("", "There are no answers to look at yet.")
        said = quality.sentences()
        counted = [one for one in said if _COUNTED.search(one)]
        if len(counted) <= _FEW:
            return parts.sentences(said)
        return parts.sentences(
            [one for one in said if one not in counted],
            folded=counted,
            more=f"Question by question: {len(counted)} of them",
        )

    def meaning(self) -> Part:
        """Return what each column is taken to mean."""
        if self.is_empty:
            return parts.section("", "There are no columns yet.")
        if not self.mapping.questions and not self.mapping.needs:
            return parts.section("", "No column looks like a rated question.")
        rows = [self._row(question) for question in self.mapping.questions]
        n_questions = len(rows)
        rows += [self._row_of_need(need) for need in self.mapping.needs]
        counts = (n_questions, "question"), (len(rows) - n_questions, "need")
        said = ", ".join(_counted(n, noun) for n, noun in counts if n)
        kind = "A proposal: check it" if self.is_proposal else "As the team declared it"
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "column": "Column",
                "wording": "Question",
                "asks": "Asks for",
                "touchpoint": "Touchpoint",
                "scale": "Scale",
                "codes": "No answers",
            },
            title=f"{kind}: {said}",
            subtitle="Codes that are no answers are left out and counted.",
        )

    def _row(self, question: Question) -> dict[str, str]:
        scale, touchpoint = question.scale, self.document.get(question.touchpoint)
        codes = [f"{code} {why}" for code, why in scale.not_answers.items()]
        return {
            "column": question.column,
            "wording": question.wording,
            "asks": _ASKS[question.asks],
            "touchpoint": touchpoint.name_for_people if touchpoint else "whole journey",
            "scale": f"{scale.lowest:g} to {scale.highest:g}, {scale.best} is best"
            + (", in words" if scale.answers else ""),
            "codes": ", ".join(codes) or "none but empty cells",
        }

    def _row_of_need(self, need: Need) -> dict[str, str]:
        """Return a need with its columns, as a row beside those of the questions."""
        subject = self.document.get(need.subject)
        asked = [f"{role} in {column}" for role, column in need.columns.items()]
        scales = []
        if need.importance:
            scale = self.mapping.scale_of(need, need.importance)
            scales.append(f"{scale.lowest:g} to {scale.highest:g}")
        if need.functional:
            scales.append("Kano’s five answers")
        codes = [
            *(need.scale.not_answers if need.scale else ()),
            *need.kano_not_answers,
        ]
        return {
            "column": ", ".join(need.columns.values()),
            "wording": need.name,
            "asks": "; ".join(asked),
            "touchpoint": subject.name_for_people
            if subject
            else "not joined to the map",
            "scale": ", ".join(scales),
            "codes": ", ".join(codes) or "none but empty cells",
        }

    def take(self) -> Part:
        """Keep the survey and its scores in the workshop, once its meaning is declared.

        A proposal is never taken: it is written beside the file, for the team to check.
        """
        if self.is_empty:
            return parts.section("Nothing to take over", "There is no survey yet.")
        if self.survey is None:
            self.workshop.measure(self.data.id if self.data else None)
            return parts.section("Measured again", "The scores are up to date.")
        if self.is_proposal:
            target = Path(f"{self.file}.mapping.json")
            if not target.exists():
                write_whole(target, f"{self.mapping.model_dump_json(indent=1)}\n")
            return parts.section(
                "Nothing was kept yet",
                f"The proposal is in {target}. Check it, name the touchpoints, set "
                "mapping_file to it in the settings above, and run again.",
            )
        title = Path(self.file).name
        same = [one for one in self.workshop.entries("data_set") if one.title == title]
        data_set = same[0].id if same else new_id("data_set")
        self.workshop.import_survey(
            self.file,
            mapping=self.mapping,
            title=title,
            data_set=data_set,
            encoding=self.encoding,
        )
        self.data = self.workshop.data_set(data_set)
        self.workshop.measure(data_set)
        return parts.section(
            "Kept", f"{self.data.n_rows:,} answers are in the workshop, as {title}."
        )


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
