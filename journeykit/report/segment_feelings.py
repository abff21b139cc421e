"""What personas and segments feel, and which pain points are whose, side by side."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from journeykit.check.as_it_is import as_it_is
from journeykit.language import commas, say
from journeykit.layout.emotion_curve import EmotionRow, emotion_curve_data
from journeykit.model import PainPoint, Stage
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.segment_numbers import SegmentNumbers
from journeykit.report.subject_report import SubjectReport
from journeykit.show.charts import picture
from journeykit.show.groups_data import LETTERS
from journeykit.show.numbers import count, joined, signed
from journeykit.vocabulary import PAIN_STATUSES

__all__ = ["SegmentFeelings"]

_MOST_NAMES, _MOST_ROWS = 6, 24
_YES = "\N{BLACK CIRCLE}"


class SegmentFeelings(SubjectReport):
    """Emotions and pain points of groups side by side; parameters as for its base."""

    numbers: SegmentNumbers

    def _curves(self) -> tuple[EmotionRow, ...]:
        rows = emotion_curve_data(self.document)
        if not self.numbers.stage:
            return rows
        here = [row for row in rows if row.stage == self.numbers.stage]
        return tuple(here)

    def curves(self) -> Part:
        """Return the emotion curve of the team, and that of each persona."""
        rows = self._curves()
        if all(row.felt is None for row in rows):
            return parts.sentence(
                say("No emotion was placed on the map yet: that is step 6.")
            )
        if self.numbers.compare != "personas" or not any(row.persona for row in rows):
            return parts.sentence(
                say(
                    "What is felt was noted for all customers together, not for each "
                    "group: the map takes a feeling of each persona."
                )
            )
        stages = {one.id: one.name for one in self.of(Stage)}
        used = {row.stage for row in rows}
        drawn = picture(
            "emotion_curve",
            rows=rows,
            stages={key: name for key, name in stages.items() if key in used},
            source=say(
                "Noted by the team. Where nothing was noted for a persona, its curve "
                "runs with that of the team."
            ),
        )
        twin = drawn.twin.drop(columns=["persona", "column", "touchpoint"])
        named = twin.assign(stage=twin["stage"].map(stages))
        return parts.figure(replace(drawn, twin=named))

    def felt_apart(self) -> Part:
        """Return the touchpoints at which personas feel most differently."""
        own: dict[str, dict[str, float]] = {}
        names: dict[str, str] = {}
        who: dict[str, str] = {}
        for row in self._curves():
            if row.persona and row.is_own and row.felt is not None:
                own.setdefault(row.touchpoint, {})[row.persona] = row.felt
                names[row.touchpoint], who[row.persona] = row.name, row.who
        pairs = {key: felt for key, felt in own.items() if len(felt) > 1}
        if all(row.felt is None for row in self._curves()):
            return parts.NOTHING  # said once, above
        if not pairs or self.numbers.compare != "personas":
            return parts.sentence(
                say("No touchpoint has feelings of two personas to compare.")
            )
        spread = {
            key: max(felt.values()) - min(felt.values()) for key, felt in pairs.items()
        }
        ordered = sorted(pairs, key=lambda key: (-spread[key], names[key]))
        rows = [
            {
                "name": names[key],
                "felt": commas(
                    f"{who[persona]} {signed(felt)}"
                    for persona, felt in sorted(
                        pairs[key].items(), key=lambda one: -one[1]
                    )
                ),
                "spread": signed(spread[key]).lstrip("+"),
            }
            for key in ordered[:_MOST_ROWS]
        ]
        top = ordered[0]
        best = max(pairs[top], key=pairs[top].__getitem__)
        worst = min(pairs[top], key=pairs[top].__getitem__)
        title = say("Where two personas were noted, they are felt to be alike")
        if spread[top]:
            title = say(
                "They feel most differently at {name}: {best} {high}, {worst} {low}",
                name=names[top],
                best=who[best],
                high=signed(pairs[top][best]),
                worst=who[worst],
                low=signed(pairs[top][worst]),
            )
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "name": say("Touchpoint"),
                "felt": say("Felt by"),
                "spread": say("Steps between them"),
            },
            title=title,
            subtitle=say(
                "Only feelings that were noted for the persona itself, {low} to +2. "
                "Assumed by the team, so without an interval.",
                low=signed(-2, 0),
            ),
        )

    # --- pain points ------------------------------------------------------------------

    def _pains(self) -> list[PainPoint]:
        """Return the pain points of today, felt by most groups first."""
        found = as_it_is(self.document).of(PainPoint)
        stage = self.numbers.stage
        if stage:
            here = {row.touchpoint for row in self._curves()}
            found = tuple(
                one for one in found if one.stage == stage or one.touchpoint in here
            )
        return sorted(
            found,
            key=lambda one: (-len(self.numbers.feels(one)), -(one.priority or 0)),
        )

    def what_hurts(self) -> tuple[str, str] | None:
        """Return how many groups share the pain point that most of them feel."""
        pains = self._pains()
        felt = {one.id: self.numbers.feels(one) for one in pains}
        if not any(felt.values()):
            return None
        n_all = len(self.numbers.entries)
        top = pains[0]
        alone = [one for one in pains if len(felt[one.id]) == 1]
        text = say(
            "“{pain}” is noted for {n} of {n_all} groups; {alone} of {n_pains} pain "
            "points for one group only.",
            pain=top.text,
            n=count(len(felt[top.id])),
            n_all=count(n_all),
            alone=count(len(alone)),
            n_pains=count(len(pains)),
        )
        return f"{len(felt[top.id])}/{n_all}", text

    def pains(self) -> Part:
        """Return every pain point with the groups that feel it."""
        pains = self._pains()
        if not pains:
            return parts.sentence(
                say("No pain point was recorded yet: that is step 7, pain points.")
            )
        entries = self.numbers.entries
        is_wide = len(entries) <= _MOST_NAMES
        heads = {"pain": say("Pain point"), "place": say("Touchpoint")}
        heads["score"] = say("Score")
        if is_wide:
            heads |= {
                one.id: letter for one, letter in zip(entries, LETTERS, strict=False)
            }
        else:
            heads["whose"] = say("Felt by")
        heads["status"] = say("Status")
        rows = []
        for one in pains:
            felt = self.numbers.feels(one)
            row = {
                "pain": one.text,
                "place": self.place(one),
                "score": one.priority,
                "status": say(PAIN_STATUSES[one.status]),
                "whose": joined([each.name for each in entries if each.id in felt]),
            }
            row |= {each.id: _YES if each.id in felt else "" for each in entries}
            rows.append(row)
        table = pd.DataFrame(rows)
        table["score"] = table["score"].astype("Int64")
        unknown = sum(not self.numbers.feels(one) for one in pains)
        return parts.ranked_table(
            table,
            heads,
            is_ranked=False,
            dot="score",
            title=self._pains_title(pains, unknown),
            subtitle=self._pains_measure(is_wide=is_wide),
            source=say("Noted by the team in the workshop."),
        )

    def _pains_measure(self, *, is_wide: bool) -> str:
        score = say("Score: severity times frequency, 1 to 5 each.")
        if not is_wide:
            return score
        entries = self.numbers.entries
        pairs = zip(LETTERS, entries, strict=False)
        text = say(
            "{groups}. A dot: noted for this group, or for a persona of this segment.",
            groups=commas(f"{letter} {one.name}" for letter, one in pairs),
        )
        return f"{text} {score}"

    def _pains_title(self, pains: list[PainPoint], unknown: int) -> str:
        if unknown == len(pains):
            return say("Nobody noted yet whose pain points these are")
        order = [len(self.numbers.feels(one)) for one in pains]
        shared = sum(n > 1 for n in order)
        if unknown:
            return say(
                "{shared} of {n} pain points are shared, {alone} are felt by one "
                "group; of {unknown} nobody noted whose they are",
                shared=count(shared),
                n=count(len(pains)),
                alone=count(sum(n == 1 for n in order)),
                unknown=count(unknown),
            )
        return say(
            "{shared} of {n} pain points are shared, {alone} are felt by one group",
            shared=count(shared),
            n=count(len(pains)),
            alone=count(sum(n == 1 for n in order)),
        )
