"""What an empty place of a board says: what belongs there, and one example in grey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from journeykit.language import word
from journeykit.vocabulary import CanvasBlock, CopisRole, Lane

__all__ = ["BLOCK_PROMPTS", "KIND_PROMPTS", "LANE_PROMPTS", "ROLE_PROMPTS", "Prompt"]


class Prompt(NamedTuple):
    """What belongs in a place, and one example."""

    hint: str
    example: str = ""


LANE_PROMPTS: Mapping[Lane, Prompt] = {
    "touchpoints": Prompt("Where do they meet you?", "Welcome at the desk"),
    "emotion": Prompt("The curve appears with the first emotion"),
    "objectives": Prompt("What is this stage to achieve?", "Half the wait at noon"),
    "goals": Prompt("What do they want to get done here?", "Know what it will cost"),
    "customer_actions": Prompt("What do they do?", "Compares three offers"),
    "thoughts": Prompt("What goes through their mind?", "Will this take long?"),
    "feelings": Prompt("How do they feel?", "Rushed"),
    "needs": Prompt("What do they need here?", "Somebody who answers at once"),
    "expectations": Prompt("What do they take for granted?", "The price is the price"),
    "pain_points": Prompt("What goes wrong for them?", "Nobody says how long"),
    "opportunities": Prompt("What could you do better?", "Show the waiting time"),
    "kpis": Prompt("How will you see whether it works?", "Satisfaction, 4 or 5 of 5"),
    "frontstage": Prompt("Whom or what do they meet?", "The person at the desk"),
    "backstage": Prompt("What happens where they cannot see it?", "Files are sorted"),
    "support_processes": Prompt("What does that rest on?", "The duty roster"),
}
"""By lane of the map."""

BLOCK_PROMPTS: Mapping[CanvasBlock, Prompt] = {
    "customer_segments": Prompt("For whom are you there?", "Families"),
    "value_propositions": Prompt("What do they get from you?", "Time to spare"),
    "channels": Prompt("How do you reach them?", "Website, telephone, desk"),
    "customer_relationships": Prompt("How do you stay close?", "One person to ask"),
    "revenue_streams": Prompt("What do they pay for?", "A monthly fee"),
    "key_resources": Prompt("What can you not do without?", "People who know"),
    "key_activities": Prompt("What must you do well?", "Answer on the same day"),
    "key_partnerships": Prompt("Who helps you?", "The delivery service"),
    "cost_structure": Prompt("What does it cost most?", "Staff at busy hours"),
}
"""By block of the canvas."""

ROLE_PROMPTS: Mapping[CopisRole, Prompt] = {
    "customer": Prompt(word("Whom is it for?"), "People who come for the first time"),
    "objective": Prompt(
        word("What do you aim for?"), "Nobody waits without knowing why"
    ),
    "process": Prompt(word("What is done for them?"), "Take the order"),
    "output": Prompt(word("What do they get?"), "A confirmation"),
    "information": Prompt(word("What must be known?"), "What is free, and when"),
    "systems": Prompt(word("What does it run on?"), "Booking system"),
    "supplier": Prompt(word("Where does it come from?"), "The delivery service"),
}
"""By role of a COPIS element."""

KIND_PROMPTS: Mapping[str, Prompt] = {
    "objective": Prompt("What is this exercise to achieve?", "Find where it hurts"),
    "kpi": Prompt("How will you see whether it worked?", "Share of satisfied answers"),
    "kpi_observation": Prompt(
        "Where does a number stand today?", "78 % satisfied in May"
    ),
    "stakeholder": Prompt("Who has a say, who knows, who cares?", "Head of service"),
    "segment": Prompt("Which customers are alike?", "Families"),
    "persona": Prompt("Whose journey is it? Give them a name", "Amira, short of time"),
    "journey": Prompt("Which journey do you look at?", "The first order"),
    "stage": Prompt("What is the first part of the journey?", "Finding out"),
    "channel": Prompt("By which way do you meet?", "Website"),
    "channel_change": Prompt(
        "Where do they go on by another way?", "From the website to the telephone"
    ),
    "touchpoint": Prompt("Where do they meet you?", "Welcome at the desk"),
    "evidence": Prompt("Why do you believe it?", "Six of eight people said so"),
    "pain_point": Prompt("What goes wrong for them?", "Nobody says how long"),
    "pain_point_status": Prompt(
        "What became of a pain point?", "Being treated since March"
    ),
    "department_answer": Prompt(
        "What does a department say to it?", "We can do that by June"
    ),
    "opportunity": Prompt("What could you do better?", "Show the waiting time"),
    "experiment": Prompt(
        "What would you try, and what should happen?",
        "With the waiting time in sight, fewer people give up",
    ),
    "copis_element": Prompt("What plays a part in it?", "Booking system"),
    "canvas_entry": Prompt("What does the business rest on?", "A monthly fee"),
    "action": Prompt("Who does what, by when?", "Put the waiting time on the screen"),
    "agenda_block": Prompt("What comes next?", "Pain points, then a dot vote"),
    "parking_lot_item": Prompt("What is worth keeping for later?", "New price list"),
    "decision": Prompt("What did you decide?", "We begin with new customers"),
    "comment": Prompt("What would you add?", "On Mondays it is much worse"),
    "data_set": Prompt("Where do your numbers come from?", "Customer survey, May"),
    "department_sign_off": Prompt(
        "Which department stands behind it?", "Customer service agrees"
    ),
    "case": Prompt(
        "What is this workshop called?", "From first question to first bill"
    ),
}
"""By kind of entry."""
