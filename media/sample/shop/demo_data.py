"""Plays the shop's database and web server: one day, the same on every machine."""

from typing import NamedTuple

STREETS = ("Lindenstraße", "High  Street", "Rue de la  Paix", "Calle Mayor", "Via Roma")
CITIES = ("Köln", "Leeds", "Lyon", "Málaga", "Torino")
COUNTRIES = ("DE", "GB", "FR", "ES", "IT")
STATUSES = (200, 200, 200, 304, 404, 200, 200, 500)


class Order(NamedTuple):
    number: int
    street: str
    city: str
    country: str
    cents: int


def orders(count):
    """Yields the orders of the day, one at a time."""
    for number in range(count):
        place = number * 7 % 5
        yield Order(
            number, STREETS[number % 5], CITIES[place], COUNTRIES[place], number * 7919 % 50_000
        )


def write_log(path, count):
    """Writes an access log of so many requests, the same hour again and again; returns its path."""
    hour = "".join(log_line(number) for number in range(5000))
    with open(path, "w", encoding="utf-8") as out:
        for _ in range(count // 5000):
            out.write(hour)
    return path


def log_line(number):
    item = number * 31 % 9973
    return f'10.0.{number % 251}.7 "GET /köln/item-{item}?from=news" {STATUSES[number % 8]} 512\n'
