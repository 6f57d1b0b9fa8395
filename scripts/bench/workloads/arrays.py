"""numpy: large arrays combined and sorted, and many small ones."""

import numpy
import outcome

random = numpy.random.default_rng(1)
total = 0.0
for _ in range(12):
    samples = random.standard_normal(1_500_000)
    shifted = (samples - samples.mean()) / samples.std()
    total += float(numpy.cumsum(numpy.sort(shifted))[-1])
small = [numpy.arange(number % 64) * 2.0 for number in range(200_000)]
total += sum(float(each[-1]) for each in small if len(each))
outcome.report()
