"""What an empty place of a board says: what belongs there, and one example in grey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from journeykit.vocabulary import CanvasBlock, CopisRole, Lane

__all__ = ["BLOCK_PROMPTS", "KIND_PROMPTS", "LANE_PROMPTS", "ROLE_PROMPTS", "Prompt"]


class Prompt(NamedTuple):
    """What belongs in a place, and one example."""

    hint: str
    example: str = ""


LANE_PROMPTS: Mapping[Lane, Prompt] = {
    "touchpoints": Prompt("Where do they meet you?", "Parking machine"),
    "emotion": Prompt("The curve appears with the first emotion"),
    "objectives": Prompt("What is this stage to achieve?", "Half the wait at security"),
    "goals": Prompt("What do they want to get done here?", "Find the right gate"),
    "customer_actions": Prompt("What do they do?", "Looks for the departures board"),
    "thoughts": Prompt("What goes through their mind?", "Will I make it in time?"),
    "feelings": Prompt("How do they feel?", "Rushed"),
    "needs": Prompt("What do they need here?", "A sign that can be read from afar"),
    "expectations": Prompt("What do they take for granted?", "No queue before seven"),
    "pain_points": Prompt("What goes wrong for them?", "Nobody says which belt"),
    "opportunities": Prompt("What could you do better?", "Show the wait at each lane"),
    "kpis": Prompt("How will you see whether it works?", "Satisfaction, 4 or 5 of 5"),
    "frontstage": Prompt("Whom or what do they meet?", "Desk, ground staff"),
    "backstage": Prompt("What happens where they cannot see it?", "Bags are loaded"),
    "support_processes": Prompt("What does that rest on?", "Shift planning"),
}
"""By lane of the map."""

BLOCK_PROMPTS: Mapping[CanvasBlock, Prompt] = {
    "customer_segments": Prompt("For whom are you there?", "Families on holiday"),
    "value_propositions": Prompt("What do they get from you?", "A calm start"),
    "channels": Prompt("How do you reach them?", "App, signs, desk"),
    "customer_relationships": Prompt("How do you stay close?", "A person at the desk"),
    "revenue_streams": Prompt("What do they pay for?", "Parking"),
    "key_resources": Prompt("What can you not do without?", "Security lanes"),
    "key_activities": Prompt("What must you do well?", "Screening"),
    "key_partnerships": Prompt("Who helps you?", "Airlines"),
    "cost_structure": Prompt("What does it cost most?", "Staff at peak hours"),
}
"""By block of the canvas."""

ROLE_PROMPTS: Mapping[CopisRole, Prompt] = {
    "customer": Prompt("Whom is it for?", "Business traveller"),
    "objective": Prompt("What do you aim for?", "No missed flight"),
    "process": Prompt("What is done for them?", "Security screening"),
    "output": Prompt("What do they get?", "A boarding pass"),
    "information": Prompt("What must be known?", "Flight schedule"),
    "systems": Prompt("What does it run on?", "Baggage system"),
    "supplier": Prompt("Where does it come from?", "Handling company"),
}
"""By role of a COPIS element."""

KIND_PROMPTS: Mapping[str, Prompt] = {
    "objective": Prompt("What is this exercise to achieve?", "Find where it hurts"),
    "kpi": Prompt("How will you see whether it worked?", "Share of satisfied answers"),
    "stakeholder": Prompt("Who has a say, who knows, who cares?", "Head of security"),
    "segment": Prompt("Which customers are alike?", "Families on holiday"),
    "persona": Prompt("Who travels with you? Give them a name", "Amira, flies weekly"),
    "journey": Prompt("Which journey do you look at?", "Departure, door to seat"),
    "stage": Prompt("What is the first part of the journey?", "Getting there"),
    "channel": Prompt("By which way do you meet?", "Mobile app"),
    "touchpoint": Prompt("Where do they meet you?", "Parking machine"),
    "evidence": Prompt("Why do you believe it?", "Six of eight people said so"),
    "pain_point": Prompt("What goes wrong for them?", "Nobody says which belt"),
    "opportunity": Prompt("What could you do better?", "Show the wait at each lane"),
    "experiment": Prompt("What would you try, and what should happen?"),
    "copis_element": Prompt("What plays a part in it?", "Flight schedule"),
    "canvas_entry": Prompt("What does the business rest on?", "Parking"),
    "action": Prompt("Who does what, by when?", "Put up signs at the car park"),
    "agenda_block": Prompt("What comes next?", "Pain points, then a dot vote"),
    "parking_lot_item": Prompt("What is worth keeping for later?", "Lounge prices"),
    "decision": Prompt("What did you decide?", "We start with security"),
    "comment": Prompt("What would you add?", "The lift is out again"),
    "data_set": Prompt("Where do your numbers come from?", "Passenger survey 2017"),
    "department_sign_off": Prompt("Which department stands behind it?", "Security"),
    "case": Prompt("What is this workshop called?", "Airport departure"),
}
"""By kind of entry."""
