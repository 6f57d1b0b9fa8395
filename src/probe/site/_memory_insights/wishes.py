"""What comments in the user's code may ask for, in their own words."""

SNAPSHOT = "snapshot"
ROUND = "round"
START = "start tracing"
STOP = "stop tracing"
# Of a function: while it runs.
TRACE = "trace"
TRACE_BEGIN = "trace begins"
TRACE_END = "trace ends"
# One is passed more often than may be answered.
TOO_OFTEN = "too often"
