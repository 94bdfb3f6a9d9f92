"""The parts of the weekly report as a notebook shows them and as the page keeps them.

Every part is HTML without script and without anything that is fetched; a part that has nothing to show is
empty. Numbers come from `workbench.insight`, sentences from the modules of words beside this one, pictures
from `workbench.charts`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from html import escape
from importlib.resources import files
from typing import Any

import polars as pl

from workbench.archive import scale_of
from workbench.charts import report as pictures
from workbench.charts import report_notes
from workbench.insight.comparable import DEMO_DEVICE
from workbench.insight.moments import told
from workbench.report import foot_words, note_words, practice_words, score_words
from workbench.report.facts import Conditions, spot_numbers, typical
from workbench.report.plain import counted, day_name
from workbench.report.week import Week

MOST_SESSIONS = 7
"""Rows of the diary: more would push the report over its second page."""

MOST_SPOTS = 3
"""Weak spots that one week has room for."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the page that a notebook cell shows as it stands."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


NOTHING = Part("")


def style(user: str, week: Week) -> Part:
    """The page's looks on a screen and on paper, with who and when in the margin of each sheet."""
    css = files("workbench.report").joinpath("report.css").read_text(encoding="utf-8")
    margin = f"FretCoach weekly report \u00b7 {user} \u00b7 {week}"
    return Part(f"<style>{css.replace('MARGIN', _css_text(margin))}</style>")


def head(user: str, week: Week, today: date, sessions: pl.DataFrame) -> Part:
    """Whose week this is.

    Parameters
    ----------
    sessions : frame of `queries.sessions`, those of the week
    """
    notes = []
    if today <= week.sunday:
        notes.append(f"The week is not over: this is how it stands on {day_name(today)}.")
    if not sessions.is_empty() and sessions["device_type"].eq_missing(DEMO_DEVICE).all():
        notes.append("These sessions are made up, to show what a report looks like.")
    remarks = "".join(f'<p class="remark">{escape(note)}</p>' for note in notes)
    return Part(
        f'<header><p class="over">FretCoach weekly report</p><h1>{escape(user)}</h1>'
        f'<p class="when">Week {str(week)[-2:]} \u00b7 {escape(week.dates)}</p>{remarks}</header>'
    )


def practice(daily: pl.DataFrame, streaks: pl.DataFrame, past: pl.DataFrame, week: Week, today: date) -> Part:
    """How much was practised, and on which days of these weeks; see `practice_words.time`."""
    first, *more = practice_words.time(daily, streaks, past, week, today)
    text = f'<p class="lead">{escape(first)}</p>' + "".join(f"<p>{escape(each)}</p>" for each in more)
    picture = pictures.calendar(daily, week.monday, today=today)
    figure = _figure(picture, "Minutes of practice on each day.")
    return _section("practice", "Practice", f'<div class="beside"><div>{text}</div>{figure}</div>')


def scores(table: pl.DataFrame, this_week: pl.DataFrame, scorings: pl.DataFrame) -> Part:
    """The scores with their intervals, against the week before and the month.

    Parameters
    ----------
    table : frame of `insight.week_scores.week_scores`
    this_week : frame of `queries.sessions`, those of the week; without any there is nothing to show
    scorings : frame of `queries.analyses`, theirs
    """
    rows = table.to_dicts()
    if this_week.is_empty():
        return NOTHING
    if all(row["sessions"] == 0 for row in rows):
        return _section("scores", "Scores", "<p>No session of this week had enough notes for a score.</p>")
    floor = pictures.floor_of(rows)
    values = typical(scorings)
    header = (
        f"<tr><th></th><th>this week</th><th>{pictures.scale_strip(floor)._repr_html_()}</th>"
        "<th>against the week before</th><th>against the four weeks before</th></tr>"
    )
    body = "".join(_score_row(row, values.get(row["metric"], ""), floor) for row in rows)
    key = pictures.key_to_strips()._repr_html_()
    return _section(
        "scores", "Scores", f'<table class="scores">{header}{body}</table><div class="key">{key}</div>'
    )


def _score_row(row: Mapping[str, Any], value: str, floor: float) -> str:
    number, name, span = score_words.score(row)
    verdicts = [(name, *score_words.verdict(row, period)) for period, name in score_words.PERIODS.items()]
    cells = [
        f'<th scope="row">{score_words.TITLES[row["metric"]]}<small>{escape(value)}</small></th>',
        f'<td class="score"><b>{number}</b> {name}<small>{escape(span)}</small></td>',
        f"<td>{pictures.score_strip(row, floor)._repr_html_()}</td>",
        *(
            f'<td class="verdict" data-against="against {name}"><b>{sign}</b> {escape(said)}</td>'
            for name, sign, said in reversed(verdicts)
        ),
    ]
    return f'<tr data-metric="{row["metric"]}">{"".join(cells)}</tr>'


def changes(table: pl.DataFrame, this_week: pl.DataFrame) -> Part:
    """What improved and what did not, in sentences; nothing for a week without sessions."""
    if this_week.is_empty():
        return NOTHING
    rows = "".join(
        f'<li><span class="symbol">{symbol}</span> {escape(sentence)}</li>'
        for symbol, sentence in score_words.changes(table)
    )
    return _section("changes", "What improved, what did not", f'<ul class="plain">{rows}</ul>')


def weak_spots(spots: pl.DataFrame, evidence: pl.DataFrame, places: pl.DataFrame) -> Part:
    """The weak spots of these five weeks in sentences, and where they lie on the neck.

    Parameters
    ----------
    spots, evidence : frames of `insight.weak_spots`
    places : frame of `insight.heat.by_position` of the week's notes
    """
    if places.is_empty():
        return NOTHING
    named = spots.head(MOST_SPOTS)
    picture = report_notes.neck(places, numbers=spot_numbers(named))
    caption = (
        "This week's notes on the neck: a larger circle is more notes, its hatched part those 25 cents off "
        "or more, a cross lay outside the scale"
        + (", a number marks the place of a sentence above" if spot_numbers(named) else "")
        + ". FretCoach hears a pitch and no finger, so a note stands wherever it can be played."
    )
    text = note_words.weak_spots(named, evidence.row(0, named=True))
    listed = "".join(f"<li>{escape(sentence)}</li>" for sentence in text.found)
    body = f"<ol>{listed}</ol>" if listed else ""
    return _section(
        "weak-spots", "Weak spots", f"{body}<p>{escape(text.rests_on)}</p>{_figure(picture, caption)}"
    )


def moments(
    found: pl.DataFrame, played: pl.DataFrame, sessions: pl.DataFrame, zone: tzinfo | None = None
) -> Part:
    """The best and the worst moment of the week, as they were played.

    Parameters
    ----------
    found : frame of `insight.moments.moments`
    played : frame of `queries_notes.played`, those of the week
    sessions : frame of `queries.sessions`, those of the week
    """
    if sessions.is_empty():
        return NOTHING
    rows = {row["kind"]: row for row in found.iter_rows(named=True)}
    notes = told(played)
    none = {
        "best": "No four clean notes came in a row this week.",
        "worst": "No stretch stands out: never three faults within twelve notes.",
    }
    sides = []
    for kind, title in (("best", "Best moment"), ("worst", "Worst moment")):
        if kind in rows:
            sides.append(_moment(title, rows[kind], notes, sessions, zone))
        else:
            sides.append(f"<div><h3>{title}</h3><p>{none[kind]}</p></div>")
    key = f'<div class="key">{report_notes.key_to_marks()._repr_html_()}</div>' if rows else ""
    return _section("moments", "Two moments to listen to", f'<div class="pair">{"".join(sides)}</div>{key}')


def _moment(
    title: str, row: Mapping[str, Any], notes: pl.DataFrame, sessions: pl.DataFrame, zone: tzinfo | None
) -> str:
    session = sessions.row(by_predicate=pl.col("session_id") == row["session_id"], named=True)
    where, why = note_words.moment(row, session, zone)
    inside = notes.filter(
        pl.col("session_id") == row["session_id"], pl.col("position").is_between(row["first"], row["last"])
    )
    scale = scale_of(session["scale_chosen"], session["scale_type"])
    flats = scale is not None and scale.flats
    picture = report_notes.moment(inside, f"{title}: {why}", flats=flats)._repr_html_()
    return f"<div><h3>{title}</h3><p>{escape(where)}</p><p>{escape(why)}</p>{picture}</div>"


def diary(sessions: pl.DataFrame, zone: tzinfo | None = None) -> Part:
    """The sessions of the week, one a row.

    Parameters
    ----------
    sessions : frame of `insight.history.diary`, those of the week
    """
    if sessions.is_empty():
        return NOTHING
    rows = sessions.sort("start_timestamp").to_dicts()
    header = "".join(f"<th>{name}</th>" for name in foot_words.DIARY_COLUMNS)
    body = "".join(_row(foot_words.diary_cells(row, zone)) for row in rows[:MOST_SESSIONS])
    more = len(rows) - MOST_SESSIONS
    rest = f"<p>and {counted(more, 'more session')}.</p>" if more > 0 else ""
    return _section("diary", "Sessions", f'<table class="diary"><tr>{header}</tr>{body}</table>{rest}')


def _row(cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def foot(used: Conditions) -> Part:
    """What the figures rest on: settings, engine, rules."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in foot_words.settings(used))
    return Part(f"<footer>{said}</footer>")


def _section(name: str, title: str, body: str) -> Part:
    return Part(f'<section class="{name}"><h2>{title}</h2>{body}</section>')


def _figure(picture: Any, caption: str) -> str:
    return f"<figure>{picture._repr_html_()}<figcaption>{escape(caption)}</figcaption></figure>"


def _css_text(text: str) -> str:
    """Text as a CSS string can hold it, whatever a player calls themselves."""
    return "".join(each if each.isalnum() or each in " -.,:" else f"\\{ord(each):x} " for each in text)
