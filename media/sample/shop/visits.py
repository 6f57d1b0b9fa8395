"""Sums up the access log."""


def summarise(path):
    failed = 0
    with open(path, encoding="utf-8") as log:
        for line in log.readlines():
            failed += is_failed(line)
    return f"{failed} requests failed"


def is_failed(line):
    return " 500 " in line


def export_failed(path, target):
    """Runs only with --export."""
    failed = []
    with open(path, encoding="utf-8") as log:
        for line in log.readlines():
            if is_failed(line):
                failed.append(line)
    with open(target, "w", encoding="utf-8") as out:
        out.writelines(failed)
    return f"{len(failed)} requests"
