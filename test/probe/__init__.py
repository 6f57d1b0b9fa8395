"""Tests of the probe: `python -m unittest discover -s test/probe -t .`, on each Python."""
