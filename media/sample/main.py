"""Nightly figures of a small web shop: goes through a day of orders and prints a summary.

The figures are right. It only takes far more memory than it needs.
"""

import argparse
import tempfile
from pathlib import Path

from shop import addresses, audit, demo_data, letters, report, visits


def main():
    arguments = parse_arguments()
    count = arguments.orders
    with tempfile.TemporaryDirectory(prefix="shop-") as folder:
        log = demo_data.write_log(Path(folder, "access.log"), 8 * count)
        print(report.headline("Web shop, one day"))

        print("audit      ", audit.sign_all(demo_data.orders(count)))
        print("addresses  ", addresses.count(demo_data.orders(count)))
        print("letters    ", letters.write_all(demo_data.orders(count)))
        print("report     ", report.lay_out(demo_data.orders(count)))
        print("visits     ", visits.summarise(log))
        if arguments.export:
            print("exported   ", visits.export_failed(log, arguments.export))


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=150_000, help="orders of the day")
    parser.add_argument("--export", metavar="FILE", help="also write the failed requests")
    return parser.parse_args()


if __name__ == "__main__":
    main()
