"""The words of the steps from the opportunities to the review, and of the extras."""

from __future__ import annotations

from journeykit.check.workbook_step import WorkbookStep

__all__ = ["STEPS_AFTER_THE_MAP"]

STEPS_AFTER_THE_MAP: tuple[WorkbookStep, ...] = (
    WorkbookStep(
        name="opportunities",
        number=9,
        title="Opportunities and experiments",
        short="Opportunities",
        notebook="09_opportunities.ipynb",
        question="What could we do about it, and how do we find out cheaply?",
        purpose="Ideas come from pain points and unmet needs, not from the loudest "
        "voice. The promising ones become small experiments before they become "
        "projects.",
        do=(
            "Turn the worst pain points into “How might we …” by a click.",
            "Write ideas alone, in silence.",
            "Tie each idea to what it answers.",
            "Place them by effect and effort; keep those you do not choose.",
            "Choose, and mark what would delight rather than only repair.",
            "Plan an experiment for one that you chose: what should move, by how much, "
            "and how many customers does it take?",
        ),
        minutes=30,
        example="“Guide people from gate to gate: time, way, and whether security "
        "comes again” answers the worst pain point: effect 5, effort 3. The trial: "
        "signs for six weeks, 200 answers with them and 200 without.",
        layouts=("impact_effort", "opportunity_board"),
        kinds=("opportunity", "experiment"),
        capabilities=(28, 58, 59, 60, 61, 62, 63),
    ),
    WorkbookStep(
        name="copis",
        number=10,
        title="COPIS",
        short="COPIS",
        notebook="10_copis.ipynb",
        question="What happens behind the scenes?",
        purpose="Pain in front has its cause behind. COPIS reads your processes from "
        "the customer's side, so that you mend the right one.",
        do=(
            "Stages and touchpoints: look at what customers meet, in order.",
            "Components: agree which of the four meanings of COPIS you use, then take "
            "what fits of what the map suggests. Keep to five to seven processes.",
            "Interactions: tie each process to the touchpoints it serves, "
            "and draw a line where one part needs another.",
            "Pain points: draw a line from what causes them.",
            "Strategies: write one for each part that hurts, and say whether it "
            "prevents or fixes.",
        ),
        minutes=40,
        example="“Check in and screen” is the bottleneck: lanes open by roster, not by "
        "demand. Strategy: share forecasts, show waiting times. “Keep the building "
        "clean” is a candidate for automation: clean by need.",
        layouts=("copis",),
        kinds=("copis_element",),
        capabilities=(54, 64, 65, 66, 67, 68, 69, 70, 71, 73, 74, 75),
    ),
    WorkbookStep(
        name="canvas",
        number=11,
        title="Business Model Canvas",
        short="Canvas",
        notebook="11_business_model_canvas.ipynb",
        question="Does the journey keep what the business promises?",
        purpose="What you promise, to whom, through which channels: nine blocks on one "
        "page. Where the journey breaks a promise, the canvas shows what it costs.",
        do=(
            "Take from the map what fits, then write what you promise.",
            "Tie each entry to touchpoints, channels, personas and pain points.",
            "Say block by block what helps, what hurts, and how strong it is.",
            "Take over what stays after the change, and write what is new.",
        ),
        minutes=35,
        example="“Through in time, and sure of it” is a promise of strength 3: signs "
        "say where, seldom how long. The improvement: walking and waiting times. New "
        "revenue: a share of orders brought to the gate.",
        layouts=("canvas",),
        kinds=("canvas_entry",),
        capabilities=(76, 77, 78, 79, 80, 81),
    ),
    WorkbookStep(
        name="action_plan",
        number=12,
        title="Action plan and roadmap",
        short="Actions",
        notebook="12_action_plan.ipynb",
        question="Who does what by when, and how will we see it?",
        purpose="The workshop is worth what happens after it. Each of the three worst "
        "pain points leaves the room with a name, a day and a number.",
        do=(
            "Begin with the three worst pain points.",
            "Write one action a card: who does what by when.",
            "Say which KPI it should move, and by how much.",
            "Add priority, start, end and effort; tie what has to come first.",
            "Read the roadmap: what cannot hold, and who has promised too much?",
            "Ask for training where people need to learn something.",
        ),
        minutes=30,
        example="“Put walking times on the signs that connecting passengers pass”: "
        "the wayfinding planner, within 75 days, 25 days of work, two points more who "
        "find the way easily.",
        layouts=("action_board",),
        kinds=("action",),
        capabilities=(72, 91, 93, 94, 95, 96, 97, 98),
    ),
    WorkbookStep(
        name="validation",
        number=13,
        title="Validation and sign-off",
        short="Sign-off",
        notebook="13_validation_and_sign_off.ipynb",
        question="Do customers recognise themselves, and does everybody stand by it?",
        purpose="A map is a guess until customers have seen it. And what a department "
        "did not agree to, it will not do.",
        do=(
            "Read the check: mend what is an error, or say why it stands.",
            "Show the map to five customers, touchpoint by touchpoint.",
            "Record for each: confirmed, contradicted or not asked, by how many.",
            "Change the map where they contradicted you.",
            "Ask each department: agree, agree with changes, or dissent and why.",
            "Thank everybody by name for what they gave.",
        ),
        minutes=30,
        example="Customer service agrees with changes: “Asks to hear from those who "
        "missed a flight, too.” A dissent with its reason is worth more than a nod.",
        layouts=("wall",),
        kinds=("comment", "department_sign_off"),
        capabilities=(8, 10, 12, 36),
    ),
    WorkbookStep(
        name="monitor",
        number=14,
        title="Monitor and review",
        short="Review",
        notebook="14_monitor_and_review.ipynb",
        question="Who keeps the map alive, and when do we look again?",
        purpose="Maps go stale with nobody to look after them. An owner, a day for the "
        "review and a mark of today are all it takes.",
        do=(
            "Name the owner of the map and the day of the next review.",
            "Look at each KPI: where are we, where do we want to be?",
            "Update the status of pain points and actions.",
            "Ask what changed: new pain, new chances, new data, the market.",
            "Mark the moment, so that the next review can compare.",
        ),
        minutes=20,
        example="The head of guest experience owns the map; the next review is in 90 "
        "days. “Cannot find a socket that works” is being treated: sockets are "
        "counted gate by gate.",
        layouts=("action_board", "pain_board"),
        kinds=("case", "kpi", "kpi_observation", "pain_point_status", "comment"),
        capabilities=(39, 57, 75, 86, 87, 89, 91, 97, 99, 100, 101, 103),
    ),
    WorkbookStep(
        name="training",
        number=15,
        title="Training case",
        short="Training",
        notebook="15_training.ipynb",
        question="Can we read a journey before we draw our own?",
        purpose="A short story with known answers, to learn the method where nothing "
        "is at stake. Your map is compared with the worked one, point by point.",
        do=(
            "Read the story once, without writing.",
            "Map it in pairs: touchpoints, emotions, pain points.",
            "Look at the score, then at what you missed.",
            "Talk about one thing that you would have overlooked at home.",
        ),
        minutes=45,
        example="The airport's team trained on this case the week before its own day. "
        "They had most cards right and argued longest about the moments of truth: that "
        "talk was worth more than the score.",
        layouts=("journey_map", "pain_board"),
        kinds=("touchpoint", "pain_point"),
        capabilities=(106, 107),
        is_counted=False,
    ),
    WorkbookStep(
        name="facilitator",
        number=16,
        title="For the facilitator",
        short="Facilitator",
        notebook="16_facilitator.ipynb",
        question="How do we get through the day in time and in good spirits?",
        purpose="Agenda, run sheet, timer, parking lot and decisions on one page. It "
        "is yours; the group sees the timer and the parking lot.",
        do=(
            "Choose an agenda and look through the run sheet the day before.",
            "Put the timer on the projector and start with the first block.",
            "Park what is worth keeping and not for now.",
            "Write decisions down while the group looks on.",
            "When you run late, let the rest be planned anew.",
        ),
        minutes=10,
        example="The airport's team parked “Who is of high value? We would need "
        "spending by passenger” instead of arguing about it, and decided “Connecting "
        "passengers come first”, with the reason beside it.",
        layouts=("parking_lot", "decisions", "agenda"),
        kinds=("agenda_block", "parking_lot_item", "decision"),
        capabilities=(105, 108, 109),
        is_counted=False,
    ),
    WorkbookStep(
        name="clv",
        number=17,
        title="Customer lifetime value",
        short="Lifetime value",
        notebook="17_customer_lifetime_value.ipynb",
        question="Who is worth most to us, and what would make them stay?",
        purpose="Few customers bring most of the revenue, and nobody sees it on a "
        "map. In five parts you find them, mark them, and make the touchpoints better "
        "that decide whether they come back.",
        do=(
            "Look at your map: it tells what customers live through.",
            "Bring your purchases, see who brings the most, and mark whom you can "
            "least afford to lose.",
            "Rate how much each touchpoint bears on lifetime value.",
            "Write an idea for a personal touch where it bears most.",
            "Set a target for retention or lifetime value, and look again later.",
        ),
        minutes=40,
        example="The airport has no purchases: its survey holds no spending, so the "
        "team parked the question. In the example of the gift shop a tenth of 4,312 "
        "customers brings 60 % of the revenue, and shopkeepers are worth more than "
        "customers as a whole.",
        layouts=("segment_wall",),
        kinds=("touchpoint", "kpi"),
        capabilities=(16, 27, 28, 35, 72, 82, 83, 84, 85, 92),
        is_counted=False,
        follows="channels",
    ),
)
"""Steps 9 to 17, in order."""
