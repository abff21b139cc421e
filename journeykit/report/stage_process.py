"""What happens behind a stage: processes, systems, and where its pain comes from."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from journeykit.check.copis_reading import copis_titles
from journeykit.language import say, say_count, semicolons
from journeykit.model import CopisElement, Document, Link, PainPoint, Touchpoint
from journeykit.report import parts
from journeykit.report.part import Part

__all__ = ["behind", "causes_of"]


def causes_of(document: Document, pain: PainPoint) -> str:
    """Return where a pain point comes from: as written, and the parts of COPIS.

    Examples
    --------
    >>> pain = PainPoint(id="queue", text="The queue", cause="One counter only.")
    >>> causes_of(Document([pain]), pain)
    'One counter only.'
    """
    named = [
        source.name_for_people
        for link in document.of(Link)
        if link.relation == "causes"
        and link.target == pain.id
        and not link.is_proposed
        and (source := document[link.source])
    ]
    said = [pain.cause] if pain.cause else []
    if named:
        said.append(say("COPIS: {names}.", names=semicolons(named)))
    return " ".join(said)


def behind(document: Document, points: Sequence[Touchpoint]) -> Part | None:
    """Return what each touchpoint rests on; None if nobody noted anything.

    Parameters
    ----------
    document
        The workshop.
    points
        The touchpoints of the stage.
    """
    titles = copis_titles(document)
    rests: dict[str, list[str]] = {}
    for link in document.of(Link):
        source = document.get(link.source)
        is_taken = link.relation == "affects" and not link.is_proposed
        if is_taken and isinstance(source, CopisElement) and not source.is_proposed:
            title = titles.get(source.role, "")
            said = say("{part} ({column})", part=source.text, column=title)
            rests.setdefault(link.target, []).append(said)
    rows = [
        {
            "name": one.name,
            "backstage": semicolons(one.backstage),
            "support": semicolons(one.support_processes),
            "systems": semicolons(one.systems),
            "copis": semicolons(rests.get(one.id, ())),
        }
        for one in points
    ]
    filled = [row for row in rows if any(row[key] for key in row if key != "name")]
    if not filled:
        return None
    labels = {
        "name": say("Touchpoint"),
        "backstage": say("Backstage"),
        "support": say("Support processes"),
        "systems": say("Systems"),
        "copis": say("COPIS"),
    }
    return parts.ranked_table(
        pd.DataFrame(filled),
        {key: label for key, label in labels.items() if any(r[key] for r in filled)},
        title=say_count(
            "What {n} touchpoint rests on",
            "What {n} touchpoints rest on",
            len(filled),
        ),
        subtitle=say("What customers do not see, and what fails there shows here."),
        is_ranked=False,
    )
