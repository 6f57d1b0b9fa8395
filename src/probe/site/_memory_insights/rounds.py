"""Rounds of a leak hunt and parts of a run, and what the programs that run them have in common."""

import os
import sys


def search_from(folder):
    """Has Python look for modules in a folder first, instead of beside the program that it runs."""
    own = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [folder] + [entry for entry in sys.path if os.path.abspath(entry) != own]


def end_round(name):
    """Measures what grew since the round before. What waits for the collector is no leak."""
    import gc

    from _memory_insights import lifecycle

    gc.collect()
    # Nobody stands anywhere.
    lifecycle.end_round("<round %s>" % name if name else "<round>", "round")


def end_part(file):
    """Measures what grew in a part of the run that is a file of its own."""
    from _memory_insights import lifecycle

    lifecycle.end_round(file, "after the cell", file)
