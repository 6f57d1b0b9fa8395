"""Which functions ran, by `sys.monitoring` (3.12 and later): each code object reports once.

The first run of each line is reported too. That is a point at which a thread lets go of the
interpreter, so the sampler can come in between two lines that allocate without a call.
"""

import sys
from collections import deque

from _memory_insights.functions import EXACT, FunctionTable, is_function, nested
from _memory_insights.unseen import unseen

# 0, 1, 2 and 5 are reserved for debuggers, coverage, profilers and optimizers.
_TOOL_IDS = (4, 3)
_TOOL_NAME = "Memory Insights"


class MonitoredRuns:
    """Records on the program's threads; everything else happens on the probe's."""

    coverage = EXACT

    def __init__(self, sorter):
        self._table = FunctionTable(sorter)
        self._started = deque(maxlen=100000)
        self._tool = None
        self._on_next_line = None

    def start(self):
        """Begins to record; False when other tools have taken the free places."""
        monitoring = sys.monitoring
        for tool in _TOOL_IDS:
            if monitoring.get_tool(tool) is None:
                monitoring.use_tool_id(tool, _TOOL_NAME)
                self._tool = tool
                break
        else:
            return False
        on_start, on_line = self._callbacks(self._tool)
        monitoring.register_callback(self._tool, monitoring.events.PY_START, on_start)
        monitoring.register_callback(self._tool, monitoring.events.LINE, on_line)
        monitoring.set_events(self._tool, monitoring.events.PY_START)
        return True

    def _callbacks(self, tool):
        is_user = self._table.is_user
        append = self._started.append
        set_local_events = sys.monitoring.set_local_events
        line, disable = sys.monitoring.events.LINE, sys.monitoring.DISABLE

        def _on_start(code, offset):
            try:
                if is_user(code):
                    append(code)
                    set_local_events(tool, code, line)
            except Exception:
                pass
            return disable

        def _memory_insights_on_line(code, number):
            if self._on_next_line is not None:
                work, self._on_next_line = self._on_next_line, None
                work()
            return disable

        return unseen(_on_start), unseen(_memory_insights_on_line)

    def take_changed(self):
        """Returns `functions` rows of what is new since the last call."""
        table = self._table
        while self._started:
            code = self._started.popleft()
            if code.co_name == "<module>":
                table.add(code, True)
                for function in nested(code):
                    table.add(function, False)
            elif is_function(code):
                table.add(code, True)
        return table.take_changed()

    def on_next_line(self, code, work):
        """Calls `work()` on the program's thread before the next line of `code`; once."""
        if self._tool is None:
            return False
        self._on_next_line = work
        monitoring = sys.monitoring
        # Taking the event away and setting it again brings back the lines that have reported.
        monitoring.set_local_events(self._tool, code, 0)
        monitoring.set_local_events(self._tool, code, monitoring.events.LINE)
        return True

    def stop(self):
        """Gives the tool's place back."""
        if self._tool is not None:
            monitoring = sys.monitoring
            monitoring.set_events(self._tool, 0)
            monitoring.free_tool_id(self._tool)
            self._tool = None
