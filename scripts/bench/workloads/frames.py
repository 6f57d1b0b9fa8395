"""pandas: a million rows grouped, joined and sorted."""

import numpy
import pandas
import outcome

random = numpy.random.default_rng(1)
size = 1_000_000
frame = pandas.DataFrame(
    {"key": random.integers(0, 1000, size), "value": random.random(size), "weight": random.random(size)}
)
for _ in range(5):
    sums = frame.groupby("key").agg({"value": "sum", "weight": "mean"})
    joined = frame.merge(sums, left_on="key", right_index=True, suffixes=("", "_sum"))
    ordered = joined.sort_values("value_sum").head(1000)
outcome.report()
