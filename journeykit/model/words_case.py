"""The words of forms: the case, its objectives and the numbers that judge them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from journeykit.definitions import MEASURES
from journeykit.model.words import MORE, WHERE, KindWords, asks
from journeykit.vocabulary import CANVAS_BLOCKS, COPIS

__all__ = ["CASE_WORDS"]

_MEASURES = {"": "Our own, described below"} | {
    key: measure.label for key, measure in MEASURES.items()
}
_LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
    "pl": "Polish",
    "cs": "Czech",
    "da": "Danish",
    "sv": "Swedish",
    "nb": "Norwegian",
    "fi": "Finnish",
    "el": "Greek",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ar": "Arabic",
    "he": "Hebrew",
    "hi": "Hindi",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
}
_CURRENCIES = {
    "EUR": "Euro (EUR)",
    "USD": "US dollar (USD)",
    "GBP": "Pound sterling (GBP)",
    "CHF": "Swiss franc (CHF)",
    "AUD": "Australian dollar (AUD)",
    "BRL": "Brazilian real (BRL)",
    "CAD": "Canadian dollar (CAD)",
    "CNY": "Chinese yuan (CNY)",
    "CZK": "Czech koruna (CZK)",
    "DKK": "Danish krone (DKK)",
    "INR": "Indian rupee (INR)",
    "JPY": "Japanese yen (JPY)",
    "NOK": "Norwegian krone (NOK)",
    "NZD": "New Zealand dollar (NZD)",
    "PLN": "Polish zloty (PLN)",
    "SEK": "Swedish krona (SEK)",
    "SGD": "Singapore dollar (SGD)",
    "ZAR": "South African rand (ZAR)",
}
_LIMITS = "Limits"
_OBJECTIVE_KINDS = {
    "find_pain_points": "Find pain points",
    "raise_satisfaction": "Raise satisfaction",
    "optimise_touchpoints": "Optimise touchpoints",
    "other": "Something else",
}
_DIRECTIONS = {
    "higher is better": "Higher is better",
    "lower is better": "Lower is better",
}

CASE_WORDS: Mapping[str, KindWords] = MappingProxyType(
    {
        "case": KindWords(
            "This workshop",
            {
                "title": asks(
                    "Title of the workshop",
                    "Whose journey, through what: “New patients, from call to bill”.",
                ),
                "organisation": asks(
                    "Organisation", "Whose service it is, such as “City clinic”."
                ),
                "scope_start": asks(
                    "Where does the journey begin?",
                    "The first moment on the map: “Hears of us from a friend”.",
                ),
                "scope_end": asks(
                    "Where does it end?",
                    "The last moment on the map: “Tells others about it”.",
                ),
                "context": asks(
                    "Why now?",
                    "What drives the exercise, such as falling scores or a new rival.",
                ),
                "constraints": asks(
                    "Limits to keep to",
                    "One a line: “No new staff before July”.",
                ),
                "language": asks(
                    "Language",
                    "Of numbers, dates and reports.",
                    MORE,
                    choices=_LANGUAGES,
                ),
                "currency": asks(
                    "Currency",
                    "Of all money in this workshop.",
                    MORE,
                    choices=_CURRENCIES,
                ),
                "owner": asks(
                    "Journey owner",
                    "Who keeps the map alive after the workshop.",
                    WHERE,
                ),
                "review_date": asks(
                    "Next review",
                    "A map that nobody looks at goes stale: a quarter ahead is usual.",
                    WHERE,
                ),
                "min_measured_share": asks(
                    "Share of the map that should be measured",
                    "0.3 asks for data behind 30% of the cells.",
                    _LIMITS,
                    unit="0 to 1",
                    step=0.05,
                ),
                "min_group": asks(
                    "Smallest group that is shown",
                    "Numbers about fewer customers are hidden, so that nobody is "
                    "recognised.",
                    _LIMITS,
                    unit="customers",
                ),
                "max_age_days": asks(
                    "When is it old?",
                    "Data and versions older than this are pointed out: 180 is half a "
                    "year.",
                    _LIMITS,
                    unit="days",
                ),
                "copis": asks(
                    "Which meaning of COPIS",
                    "Its columns follow from this, and can be changed later.",
                    MORE,
                    labels={key: one.label for key, one in COPIS.items()},
                ),
                "hidden_blocks": asks(
                    "Blocks of the canvas that are not used",
                    "Hidden with a button beside the canvas.",
                    MORE,
                    labels=CANVAS_BLOCKS,
                ),
            },
        ),
        "objective": KindWords(
            "Objectives",
            {
                "text": asks(
                    "What should be reached?",
                    "So that you can tell whether it worked: “Nobody waits longer than "
                    "ten minutes”.",
                ),
                "objective_kind": asks(
                    "What kind of objective?", labels=_OBJECTIVE_KINDS
                ),
                "stage": asks(
                    "For which stage?", "Leave empty for the whole journey.", WHERE
                ),
                "owner": asks(
                    "Who owns it?", "The person who will be asked about it.", WHERE
                ),
            },
        ),
        "kpi": KindWords(
            "KPIs",
            {
                "name": asks("Name", "What is counted: “Wait on the telephone”."),
                "measure": asks(
                    "Which measure?",
                    "One that the kit can compute, or your own.",
                    choices=_MEASURES,
                ),
                "definition": asks(
                    "How is it measured?",
                    "Scale, rule and period: “Median minutes in the queue, each week”.",
                ),
                "unit": asks(
                    "Unit",
                    "What the number counts, such as “minutes”.",
                    suggestions=("points", "share", "minutes", "days", "customers"),
                ),
                "direction": asks("Which way is good?", labels=_DIRECTIONS),
                "baseline": asks(
                    "Where do we stand today?", "In the same unit: 14.", "Target"
                ),
                "target": asks(
                    "Where do we want to be?", "In the same unit: 10.", "Target"
                ),
                "target_date": asks("By when?", "", "Target"),
                "touchpoint": asks(
                    "At which touchpoint?", "Leave empty for the whole journey.", WHERE
                ),
                "stage": asks(
                    "In which stage?", "If it is not about one touchpoint.", WHERE
                ),
                "owner": asks(
                    "Who owns it?", "The person who watches the number.", WHERE
                ),
            },
        ),
        "kpi_observation": KindWords(
            "KPI observations",
            {
                "kpi": asks("Which KPI?"),
                "day": asks("On which day?", "The day that the value stands for."),
                "value": asks("Value", "In the unit of the KPI: 12.5."),
                "low": asks("Lower end of the interval", "If it is known.", MORE),
                "high": asks("Upper end of the interval", "If it is known.", MORE),
                "n": asks(
                    "How many answers?",
                    "What the value rests on: 240.",
                    MORE,
                    unit="answers",
                ),
                "data_set": asks("From which data?", "", MORE),
                "note": asks(
                    "Note", "What to know about it: “Half the staff was ill”.", MORE
                ),
            },
        ),
    }
)
"""Words by kind; see :mod:`journeykit.model.people` for what they are about."""
