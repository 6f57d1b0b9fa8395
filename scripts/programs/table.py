"""A small pandas program whose output depends on nothing but itself."""

import pandas

frame = pandas.DataFrame({"key": [i % 7 for i in range(50_000)], "value": range(50_000)})
print(frame.groupby("key").agg(["sum", "mean", "max"]).to_string())
raise SystemExit(3)
