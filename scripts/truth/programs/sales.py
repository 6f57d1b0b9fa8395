"""pandas: a table written as CSV, read back, grouped and joined; what is read stays alive."""

import io
import sys

import pandas

rows = [f"{n},{n % 97},customer {n % 1009},{n * 7 % 1000 / 10}" for n in range(60_000)]
text = "id,shop,customer,price\n" + "\n".join(rows)
table = pandas.read_csv(io.StringIO(text))
records = table.to_dict("records")
by_shop = {shop: frame for shop, frame in table.groupby("shop")}
sums = table.groupby("customer")["price"].agg(["sum", "count"])
joined = table.merge(sums, left_on="customer", right_index=True)
# memray's runner empties the program's own names before it looks at what is alive.
sys.kept = rows, text, table, records, by_shop, sums, joined
