"""How many objects of each type there are now.

While they are counted nothing else may run: who held a list of all objects while the program lets
go of one would end its life on this thread, with whatever its finalizer does. So the list is made,
read and dropped within a single call, and nothing of the types' own is called.
"""

import gc
from _operator import is_, is_not
from itertools import chain, compress, islice, repeat, tee, zip_longest

from _memory_insights.quiet import CollectorPause
from _memory_insights.traced import COUNTS_THAT_EXIST, _count_elements

_get_objects = gc.get_objects


def counted():
    """Returns pairs (type, objects); a type may be in several of them."""
    # Types that have a metaclass may compare and hash by code of their own, so those are told apart
    # by identity, which takes longer.
    counts, types = {}, {}
    first, second = tee(_types(is_not))
    identities = map(id, map(types.setdefault, map(id, first), second))
    with CollectorPause():
        chunks = list(_counted_in_chunks(_types(is_)))
        _count_elements(counts, identities)
    pairs = [pair for chunk, _ in chunks for pair in chunk.items() if pair[0] is not None]
    return pairs + [(types[identity], count) for identity, count in counts.items()]


def _types(is_of_kind):
    """Iterates over the types of all objects: those of which `is_of_kind(metaclass, type)`. Objects
    are listed when the first of them is asked for."""
    listed = islice(iter(_get_objects, None), 1)
    first, second = tee(map(type, chain.from_iterable(listed)))
    return compress(first, map(is_of_kind, map(type, second), repeat(type)))


def _counted_in_chunks(elements):
    """Iterates over pairs of {element: count} and nothing of interest; the last one counts None too."""
    chunks = zip_longest(*[elements] * COUNTS_THAT_EXIST)
    counts, same_counts = tee(iter(dict, None))
    return zip(counts, map(_count_elements, same_counts, chunks))
