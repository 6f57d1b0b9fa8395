"""Strings and regular expressions: a log is made, split, matched and counted."""

import re

import outcome

line = re.compile(r"(\d+)-(\d+) (\w+) \[(\w+)\] (.*)")
for _ in range(4):
    log = [
        f"2026-{i % 12} host{i % 97} [level{i % 5}] request {i} took {i % 1000} ms"
        for i in range(150_000)
    ]
    hosts = {}
    for text in log:
        match = line.match(text)
        if match:
            words = match.group(5).split(" ")
            hosts.setdefault(match.group(3), []).append(words[-2].rjust(8, "0"))
    report = ""
    for host, times in hosts.items():
        report += host + ": " + ",".join(sorted(set(times))) + "\n"
outcome.report()
