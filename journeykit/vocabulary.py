"""The words of the field: scales, catalogues, definitions and their labels.

One concept has one name here; code, columns, headings and reports take it from here.
The keys are stored; the labels are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from journeykit.language import word

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
    assumed=word("Assumed: we think so"),
    observed=word("Observed: interview, quote, ticket or visit"),
    measured=word("Measured: computed from data in the case"),
)

EMOTIONS: Mapping[int, str] = MappingProxyType(
    {
        -2: word("very bad"),
        -1: word("bad"),
        0: word("neutral"),
        1: word("good"),
        2: word("very good"),
    }
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
    objectives=word("Objectives"),
    goals=word("Customer goals"),
    customer_actions=word("Customer actions"),
    touchpoints=word("Touchpoints and channels"),
    thoughts=word("Thoughts"),
    feelings=word("Feelings"),
    emotion=word("Emotion"),
    needs=word("Needs"),
    expectations=word("Expectations"),
    pain_points=word("Pain points"),
    opportunities=word("Opportunities"),
    kpis=word("KPIs"),
    frontstage=word("Frontstage"),
    backstage=word("Backstage"),
    support_processes=word("Support processes"),
)

CHANNELS = _labels(
    website=word("Website"),
    social_media=word("Social media"),
    service_call=word("Service call"),
    email=word("E-mail"),
    sms=word("SMS"),
    in_app_message=word("In-app message"),
    physical_store=word("Physical place"),
    mobile_app=word("Mobile app"),
    sign=word("Sign or screen"),
    post=word("Post"),
    partner=word("Partner"),
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
    survey=word("Survey"),
    feedback_form=word("Feedback form"),
    interview=word("Interview"),
    focus_group=word("Focus group"),
    social_media=word("Social media"),
    analytics=word("Web or app analytics"),
    complaint=word("Complaints"),
    support_feedback=word("Support feedback"),
    purchase_history=word("CRM or purchase history"),
    internal_audit=word("Internal audit"),
    other=word("Other"),
)

PAIN_CATEGORIES = _labels(
    confusing_navigation=word("Confusing navigation"),
    long_waits=word("Long waits"),
    hard_to_reach_information=word("Hard-to-reach information"),
    checkout_abandonment=word("Checkout abandonment"),
    after_sales_support=word("After-sales support"),
)
"""Starting categories; a workshop may add its own."""

Response = Literal["proactive", "reactive"]

PainStatus = Literal["open", "being_treated", "resolved", "returned"]
PAIN_STATUSES = _labels(
    open=word("Open"),
    being_treated=word("Being treated"),
    resolved=word("Resolved"),
    returned=word("Returned"),
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
    new_feature=word("New feature"),
    service_improvement=word("Service improvement"),
    new_product=word("New product"),
    personalisation=word("Personalisation"),
    upsell=word("Upsell or cross-sell"),
    loyalty_programme=word("Loyalty programme"),
    partnership=word("Partnership"),
    subscription=word("Subscription"),
    channel=word("New or better channel"),
    automation=word("Automation"),
)

ActionType = Literal["communication", "process", "service", "technology", "training"]
ACTION_TYPES = _labels(
    communication=word("Communication"),
    process=word("Process"),
    service=word("Service"),
    technology=word("Technology"),
    training=word("Training"),
)
ActionStatus = Literal["planned", "doing", "done", "dropped"]
ACTION_STATUSES = _labels(
    planned=word("Planned"),
    doing=word("Doing"),
    done=word("Done"),
    dropped=word("Dropped"),
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
            word("Customers, Operations, Products, Information, Systems"),
            {
                "customer": word("Customers"),
                "process": word("Operations"),
                "output": word("Products"),
                "information": word("Information"),
                "systems": word("Systems"),
            },
            word(
                "Who is served, what is done, what they get, what must be known, "
                "what it runs on."
            ),
        ),
        "needs": _CopisColumns(
            word("Customer needs, Objectives, Processes, Information, Systems"),
            {
                "customer": word("Customer needs"),
                "objective": word("Objectives"),
                "process": word("Processes"),
                "information": word("Information"),
                "systems": word("Systems"),
            },
            word(
                "What customers need, what we aim for, what is done, what must be "
                "known, what it runs on."
            ),
        ),
        "service": _CopisColumns(
            word("Customer, Objective, Process, Information, Service"),
            {
                "customer": word("Customer"),
                "objective": word("Objective"),
                "process": word("Process"),
                "information": word("Information"),
                "output": word("Service"),
            },
            word(
                "Who is served, what we aim for, what is done, what must be known, "
                "what they get."
            ),
        ),
        "classic": _CopisColumns(
            word("Customer, Output, Process, Input, Supplier (Six Sigma)"),
            {
                "customer": word("Customer"),
                "output": word("Output"),
                "process": word("Process"),
                "information": word("Input"),
                "supplier": word("Supplier"),
            },
            word(
                "SIPOC read from the customer's side: who is served, what they get, "
                "what is done, what it takes, where that comes from."
            ),
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
    customer_segments=word("Customer segments"),
    value_propositions=word("Value propositions"),
    channels=word("Channels"),
    customer_relationships=word("Customer relationships"),
    revenue_streams=word("Revenue streams"),
    key_resources=word("Key resources"),
    key_activities=word("Key activities"),
    key_partnerships=word("Key partnerships"),
    cost_structure=word("Cost structure"),
)
CANVAS_CREDIT = word(
    "The Business Model Canvas by Strategyzer (strategyzer.com) is licensed under "
    "CC BY-SA 3.0."
)

# --- inside sentences ---------------------------------------------------------------

_INSIDE = (
    *(word("open"), word("being treated"), word("resolved"), word("returned")),
    *(word("planned"), word("doing"), word("done"), word("dropped")),
    *(word("communication"), word("process"), word("service")),
    *(word("technology"), word("training")),
    *(word("customer segments"), word("value propositions"), word("channels")),
    *(word("customer relationships"), word("revenue streams")),
    *(word("key resources"), word("key activities"), word("key partnerships")),
    word("cost structure"),
)
"""Labels as they stand inside a sentence, for ``say(label.lower())``: here they are
only marked, since a language may write them otherwise than English does."""
