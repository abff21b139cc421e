"""Lists beside a board: what to begin with, what to look for, how it went.

Each is a function of the document and makes a tree, as the guide itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.check.done_when_map import used_channels
from journeykit.check.training import CardResult, TrainingScore
from journeykit.exchange.examples import example_ids
from journeykit.exchange.stage_templates import STAGE_TEMPLATES
from journeykit.model import Channel, Comment, Document, Link, Touchpoint
from journeykit.model.prompts import OBSTACLES, subtle_touchpoints
from journeykit.show.guide_acts import can_take_stages
from journeykit.show.guide_tree import Node, button, listed, node

__all__ = [
    "examples_tree",
    "obstacles_tree",
    "stages_tree",
    "story_tree",
    "subtle_tree",
    "training_tree",
]


def examples_tree(document: Document) -> Node:
    """Return what came as an example, with the button that takes it out."""
    names = [
        document[name].name_for_people
        for name in example_ids(document)
        if not isinstance(document[name], Link)
    ]
    if not names:
        return listed(
            "Examples",
            node("p", {}, "Nothing in this workshop is an example any more."),
        )
    return listed(
        "Examples",
        node(
            "details",
            {"key": "examples"},
            node("summary", {"key": "examples-summary"}, f"{len(names)} examples"),
            node("ul", {}, *(node("li", {}, name) for name in names)),
        ),
        button("examples", "Take the examples out"),
    )


def stages_tree(document: Document) -> Node:
    """Return the stage templates, to begin with one of them."""
    if not can_take_stages(document):
        said = "Your stages carry cards already, so they stay: rename and move them."
        return listed("Stage templates", node("p", {}, said))
    rows = [
        node(
            "li",
            {},
            node(
                "div",
                {},
                node("p", {}, node("strong", {}, one.title), f" {one.summary}"),
                node(
                    "p",
                    {"class": "jk-guide-missing"},
                    " → ".join(stage.name for stage in one.stages),
                ),
            ),
            button(f"stages:{name}", "Begin with these", f"Begin with: {one.title}"),
        )
        for name, one in STAGE_TEMPLATES.items()
    ]
    return listed(
        "Stage templates",
        node(
            "p", {}, "Begin with one of these, then rename, add and move as you like."
        ),
        node("ul", {"class": "jk-guide-rows"}, *rows),
    )


def subtle_tree(document: Document) -> Node:
    """Return, channel by channel, the touchpoints that maps forget."""
    channels = used_channels(document) or document.of(Channel)
    noted = {one.subject for one in document.of(Comment)}
    shown = [one for one in channels if subtle_touchpoints(one.catalogue)]
    if not shown:
        return listed(
            "Subtle touchpoints",
            node(
                "p", {}, "Add your channels below: then each brings its prompts along."
            ),
        )
    return listed(
        "Subtle touchpoints",
        *(_prompts_of(document, one, is_noted=one.id in noted) for one in shown),
    )


def _prompts_of(document: Document, channel: Channel, *, is_noted: bool) -> Node:
    there = {one.name for one in document.of(Touchpoint) if one.channel == channel.id}
    n_subtle = sum(
        one.is_subtle for one in document.of(Touchpoint) if one.channel == channel.id
    )
    prompts = subtle_touchpoints(channel.catalogue)
    said = f"{n_subtle} on the map" if n_subtle else "none on the map"
    if is_noted and not n_subtle:
        said = "looked through"
    rows = [
        node(
            "li",
            {},
            node("p", {}, prompt),
            node("span", {"class": "jk-guide-state"}, "✓ on the map")
            if prompt in there
            else button(
                f"subtle:{channel.id}:{number}", "Add", f"Add to the map: {prompt}"
            ),
        )
        for number, prompt in enumerate(prompts)
    ]
    if not n_subtle and not is_noted:
        rows.append(
            node(
                "li",
                {},
                node("p", {}, "None of these is one of ours"),
                button(f"subtle:{channel.id}:", "Note it"),
            )
        )
    return node(
        "details",
        {"key": f"subtle-{channel.id}"},
        node(
            "summary",
            {"key": f"summary-{channel.id}"},
            node("span", {}, channel.name),
            node("span", {"class": "jk-guide-state"}, said),
        ),
        node("ul", {"class": "jk-guide-rows"}, *rows),
    )


def obstacles_tree(_document: Document) -> Node:
    """Return the common obstacles, each with a question to put to the team."""
    return listed(
        "Common obstacles",
        *(
            node(
                "details",
                {"key": f"obstacle-{one.key}"},
                node("summary", {"key": f"summary-{one.key}"}, one.prompt),
                node("p", {}, node("strong", {}, one.obstacle + "."), f" {one.mend}"),
            )
            for one in OBSTACLES
        ),
    )


# --- the training case ----------------------------------------------------------------


def story_tree(document: Document) -> Node:
    """Return the story that the workshop tells as its context, in paragraphs."""
    told = document.case.context if document.case else ""
    head, *paragraphs = [one.strip() for one in told.split("\n\n") if one.strip()] or [
        "There is no story in this workshop."
    ]
    return node(
        "section",
        {"class": "jk-guide jk-guide-story", "label": "The story"},
        node("h2", {}, head),
        *(node("p", {}, one) for one in paragraphs),
    )


_ASKED = {
    "lane": "In the right lane",
    "touchpoint": "At the right touchpoint",
    "emotion": "Emotions",
    "is_pain_point": "Pain points found",
    "moments_of_truth": "Moments of truth",
}


def training_tree(score: TrainingScore) -> Node:
    """Return how many answers of the training case are right, and which are not."""
    rows = [
        node(
            "li",
            {},
            node("p", {}, _ASKED[asks]),
            node("span", {"class": "jk-guide-state"}, f"{right} of {asked}"),
        )
        for asks, (right, asked) in score.by_question.items()
    ]
    wrong = [*score.wrong, *score.missing]
    return listed(
        "Your score",
        node("h2", {}, f"{score.n_right} of {score.n_asked}"),
        node("p", {}, "Right so far. It counts anew with every card that you move."),
        node(
            "div",
            {
                "class": "jk-guide-bar",
                "share": score.n_right / score.n_asked if score.n_asked else 0,
                "hidden": "true",
            },
        ),
        node("ul", {"class": "jk-guide-rows"}, *rows),
        _answers(wrong),
    )


def _answers(wrong: Sequence[CardResult]) -> Node | None:
    if not wrong:
        return node("p", {}, "Everything is where the worked map has it.")
    return node(
        "details",
        {"key": "answers"},
        node(
            "summary",
            {"key": "answers-summary"},
            f"Show what the worked map has otherwise ({len(wrong)})",
        ),
        node(
            "ul",
            {"class": "jk-guide-rows"},
            *(
                node(
                    "li",
                    {},
                    node(
                        "div",
                        {},
                        node("p", {}, node("strong", {}, one.name)),
                        node(
                            "p",
                            {"class": "jk-guide-missing"},
                            f"You: {one.said}. The worked map: {one.expected}. "
                            f"{one.why}",
                        ),
                    ),
                )
                for one in wrong
            ),
        ),
    )
