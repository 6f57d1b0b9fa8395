"""Which functions ran, by `sys.monitoring` (3.12 and later): each code object reports once.

The first run of each line and the first return are reported too, and again after memory has risen.
Where such a step took long, the memory it left behind is noted on the spot: the sampler would see
the thread only some lines later.
"""

import sys
from _collections import deque

from _memory_insights import hindsight, interpreters
from _memory_insights.clock import perf_counter
from _memory_insights.functions import EXACT, FunctionTable, NoRuns, is_function, nested
from _memory_insights.rearming import Rearming
from _memory_insights.unseen import unseen
from _memory_insights.watches import Watches

# 0, 1, 2 and 5 are reserved for debuggers, coverage, profilers and optimizers.
_TOOL_IDS = (4, 3)
_TOOL_NAME = "Memory Insights"
_LONG_STEP_SECONDS = 0.0005


def _step_events():
    return sys.monitoring.events.LINE | sys.monitoring.events.PY_RETURN


class MonitoredRuns(NoRuns):
    """Records on the program's threads; everything else happens on the probe's."""

    coverage = EXACT

    def __init__(self, sorter, read_memory, wanted_function):
        self._sorter = sorter
        self._table = FunctionTable(sorter)
        self._started = deque(maxlen=100000)
        self._steps = deque(maxlen=1000)
        self._read_memory = read_memory
        self._tool = None
        self._on_next_line = None
        self._is_first_step = False
        self._rearming = Rearming(self._bring_back)
        self._watches = Watches(sorter, wanted_function, self._bring_back)

    def measure_with(self, read_memory):
        """Goes on in a forked child, with that process's own memory."""
        self._read_memory = read_memory
        self._steps.clear()

    def answer_with(self, answer):
        """Has comments in the user's code answered; see `Watches.use`."""
        self._watches.use(answer)

    def wake(self):
        """Has comments answered again that were passed too often."""
        self._watches.wake()

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
        events = monitoring.events
        kinds = (events.PY_START, events.LINE, events.PY_RETURN, events.PY_UNWIND)
        for kind, callback in zip(kinds, self._callbacks(self._tool)):
            monitoring.register_callback(self._tool, kind, callback)
        monitoring.set_events(self._tool, events.PY_START)
        return True

    def _callbacks(self, tool):
        is_user = self._table.is_user
        append = self._started.append
        set_local_events = sys.monitoring.set_local_events
        steps, disable = _step_events(), sys.monitoring.DISABLE
        note, clock, last = self._note_step, perf_counter, [0.0]

        watches, known = self._watches, self._watches.known

        def _on_start(code, offset):
            try:
                if id(code) in known:
                    watches.begin(code, id(sys._getframe(1)))
                    return None
                if is_user(code):
                    append(code)
                    set_local_events(tool, code, steps)
                    if watches.find(code, sys._getframe(1)):
                        watch_unwinds()
                        return None
            except Exception:
                pass
            return disable

        def _step():
            now = clock()
            if now - last[0] > _LONG_STEP_SECONDS:
                note()
                now = clock()
            last[0] = now
            if self._on_next_line is not None:
                work, self._on_next_line = self._on_next_line, None
                work()

        def _on_line(code, number):
            step()
            return pass_line(code, number, id(sys._getframe(1))) if id(code) in known else disable

        def _on_return(code, offset, value):
            step()
            if id(code) not in known:
                return disable
            pass_line(code, 0, id(sys._getframe(1)))
            return on_unwind(code, offset, None)

        def _on_unwind(code, offset, exception):
            try:
                watches.end(code)
            except Exception:
                pass

        step, on_unwind = unseen(_step), unseen(_on_unwind)
        pass_line, watch_unwinds = self._pass_line, self._watch_unwinds
        return unseen(_on_start), unseen(_on_line), unseen(_on_return), on_unwind

    def _pass_line(self, code, number, frame):
        try:
            if self._watches.pass_line(code, number, frame):
                return None
        except Exception:
            pass
        return sys.monitoring.DISABLE

    def _watch_unwinds(self):
        if self._watches.has_traced:
            events = sys.monitoring.events
            sys.monitoring.set_events(self._tool, events.PY_START | events.PY_UNWIND)

    def follow_running(self):
        """Has functions that run already report their lines too: a service may be in one for good."""
        if self._tool is None or not interpreters.is_alone():
            return
        for frame in list(sys._current_frames().values()):
            while frame is not None:
                if self._table.is_user(frame.f_code):
                    self._started.append(frame.f_code)
                    sys.monitoring.set_local_events(self._tool, frame.f_code, _step_events())
                frame = frame.f_back
        self._is_first_step = True

    def _note_step(self):
        """Notes memory and the line that has just run, on the program's thread."""
        if self._is_first_step:
            # Lines that ran before it did not report: it is not told from them.
            self._is_first_step = False
            return
        try:
            reading = self._read_memory()
            frame = sys._getframe(2)
            while frame is not None and not self._table.is_user(frame.f_code):
                frame = frame.f_back
            if reading[0] and frame is not None:
                line = hindsight.line_before(frame.f_code, frame.f_lasti)
                line = frame.f_lineno if line is None else line
                self._steps.append((perf_counter(), reading, (frame.f_code.co_filename, line)))
        except Exception:
            pass

    def note_rise(self, risen):
        """Has the user's lines report again when memory has risen; see `Rearming`."""
        if self._tool is not None:
            self._rearming.note_rise(risen)

    def take_steps(self):
        """Returns (end, memory then, line) of long steps since the last call, in order.

        The end is a reading of `perf_counter`, the line is (absolute file, line)."""
        steps = []
        while self._steps:
            ended, reading, (file, line) = self._steps.popleft()
            steps.append((ended, reading, (self._sorter.absolute(file), line)))
        return steps

    def take_changed(self):
        """Returns `functions` rows of what is new since the last call."""
        table = self._table
        while self._started:
            code = self._started.popleft()
            self._rearming.add(code)
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
        self._bring_back(code)
        return True

    def _bring_back(self, code):
        """Has lines report again that have: takes the event away, and sets it again."""
        sys.monitoring.set_local_events(self._tool, code, 0)
        sys.monitoring.set_local_events(self._tool, code, _step_events())

    def stop(self):
        """Gives the tool's place back."""
        if self._tool is not None:
            monitoring = sys.monitoring
            monitoring.set_events(self._tool, 0)
            monitoring.free_tool_id(self._tool)
            self._tool = None
