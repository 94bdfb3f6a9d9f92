"""A week of practice, Monday to Sunday, named as ISO 8601 names it: 2026-W47."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_NAME = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)

EARLIEST_YEAR, LATEST_YEAR = 1970, 9000
"""Far enough from both ends of the calendar for the weeks around them to have dates."""


class ReportError(Exception):
    """The report can't be made as asked; the message is one sentence."""


@dataclass(frozen=True, order=True, slots=True)
class Week:
    """One week.

    Attributes
    ----------
    monday : its first day; any other day of the week is refused
    """

    monday: date

    def __post_init__(self) -> None:
        if self.monday.weekday() != 0:
            raise ValueError(f"A week begins on a Monday; {self.monday} is none.")

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week that a day lies in."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def days(self) -> tuple[date, ...]:
        """Its seven days."""
        return tuple(self.monday + timedelta(days=index) for index in range(7))

    def before(self, weeks: int = 1) -> "Week":
        """The week so many weeks earlier."""
        return Week(self.monday - timedelta(weeks=weeks))

    def __str__(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02d}"

    @property
    def dates(self) -> str:
        """The days as a reader wants them: "16 to 22 November 2026"."""
        first = f"{self.monday.day}"
        if self.monday.month != self.sunday.month:
            first = f"{self.monday:%-d %B}"
        if self.monday.year != self.sunday.year:
            first = f"{self.monday:%-d %B %Y}"
        return f"{first} to {self.sunday:%-d %B %Y}"


def today() -> date:
    """The date on this computer's clock."""
    return datetime.now().astimezone().date()


def parse_week(text: str) -> Week:
    """The week that a player wrote: "2026-W47".

    Raises
    ------
    ReportError
        when no week has that name; a date is answered with the name of its week
    """
    found = _NAME.fullmatch(text.strip())
    if found is None:
        raise ReportError(f"{text!r} is no week; write a year and a week like 2026-W47{_meant(text)}.")
    year, number = int(found[1]), int(found[2])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ReportError(
            f"{text.strip()} is too far away; the years go from {EARLIEST_YEAR} to {LATEST_YEAR}."
        )
    try:
        return Week(date.fromisocalendar(year, number, 1))
    except ValueError:
        last = date(year, 12, 28).isocalendar().week
        raise ReportError(f"{text.strip()} is no week; the weeks of {year} go from 01 to {last}.") from None


def _meant(text: str) -> str:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return ""
    return f"; {text.strip()} lies in {Week.of(day)}"
