"""Five aggregates of a log of events, by one engine, in a process of its own.

``python event_aggregates.py make N PATH`` makes a log of N events in order of time,
with a customer for every twenty; ``python event_aggregates.py ENGINE PATH`` reads it,
takes the aggregates and prints CPU seconds of the whole process, those of importing
packages among them, and peak memory (MB) as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
from time import process_time

NAMES = {
    **{"home": 12, "search": 14, "category": 10, "product": 18, "reviews": 6},
    **{"cart": 10, "checkout": 6, "payment": 5, "confirmation": 4.5, "delivery": 4},
    **{"support": 2, "return": 1, "newsletter": 3, "account": 2, "wish list": 2.5},
}
PERSONAS = ["new", "regular", "bargain", "business"]
STEPS = ["product", "cart", "checkout", "payment"]


def make(n: int, path: str) -> None:
    """Write a log of *n* events."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(7)
    n_customers = n // 20
    customers = rng.integers(0, n_customers, n).astype("i4")
    weights = np.array(list(NAMES.values()))
    activities = rng.choice(len(NAMES), n, p=weights / weights.sum()).astype("i1")
    seconds = np.sort(rng.integers(0, 365 * 86_400, n))
    time = np.datetime64("2025-01-01", "us") + seconds.astype("m8[s]")
    rating = rng.integers(1, 6, n).astype(float)
    rating[rng.random(n) > 0.2] = np.nan

    def named(codes: np.ndarray, names: list[str]) -> pa.Array:
        return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(names)).cast(
            pa.string()
        )

    table = {
        "customer": named(customers, [f"C{i:08d}" for i in range(n_customers)]),
        "activity": named(activities, list(NAMES)),
        "time": pa.array(time.astype("M8[us]")),
        "persona": named((customers % len(PERSONAS)).astype("i1"), PERSONAS),
        "rating": pa.array(rating, from_pandas=True),
    }
    pq.write_table(pa.table(table), path)


def ours(path: str, engine: str) -> float:
    """Take the aggregates with journeykit; return the CPU seconds."""
    import pandas as pd

    from journeykit.exchange.event_tables import event_measures
    from journeykit.measure.events import (
        event_counts,
        event_satisfaction,
        funnel,
        transitions,
        variants,
    )
    from journeykit.model.survey import Scale

    source = path if engine == "duckdb" else pd.read_parquet(path)
    events = event_measures(source, engine=engine)
    event_counts(events)
    event_satisfaction(events, Scale(lowest=1, highest=5))
    transitions(events)
    funnel(events, STEPS)
    variants(events, most=20)
    return process_time()


def peer(path: str) -> float:
    """Take the aggregates with pandas as an analyst writes it."""
    import pandas as pd

    log = pd.read_parquet(path)
    log = log.sort_values(["customer", "time"], kind="stable")
    log.groupby("activity").agg(n=("time", "size"), people=("customer", "nunique"))
    log.groupby("activity")["rating"].agg(["count", "mean", "std"])
    paths = log.groupby("customer", sort=False)
    log["target"] = paths["activity"].shift(-1)
    log["gap"] = paths["time"].shift(-1) - log["time"]
    log.dropna(subset="target").groupby(["activity", "target"]).agg(
        n=("gap", "size"), people=("customer", "nunique"), gap=("gap", "median")
    )
    reached = None
    for step in STEPS:
        rows = log[log["activity"] == step]
        if reached is not None:
            rows = rows[rows["time"] > rows["customer"].map(reached)]
        reached = rows.groupby("customer")["time"].min()
    paths["activity"].agg(" > ".join).value_counts().head(20)
    return process_time()


def main(what: str, *rest: str) -> None:
    """Do what the command line says."""
    if what == "make":
        make(int(rest[0]), rest[1])
        return
    cpu = peer(rest[0]) if what == "peer" else ours(rest[0], what)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux: KB
    print(json.dumps({"cpu": cpu, "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
