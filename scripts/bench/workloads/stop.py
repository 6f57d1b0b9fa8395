"""Half a million traced blocks, then lines to step over."""

kept = []
for number in range(125_000):
    kept.append({"number": number + 1_000, "name": "row %d" % number})
steps = 0
steps += 1
steps += 1
steps += 1
steps += 1
steps += 1
steps += 1
steps += 1
steps += 1
print(steps)
