"""The words of the field: scales, catalogues, definitions and their labels.

One concept has one name here; code, columns, headings and reports take it from here.
The keys are stored; the labels are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

__all__ = [
    "ACTION_STATUSES",
    "ACTION_TYPES",
    "BASES",
    "CANVAS_BLOCKS",
    "CANVAS_CREDIT",
    "CHANNELS",
    "COPIS",
    "DATA_KINDS",
    "EMOTIONS",
    "LANES",
    "OPPORTUNITY_TYPES",
    "PAIN_CATEGORIES",
    "PAIN_STATUSES",
    "ActionStatus",
    "ActionType",
    "Basis",
    "CanvasBlock",
    "CopisDefinition",
    "CopisRole",
    "DataKind",
    "Lane",
    "ObjectiveKind",
    "OpportunityType",
    "PainStatus",
    "Response",
    "choices",
]


def choices(literal: object) -> tuple[str, ...]:
    """Return the values of a ``Literal`` type, in order.

    Examples
    --------
    >>> choices(Basis)
    ('assumed', 'observed', 'measured')
    """
    return tuple(str(value) for value in get_args(literal))


def _labels(**labels: str) -> Mapping[str, str]:
    return MappingProxyType(labels)


# --- evidence and emotion ----------------------------------------------------------

Basis = Literal["assumed", "observed", "measured"]
BASES = _labels(
    assumed="Assumed: we think so",
    observed="Observed: interview, quote, ticket or visit",
    measured="Measured: computed from data in the case",
)

EMOTIONS: Mapping[int, str] = MappingProxyType(
    {-2: "very bad", -1: "bad", 0: "neutral", 1: "good", 2: "very good"}
)
"""Emotion from -2 to +2; no value is "not asked", which is not neutral."""

# --- the map ------------------------------------------------------------------------

Lane = Literal[
    "objectives",
    "goals",
    "customer_actions",
    "touchpoints",
    "thoughts",
    "feelings",
    "emotion",
    "needs",
    "expectations",
    "pain_points",
    "opportunities",
    "kpis",
    "frontstage",
    "backstage",
    "support_processes",
]
LANES = _labels(
    objectives="Objectives",
    goals="Customer goals",
    customer_actions="Customer actions",
    touchpoints="Touchpoints and channels",
    thoughts="Thoughts",
    feelings="Feelings",
    emotion="Emotion",
    needs="Needs",
    expectations="Expectations",
    pain_points="Pain points",
    opportunities="Opportunities",
    kpis="KPIs",
    frontstage="Frontstage",
    backstage="Backstage",
    support_processes="Support processes",
)

CHANNELS = _labels(
    website="Website",
    social_media="Social media",
    service_call="Service call",
    email="E-mail",
    sms="SMS",
    in_app_message="In-app message",
    physical_store="Physical place",
    mobile_app="Mobile app",
    sign="Sign or screen",
    post="Post",
    partner="Partner",
)
"""Starting catalogue of channels; a workshop may add its own."""

# --- objectives, data, pain points, opportunities, actions --------------------------

ObjectiveKind = Literal[
    "find_pain_points", "raise_satisfaction", "optimise_touchpoints", "other"
]

DataKind = Literal[
    "survey",
    "feedback_form",
    "interview",
    "focus_group",
    "social_media",
    "analytics",
    "complaint",
    "support_feedback",
    "purchase_history",
    "internal_audit",
    "other",
]
DATA_KINDS = _labels(
    survey="Survey",
    feedback_form="Feedback form",
    interview="Interview",
    focus_group="Focus group",
    social_media="Social media",
    analytics="Web or app analytics",
    complaint="Complaints",
    support_feedback="Support feedback",
    purchase_history="CRM or purchase history",
    internal_audit="Internal audit",
    other="Other",
)

PAIN_CATEGORIES = _labels(
    confusing_navigation="Confusing navigation",
    long_waits="Long waits",
    hard_to_reach_information="Hard-to-reach information",
    checkout_abandonment="Checkout abandonment",
    after_sales_support="After-sales support",
)
"""Starting categories; a workshop may add its own."""

Response = Literal["proactive", "reactive"]

PainStatus = Literal["open", "being_treated", "resolved", "returned"]
PAIN_STATUSES = _labels(
    open="Open", being_treated="Being treated", resolved="Resolved", returned="Returned"
)

OpportunityType = Literal[
    "new_feature",
    "service_improvement",
    "new_product",
    "personalisation",
    "upsell",
    "loyalty_programme",
    "partnership",
    "subscription",
    "channel",
    "automation",
]
OPPORTUNITY_TYPES = _labels(
    new_feature="New feature",
    service_improvement="Service improvement",
    new_product="New product",
    personalisation="Personalisation",
    upsell="Upsell or cross-sell",
    loyalty_programme="Loyalty programme",
    partnership="Partnership",
    subscription="Subscription",
    channel="New or better channel",
    automation="Automation",
)

ActionType = Literal["communication", "process", "service", "technology", "training"]
ACTION_TYPES = _labels(
    communication="Communication",
    process="Process",
    service="Service",
    technology="Technology",
    training="Training",
)
ActionStatus = Literal["planned", "doing", "done", "dropped"]
ACTION_STATUSES = _labels(
    planned="Planned", doing="Doing", done="Done", dropped="Dropped"
)

# --- COPIS and canvas ---------------------------------------------------------------

CopisRole = Literal[
    "customer", "objective", "process", "output", "information", "systems", "supplier"
]
CopisDefinition = Literal["operations", "needs", "service", "classic"]


@dataclass(frozen=True, slots=True)
class _CopisColumns:
    """One meaning of COPIS: its name, its columns in order, a one-line glossary."""

    label: str
    columns: Mapping[CopisRole, str]
    glossary: str


COPIS: Mapping[CopisDefinition, _CopisColumns] = MappingProxyType(
    {
        "operations": _CopisColumns(
            "Customers, Operations, Products, Information, Systems",
            {
                "customer": "Customers",
                "process": "Operations",
                "output": "Products",
                "information": "Information",
                "systems": "Systems",
            },
            "Who is served, what is done, what they get, what must be known, "
            "what it runs on.",
        ),
        "needs": _CopisColumns(
            "Customer needs, Objectives, Processes, Information, Systems",
            {
                "customer": "Customer needs",
                "objective": "Objectives",
                "process": "Processes",
                "information": "Information",
                "systems": "Systems",
            },
            "What customers need, what we aim for, what is done, what must be known, "
            "what it runs on.",
        ),
        "service": _CopisColumns(
            "Customer, Objective, Process, Information, Service",
            {
                "customer": "Customer",
                "objective": "Objective",
                "process": "Process",
                "information": "Information",
                "output": "Service",
            },
            "Who is served, what we aim for, what is done, what must be known, "
            "what they get.",
        ),
        "classic": _CopisColumns(
            "Customer, Output, Process, Input, Supplier (Six Sigma)",
            {
                "customer": "Customer",
                "output": "Output",
                "process": "Process",
                "information": "Input",
                "supplier": "Supplier",
            },
            "SIPOC read from the customer's side: who is served, what they get, "
            "what is done, what it takes, where that comes from.",
        ),
    }
)
"""The four meanings of COPIS; the default of a case is ``classic``."""

CanvasBlock = Literal[
    "customer_segments",
    "value_propositions",
    "channels",
    "customer_relationships",
    "revenue_streams",
    "key_resources",
    "key_activities",
    "key_partnerships",
    "cost_structure",
]
CANVAS_BLOCKS = _labels(
    customer_segments="Customer segments",
    value_propositions="Value propositions",
    channels="Channels",
    customer_relationships="Customer relationships",
    revenue_streams="Revenue streams",
    key_resources="Key resources",
    key_activities="Key activities",
    key_partnerships="Key partnerships",
    cost_structure="Cost structure",
)
CANVAS_CREDIT = (
    "The Business Model Canvas by Strategyzer (strategyzer.com) is licensed under "
    "CC BY-SA 3.0."
)
