"""The words of the steps from the welcome to the map."""

from __future__ import annotations

from journeykit.check.workbook_step import WorkbookStep

__all__ = ["STEPS_TO_THE_MAP"]

STEPS_TO_THE_MAP: tuple[WorkbookStep, ...] = (
    WorkbookStep(
        name="welcome",
        number=0,
        title="Welcome",
        short="Welcome",
        notebook="00_welcome.ipynb",
        question="What will we have in our hands at the end?",
        purpose="See what a finished workshop says before you begin your own. "
        "Everything here is one file, saved while you work.",
        do=(
            "Read the three sentences that the airport's team ended with.",
            "Look at the map: the curve is what the team felt, the thin line is what "
            "passengers answered.",
            "Agree on how the group decides, and on what goes to the parking lot.",
            "Go on to step 1.",
        ),
        minutes=15,
        example="The airport's team believed that security is the worst moment of the "
        "trip. 2,831 passengers said otherwise: the restaurants are. They kept both "
        "views on the map, and began with those who change planes.",
        layouts=("journey_map",),
        kinds=("case",),
        capabilities=(40, 46, 105, 106, 107),
        is_counted=False,
    ),
    WorkbookStep(
        name="objectives",
        number=1,
        title="Objectives and scope",
        short="Objectives",
        notebook="01_objectives_and_scope.ipynb",
        question="What should be better when we are done?",
        purpose="A map without an objective becomes wallpaper. Here you say what the "
        "exercise is to reach, by which number you will see it, and from where to "
        "where the journey runs.",
        do=(
            "Write down why you do this now, and what limits you.",
            "Say with which moment the journey begins, and with which it ends.",
            "Check the stages: rename them so that a customer could say them.",
            "Set one objective for the whole journey, then one for the stages that "
            "matter.",
            "Give each objective a KPI with a target.",
        ),
        minutes=25,
        example="“More passengers recommend the airport” is judged by the net promoter "
        "score: 39.8 today, 45 within a year. The stage “Finding the way” has its own: "
        "“Those who connect find their way as easily as all others”.",
        layouts=("objectives",),
        kinds=("case", "stage", "objective", "kpi"),
        capabilities=(1, 2, 3, 4, 5, 6, 91),
    ),
    WorkbookStep(
        name="stakeholders",
        number=2,
        title="Team and stakeholders",
        short="Team",
        notebook="02_stakeholders.ipynb",
        question="Who has to be in the room?",
        purpose="Groups that never meet a customer make convincing but wrong maps. "
        "Here you see who is missing, who decides, and who must not be surprised "
        "later.",
        do=(
            "Add everybody on the team, with department and role.",
            "Add somebody from the front line: who talks to customers every week?",
            "Place people by influence and interest: drag them on the map.",
            "Look for gaps: marketing, sales, customer service and product belong "
            "here.",
            "Go through the list of obstacles, one honest answer each.",
        ),
        minutes=20,
        example="Thirteen people from eight departments. The information booth host "
        "has the least influence and knows most of what passengers ask: she sat next "
        "to the decider for the terminals.",
        layouts=("stakeholder_map",),
        kinds=("stakeholder",),
        capabilities=(7, 8, 11, 12, 108),
    ),
    WorkbookStep(
        name="personas",
        number=3,
        title="Personas and segments",
        short="Personas",
        notebook="03_personas_and_segments.ipynb",
        question="Who travels this journey?",
        purpose="“The customer” feels nothing; a person with a goal does. Two to four "
        "personas, each standing for a real part of your customers, keep the talk "
        "honest.",
        do=(
            "Name the parts of your customers that differ in what they do.",
            "Make one persona for each that matters, with needs and goals.",
            "Say how they prefer to reach you.",
            "Fill the empathy map: what do they think, feel, say and do?",
            "Mark what you know and what you assume.",
        ),
        minutes=30,
        example="The connecting passenger: “I have one hour, and I do not know this "
        "place.” Stands for 576 of 2,831 respondents, follows signs first, and fears "
        "to miss the next flight.",
        layouts=("persona_wall", "segment_wall", "empathy_map"),
        kinds=("persona", "segment"),
        capabilities=(13, 14, 15, 16, 17, 18, 19),
    ),
    WorkbookStep(
        name="touchpoints",
        number=4,
        title="Touchpoints and channels",
        short="Touchpoints",
        notebook="04_touchpoints_and_channels.ipynb",
        question="Where do customers meet us?",
        purpose="Each moment of contact becomes a column of the map. The ones nobody "
        "planned, such as the car park or the error page, often decide how people "
        "feel.",
        do=(
            "Write alone for five minutes: where did you last meet us as a customer?",
            "Put the touchpoints under their stages, in order.",
            "Give each a channel and an owner.",
            "Go through the prompts: which subtle ones are missing?",
            "Mark the moments of truth: where does a customer stay or leave?",
        ),
        minutes=30,
        example="Fifteen touchpoints in seven stages. “Use the restrooms” and “Come "
        "across an exhibition” are the subtle ones; “Pass security”, “Find the way to "
        "the gate” and “Wait at the gate and board” are moments of truth.",
        layouts=("journey_map", "wall"),
        kinds=("touchpoint", "channel"),
        capabilities=(20, 21, 22, 23, 24, 27, 28),
    ),
    WorkbookStep(
        name="evidence",
        number=5,
        title="Evidence",
        short="Evidence",
        notebook="05_evidence.ipynb",
        question="What do we know, and what do we only believe?",
        purpose="A map made of opinions convinces nobody. Here the answers of real "
        "customers join it, and every statement says how sure it is.",
        do=(
            "Bring the export of your survey tool, as it is.",
            "See how it was read, and what its columns are taken to mean.",
            "Take the answers over.",
            "Talk about the widest gaps between what you felt and what was measured.",
            "Add what you heard: quotes, tickets, visits, with source and day.",
        ),
        minutes=30,
        example="“80 respondents met a problem with finding the way” hangs on the pain "
        "point “Cannot see the way to the next gate”: observed, May 2017. What the "
        "team only believes stays marked as assumed.",
        kinds=("evidence",),
        capabilities=(29, 30, 31, 32, 33, 34, 38, 39, 88, 90, 92),
    ),
    WorkbookStep(
        name="journey_map",
        number=6,
        title="The journey map",
        short="Map",
        notebook="06_journey_map.ipynb",
        question="What do people want, do, think and feel on the way?",
        purpose="Now the columns are filled from the customer's side, lane by lane. "
        "The emotion curve shows where the journey lifts people and where it lets "
        "them down.",
        do=(
            "Fill one lane from left to right over all stages before the next one.",
            "Write goals and needs for each stage, then what customers do.",
            "Add a thought or a feeling at each touchpoint, in the customer's words.",
            "Score the emotion in silence, then talk about the spread.",
            "Draw the loops and returns: journeys are not straight.",
        ),
        minutes=40,
        example="At “Pass security” the holidaymaker is nervous (−1), the business "
        "traveller calm (+1), and those who connect upset (−2): “Screened already, "
        "and now again.” One average would have hidden all three.",
        layouts=("journey_map", "empathy_map", "service_blueprint"),
        kinds=("touchpoint", "lane_note", "channel_change"),
        capabilities=(18, 40, 41, 42, 43, 44, 45, 46, 48, 49, 109),
    ),
    WorkbookStep(
        name="pain_points",
        number=7,
        title="Pain points",
        short="Pain points",
        notebook="07_pain_points.ipynb",
        question="Where does it hurt, how badly, and why?",
        purpose="A list of complaints helps nobody choose. Each pain point gets its "
        "place, its people, its cause and a rank that everybody can follow.",
        do=(
            "Write pain points alone, one a card, from the customer's side.",
            "Put each at its touchpoint, and say who feels it.",
            "Rate severity and frequency from 1 to 5, in silence.",
            "Ask why until the cause is something you can change. Add evidence and an "
            "owner.",
            "Compare the rankings, choose what you take up first, and say why.",
            "Send it to the departments that must answer, and note what they say.",
        ),
        minutes=35,
        example="“Cannot see the way to the next gate, or how long it takes”: severity "
        "4, frequency 5, felt by the connecting passenger. The cause: signs name "
        "gates, not walking times. Owner: the wayfinding planner.",
        layouts=("pain_board", "severity_frequency"),
        kinds=("pain_point", "department_answer", "pain_point_status"),
        capabilities=(9, 11, 37, 47, 50, 51, 52, 53, 54, 55, 56, 57, 93),
    ),
    WorkbookStep(
        name="channels",
        number=8,
        title="Channels: consistency and changes",
        short="Channels",
        notebook="08_channels.ipynb",
        question="Do we speak with one voice, and remember what was said?",
        purpose="Customers see one company, not your channels. Here you find where a "
        "channel tells another story, and where people have to begin again.",
        do=(
            "Rate each channel on messaging, branding and service, from 1 to 5.",
            "Talk about the worst cells: what would a customer notice?",
            "Record each change of channel that customers make.",
            "For each: does what they said come along, or do they start again?",
            "Look where a persona does not find the channel that it prefers.",
        ),
        minutes=20,
        example="The terminal that was looked up at home has to be remembered on the "
        "road: website to road signs, context lost. The boarding pass carries the "
        "gate along: check-in to signs, context kept.",
        layouts=("channel_consistency", "channel_changes"),
        kinds=("channel", "channel_change"),
        capabilities=(19, 22, 25, 26),
    ),
)
"""Steps 0 to 8, in order."""
