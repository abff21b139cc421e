"""The made log of a web shop, with incidents that were planted in it.

``python tests/made_events.py`` writes the log into ``templates/data/web_shop_events``;
a test holds what lies there against what is made here. Only ``Random.random`` is used,
whose numbers Python promises to keep, so that every machine makes the same log.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import NormalDist

__all__ = ["FILE", "FIRST_DAY", "INCIDENTS", "LAST_DAY", "Incident", "made_log"]

FILE = (
    Path(__file__).parents[1] / "templates/data/web_shop_events/web_shop_events.csv.gz"
)
FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2026, 6, 30)
VISITS_A_DAY = 75
SEED = 2_026

PERSONAS = {"walker": 0.5, "climber": 0.3, "giver": 0.2}
HEADER = ("customer_id", "event", "timestamp", "persona", "rating")


@dataclass(frozen=True)
class Incident:
    """Something that was worse for a while.

    Parameters
    ----------
    kind, activity, persona
        What was worse, where, and for whom (None: for all).
    start, end
        First and last day (UTC).
    factor
        Waits are multiplied, the share that leaves becomes this, ratings fall by this.
    """

    kind: str
    activity: str
    persona: str | None
    start: date
    end: date
    factor: float

    def holds(self, kind: str, activity: str, persona: str, day: date) -> bool:
        """Whether it holds for somebody on some day."""
        return (
            (kind, activity) == (self.kind, self.activity)
            and self.persona in (None, persona)
            and self.start <= day <= self.end
        )


INCIDENTS = (
    Incident(
        *("dissatisfaction", "product page", "climber"),
        *(date(2026, 2, 9), date(2026, 2, 22), 1.3),
    ),
    Incident("drop-off", "payment", None, date(2026, 3, 9), date(2026, 3, 15), 0.45),
    Incident(
        *("long wait", "order confirmed", None),
        *(date(2026, 4, 13), date(2026, 4, 26), 3.0),
    ),
    Incident(
        *("dissatisfaction", "parcel delivered", None),
        *(date(2026, 5, 18), date(2026, 5, 31), 1.0),
    ),
)
"""What was planted; the README of the data says so too."""

# Share that leaves after each activity, and how long the next one takes (median).
LEAVES = {
    **{"list of jackets": 0.3, "product page": 0.35, "cart": 0.12},
    **{"total cost": 0.28, "account": 0.1, "payment": 0.06, "order confirmed": 0.0},
    **{"parcel sent": 0.0, "parcel delivered": 0.85, "chat": 0.25, "wish list": 0.6},
    "sent back": 1.0,
}
MINUTES = {
    **{"list of jackets": 2.0, "product page": 3.0, "cart": 1.5, "total cost": 1.0},
    **{"account": 2.5, "payment": 1.0, "order confirmed": 1_300.0, "chat": 5.0},
    **{"parcel sent": 2_600.0, "parcel delivered": 6_500.0, "wish list": 4.0},
}
RATED = {
    **{"product page": (0.3, 4.1), "payment": (0.3, 3.9), "chat": (0.5, 3.8)},
    **{"parcel delivered": (0.45, 4.2), "sent back": (0.5, 3.4)},
}


def made_log() -> str:
    """Return the log as CSV, in order of time."""
    rows = sorted(_Shop(Random(SEED)).rows(), key=lambda row: (row[2], row[0]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue()


class _Shop:
    """A shop and its customers, who come back now and then."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.n_customers = 0
        self.known: list[tuple[str, str, date]] = []

    def rows(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Yield the events of all visits."""
        day = FIRST_DAY
        while day <= LAST_DAY:
            share = 1.3 if day.weekday() >= 5 else 0.88
            n_visits = round(VISITS_A_DAY * share * (0.85 + 0.3 * self.random.random()))
            for _ in range(n_visits):
                customer, persona = self._customer(day)
                yield from self._visit(customer, persona, day)
            day += timedelta(days=1)

    def _customer(self, day: date) -> tuple[str, str]:
        """Return somebody new, or (a quarter) who was here three weeks ago or more."""
        if self.known and self.random.random() < 0.25:
            place = int(self.random.random() * len(self.known))
            customer, persona, last = self.known[place]
            if (day - last).days >= 21:
                self.known[place] = (customer, persona, day)
                return customer, persona
        self.n_customers += 1
        chance, names = self.random.random(), list(PERSONAS)
        while chance >= PERSONAS[names[0]] and len(names) > 1:
            chance -= PERSONAS[names.pop(0)]
        self.known.append((f"W{self.n_customers:05d}", names[0], day))
        return self.known[-1][:2]

    def _visit(
        self, customer: str, persona: str, day: date
    ) -> Iterator[tuple[str, str, str, str, str]]:
        hour = 7 + 15 * (self.random.random() + self.random.random()) / 2
        time = datetime(day.year, day.month, day.day, tzinfo=UTC)
        time += timedelta(seconds=round(hour * 3_600))
        activity: str | None = "list of jackets"
        if self.random.random() < 0.25:
            activity = "product page"
        while activity is not None and time.date() <= LAST_DAY:
            rating = self._rating(activity, persona, time.date())
            stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ")
            yield (customer, activity, stamp, persona, rating)
            now, activity = activity, self._next(activity, persona, time.date())
            time += self._wait(now, persona, time.date())

    def _next(self, activity: str, persona: str, day: date) -> str | None:
        leaves = LEAVES[activity]
        for incident in INCIDENTS:
            if incident.holds("drop-off", activity, persona, day):
                leaves = incident.factor
        if self.random.random() < leaves:
            return None
        chance = self.random.random()
        if activity == "product page":
            if chance < 0.12:
                return "chat"
            if chance < 0.2:
                return "wish list"
            return "product page" if chance < 0.45 else "cart"
        if activity == "cart" and chance < 0.1:
            return "product page"
        return {
            **{"list of jackets": "product page", "cart": "total cost"},
            "total cost": "account" if chance < 0.4 else "payment",
            **{"account": "payment", "payment": "order confirmed"},
            **{"order confirmed": "parcel sent", "parcel sent": "parcel delivered"},
            **{"parcel delivered": "sent back", "chat": "cart", "wish list": "cart"},
        }[activity]

    def _wait(self, activity: str, persona: str, day: date) -> timedelta:
        minutes = MINUTES.get(activity, 1.0) * math.exp(0.45 * self._normal())
        for incident in INCIDENTS:
            if incident.holds("long wait", activity, persona, day):
                minutes *= incident.factor
        return timedelta(seconds=max(1, round(60 * minutes)))

    def _rating(self, activity: str, persona: str, day: date) -> str:
        asked, mean = RATED.get(activity, (0.0, 0.0))
        if self.random.random() >= asked:
            return ""
        for incident in INCIDENTS:
            if incident.holds("dissatisfaction", activity, persona, day):
                mean -= incident.factor
        return str(min(5, max(1, round(mean + 0.9 * self._normal()))))

    def _normal(self) -> float:
        return NormalDist().inv_cdf(max(self.random.random(), 1e-12))


def main() -> None:
    """Write the log where the templates are."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    content = made_log().encode("utf-8")
    FILE.write_bytes(gzip.compress(content, compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
