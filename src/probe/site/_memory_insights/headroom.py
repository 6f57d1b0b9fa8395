"""Whether a program that has a limit on its memory leaves enough of it for a reading."""

import sys

try:
    from resource import RLIM_INFINITY, RLIMIT_AS, getrlimit
except ImportError:
    getrlimit = None

# A copy of the table of traces takes about 240 bytes a block.
_BYTES_A_BLOCK = 300
# The program goes on meanwhile, and must not be the one that is refused.
_SPARE = 3


def is_enough(read_virtual):
    """False where reading all blocks might take what the program needs; asked before each.

    `read_virtual()` gives the size of the address space, or None."""
    try:
        limit = getrlimit(RLIMIT_AS)[0] if getrlimit is not None else None
        if limit is None or limit == RLIM_INFINITY:
            return True
        return read_virtual() + _SPARE * _BYTES_A_BLOCK * sys.getallocatedblocks() < limit
    except Exception:
        # Without a word from the system, a limit that is there is one to keep away from.
        return False
