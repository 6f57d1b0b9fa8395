"""Lists that come back: the second ones take the places that the first ones have left."""

import sys

first = [[] for _ in range(80)]
first.clear()
sys.kept = [[] for _ in range(80)]
