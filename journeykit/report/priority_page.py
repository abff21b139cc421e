"""Which pain points first: by several methods side by side, and how firm that is.

The notebooks ``07_pain_points`` and ``09_opportunities_and_experiments`` show these
parts. The numbers do not decide: the team does, and notes why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import pandas as pd

from journeykit.check.as_it_is import as_it_is
from journeykit.check.priority_inputs import (
    PriorityInputs,
    Row,
    affected_rows,
    opportunity_inputs,
    pain_point_inputs,
)
from journeykit.check.team_order import team_order
from journeykit.language import say, say_count, word
from journeykit.measure.priority_agreement import (
    rankings_side_by_side,
)
from journeykit.measure.priority_people import vote_counts
from journeykit.model import Document
from journeykit.report import parts
from journeykit.report.needs_page import NeedsPage
from journeykit.report.part import Part
from journeykit.report.priority_differences import (
    agreement_of_methods,
    disagreement_of_people,
)
from journeykit.report.priority_firmness import firmness, firmness_part
from journeykit.report.priority_rankings import (
    HIGH_FROM,
    SurveyTables,
    driver_weights,
    idea_rankings,
    kano_words,
    pain_rankings,
    survey_tables,
    table_of,
)
from journeykit.report.priority_table import side_by_side_table
from journeykit.report.priority_words import (
    head_of,
    method_definitions,
    only_ranking,
)
from journeykit.show.charts import picture
from journeykit.workshop import Workshop

__all__ = ["PriorityPage"]

_CLOSE = word(
    "What they gave shows once everybody is done: set voting_closed to True in the "
    "settings above."
)
_NO_RATINGS = word(
    "Nothing is rated yet. Rate severity and frequency above, then run this again."
)
_NO_IDEAS = word(
    "Nothing is rated yet. Rate effect and effort of the opportunities above, then run "
    "this again."
)


class PriorityPage:
    """What comes first, by each method that has what it needs.

    Parameters
    ----------
    workshop
        The workshop.
    is_voting_closed
        Whether votes and single people's scores may be shown: while people give them,
        they would follow each other.
    are_names_shown
        Whether those who gave the lowest and the highest score are named.
    """

    def __init__(
        self,
        workshop: Workshop,
        *,
        is_voting_closed: bool = False,
        are_names_shown: bool = False,
    ) -> None:
        self.workshop = workshop
        self.are_names_shown = are_names_shown
        self.is_voting_closed = is_voting_closed
        self.document: Document = workshop.document()
        self.minimum = workshop.case.min_group

    # --- rankings ---------------------------------------------------------------------

    @cached_property
    def pains(self) -> PriorityInputs:
        """What the ways of ranking pain points take."""
        return pain_point_inputs(self.document)

    @cached_property
    def ideas(self) -> PriorityInputs:
        """What the ways of ranking opportunities take."""
        return opportunity_inputs(self.document)

    @cached_property
    def _surveys(self) -> SurveyTables:
        """What each survey says, computed once."""
        return survey_tables(self.workshop)

    @cached_property
    def pain_rankings(self) -> dict[str, pd.DataFrame]:
        """Method to its ranking of the pain points, the default first."""
        return pain_rankings(
            self.workshop,
            self._surveys,
            is_voting_closed=self.is_voting_closed,
            minimum=self.minimum,
        )

    @cached_property
    def idea_rankings(self) -> dict[str, pd.DataFrame]:
        """Method to its ranking of the opportunities."""
        return idea_rankings(
            self._surveys, self.ideas, is_voting_closed=self.is_voting_closed
        )

    @cached_property
    def _firm(self) -> dict[str, pd.DataFrame]:
        """How often each pain point stays in the top, by method."""
        return firmness(self.pain_rankings, self.pains, top=_top(self.pains))

    # --- pain points ------------------------------------------------------------------

    def ranking(self) -> Part:
        """Return the pain points by each method side by side, and how firm it is."""
        if not self.pain_rankings:
            return parts.sentence(say(_NO_RATINGS))
        stable = self._firm.get("severity_frequency")
        return self._side_by_side(self.pain_rankings, self.pains, stable)

    def side_by_side(self) -> Part:
        """Return every pain point with its rank by each method, in one table."""
        if not self.pain_rankings:
            return parts.sentence(say(_NO_RATINGS))
        picks = team_order(as_it_is(self.document))
        return side_by_side_table(self.pain_rankings, self.pains, picks)

    def _side_by_side(
        self,
        rankings: Mapping[str, pd.DataFrame],
        given: PriorityInputs,
        stable: pd.DataFrame | None,
    ) -> Part:
        if len(rankings) == 1:
            return only_ranking(*next(iter(rankings.items())), given.names)
        labelled = {head_of(name): one for name, one in rankings.items()}
        table = rankings_side_by_side(labelled)
        options = {"stability": stable, "names": given.names, "top": _top(given)}
        return parts.figure(picture("priority_slope", table=table, **options))

    def stability(self) -> Part:
        """Return how often each pain point stays among the first three."""
        if not self._firm:
            return parts.sentence(say(_NO_RATINGS))
        return firmness_part(self._firm, self.pains.names, top=_top(self.pains))

    def agreement(self) -> Part:
        """Return how far each two methods agree on the order."""
        if len(self.pain_rankings) < 2:
            return parts.sentence(
                say(
                    "One method only has what it needs, so there is nothing to compare."
                )
                if self.pain_rankings
                else say(_NO_RATINGS)
            )
        return agreement_of_methods(self.pain_rankings, top=_top(self.pains))

    def disagreement(self) -> Part:
        """Return where people see severity and frequency otherwise, widest first."""
        scores = _individual(self.pains)
        if scores is None:
            return parts.sentence(
                say("Nobody scored alone yet, so nobody can say where you differ.")
            )
        if not self.is_voting_closed:
            scored = say_count(
                "{n} person has scored.",
                "{n} people have scored.",
                _n_people(self.pains.individual),
            )
            return parts.sentence(f"{scored} {say(_CLOSE)}")
        people = self.workshop.store.author_names() if self.are_names_shown else None
        return disagreement_of_people(scores, self.pains.names, people)

    def methods(self) -> Part:
        """Return each method: its formula, its caution, and what it still needs."""
        used = {*self.pain_rankings, *self.idea_rankings}
        needs = NeedsPage(self.workshop)
        used |= set() if needs.classes.empty else {"kano"}
        used |= set() if needs.scores.empty else {"opportunity_score"}
        _, is_reach = affected_rows(self.document, driver_weights(self._surveys))
        return method_definitions(used, line=HIGH_FROM, is_reach=is_reach)

    # --- opportunities ----------------------------------------------------------------

    def opportunities(self) -> Part:
        """Return the opportunities by effect and effort, RICE and votes."""
        rankings = self.idea_rankings
        if not rankings:
            return parts.sentence(say(_NO_IDEAS))
        return self._side_by_side(rankings, self.ideas, None)

    def ideas_side_by_side(self) -> Part:
        """Return every opportunity with its rank by each method, in one table."""
        rankings = self.idea_rankings
        if not rankings:
            return parts.sentence(say(_NO_IDEAS))
        kano = kano_words(self._surveys, self.ideas.names)
        return side_by_side_table(rankings, self.ideas, noun="idea", kano=kano)

    def ideas_stability(self) -> Part:
        """Return how often each opportunity stays among the first three."""
        top = _top(self.ideas)
        firm = firmness(self.idea_rankings, self.ideas, top=top)
        if not firm:
            return parts.sentence(say(_NO_IDEAS))
        return firmness_part(firm, self.ideas.names, top=top, noun="idea")

    def votes(self) -> Part:
        """Return how many dots each pain point has, once voting is closed."""
        given = [*self.pains.votes, *self.ideas.votes]
        if not given:
            return parts.sentence(say("Nobody has voted yet."))
        if not self.is_voting_closed:
            voted = say_count(
                "{n} person has voted.", "{n} people have voted.", _n_people(given)
            )
            return parts.sentence(f"{voted} {say(_CLOSE)}")
        names = {**self.pains.names, **self.ideas.names}
        table = vote_counts(table_of(given), list(names))
        rows = [
            {
                "name": names[row["entry"]],
                "dots": int(row["value"]),
                "n": int(row["n_people"]),
            }
            for row in table.to_dict("records")
            if row["value"]
        ]
        return parts.ranked_table(
            pd.DataFrame(rows),
            {"name": say("Voted for"), "dots": say("Dots"), "n": say("By people")},
            title=say("“{name}” has most dots", name=rows[0]["name"]),
        )


def _n_people(rows: Sequence[Row]) -> int:
    return len({row["participant"] for row in rows})


def _top(given: PriorityInputs) -> int:
    """Return how many places count as the top: among three, to be third is nothing."""
    return min(3, max(len(given.names) - 1, 1))


def _individual(given: PriorityInputs) -> pd.DataFrame | None:
    return table_of(given.individual) if given.individual else None
