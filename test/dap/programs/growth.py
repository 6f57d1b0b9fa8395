import sys
import time

kept = []


def load_blob():
    kept.append(bytearray(b"x" * 30_000_000))
    return len(kept)


def load_rows(count):
    for number in range(count):
        kept.append({"number": number, "name": "row %d" % number})
    return len(kept)


load_blob()
print("blob")
load_rows(2_000_000 if "--many" in sys.argv else 2_000 if "--leak" in sys.argv else 100_000)
print("rows")  # memory: snapshot "rows are there"
load_blob()
while "--leak" in sys.argv:
    load_rows(2_000)
    again = list(map(str, range(2_000)))
print("again", sys.argv[1:], flush=True)
while "--wait" in sys.argv:
    time.sleep(0.01)
