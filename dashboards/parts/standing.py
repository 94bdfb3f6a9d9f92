"""Where the player stands, in words and bars: totals, latest against average, recent sessions, directions."""

from html import escape

import polars as pl

from dashboards.parts.days import local
from dashboards.parts.diary import minutes_words
from dashboards.parts.scorecards import meter
from dsp.score import band
from workbench.archive import scale_name
from workbench.charts.theme import METRIC_TITLES

TITLES = {"overall": "Overall", **METRIC_TITLES}


def totals_cards(totals: pl.DataFrame) -> str:
    """HTML cards of `history.totals`: sessions, time, notes, and the mean scores with their words."""
    row = totals.row(0, named=True)
    days = f"on {row['days']} {'day' if row['days'] == 1 else 'days'}"
    hours = row["hours"]
    time = (f"{hours:.1f}", "hours") if hours >= 1.0 else (f"{60.0 * hours:.0f}", "minutes")
    cards = [
        _card("Sessions", str(row["sessions"]), "", days),
        _card("Time", *time, f"{row['notes']:,} notes heard"),
        *(_average(title, row[name]) for name, title in TITLES.items()),
    ]
    return f'<div class="cards">{"".join(cards)}</div>'


def _average(title: str, score: float | None) -> str:
    if score is None:
        return _card(title, "no score", "", "not measured yet")
    return _card(title, f"{100 * score:.0f}", band(score), "on average")


def _card(title: str, figure: str, word: str, small: str) -> str:
    return (
        f'<div class="card sheet"><span class="title">{title}</span>'
        f'<span class="figure">{figure}<small>{word}</small></span><span class="small">{small}</span></div>'
    )


def standing(latest: pl.DataFrame) -> str:
    """HTML rows of `history.latest_against_average`: a bar for the latest, a thin line for the average."""
    rows = {row["metric"]: row for row in latest.iter_rows(named=True)}
    items = "".join(_row(title, rows[name]) for name, title in TITLES.items() if name in rows)
    return f'<div class="standing">{items}</div>'


def _row(title: str, row: dict[str, float | None]) -> str:
    latest, average, low, high = (row[name] for name in ("latest", "average", "low", "high"))
    if latest is None:
        figure, bar = "no score", ""
    else:
        figure, bar = (
            f"{100 * latest:.0f}",
            meter(round(100 * latest), None if average is None else 100 * average),
        )
    if average is None:
        usual = "no average yet: it needs 3 earlier sessions"
    else:
        span = "" if low is None or high is None else f" ({100 * low:.0f} to {100 * high:.0f})"
        usual = f"your average {100 * average:.0f}{span}"
    return f'<div><p><b>{title} {figure}</b> <span class="muted small">{usual}</span></p>{bar}</div>'


def recent_table(recent: pl.DataFrame, asked: str = "") -> str:
    """HTML table of `history.recent` whose days lead to the session.

    Parameters
    ----------
    asked : what a link adds to its address, such as "&player=demo-ada"
    """
    rows = "".join(
        f'<tr><td><a href="sessions?session={row["session_id"]}{escape(asked)}">'
        f"{local(row['start_timestamp']):%a %-d %b}</a></td>"
        f"<td>{escape(scale_name(row['scale_chosen'], row['scale_type']))}</td>"
        f'<td class="number">{minutes_words(60.0 * row["minutes"])}</td>'
        f'<td class="number">{"-" if row["overall"] is None else round(100 * row["overall"])}</td></tr>'
        for row in recent.iter_rows(named=True)
    )
    head = '<tr><th>Day</th><th>Scale</th><th class="number">Length</th><th class="number">Overall</th></tr>'
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def directions(direction: pl.DataFrame) -> str:
    """One sentence on where the scores are heading; it claims nothing that the sessions do not carry."""
    rows = {row["metric"]: row for row in direction.iter_rows(named=True)}
    told = [_heading(title, rows[name]) for name, title in METRIC_TITLES.items() if name in rows]
    known = [words for words in told if words]
    if not known:
        return "It takes 8 sessions over 3 weeks to tell a direction."
    return f"Direction: {', '.join(known)}."


def _heading(title: str, row: dict[str, object]) -> str:
    change = row["per_week"]
    if not isinstance(change, float):
        return ""
    if row["verdict"] == "steady":
        return f"{title} steady"
    return f"{title} {row['verdict']} ({100 * change:+.1f} points a week)"
