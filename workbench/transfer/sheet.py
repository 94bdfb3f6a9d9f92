"""One session on one page: figures, every note, what went wrong, settings and engine.

The page is HTML with everything in it, made for print and told apart in greyscale; a browser makes the PDF.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from dsp.convert import note_name
from dsp.summary import Summary
from workbench.archive import scale_name
from workbench.charts.figures import figures
from workbench.charts.theme import METRIC_TITLES
from workbench.insight.faults import with_faults
from workbench.printing import PrintError, print_pdf
from workbench.transfer.manifest import TransferError
from workbench.transfer.played import Played
from workbench.transfer.sheet_roll import session_roll

_WEAK = 0.6
"""Below this a score is worth a sentence."""

_LEAST = 3
"""So often a thing must happen before the page names it."""

_WORDS = {
    "wrong": "outside the scale",
    "sharp": "sharp",
    "flat": "flat",
}


def pdf_of(played: Played) -> bytes:
    """The page as PDF.

    Raises
    ------
    TransferError : there is no browser to print with, or it fails
    """
    with TemporaryDirectory(prefix="fretcoach-sheet-") as folder:
        page, printed = Path(folder, "session.html"), Path(folder, "session.pdf")
        page.write_text(html_of(played), encoding="utf-8")
        try:
            print_pdf(page, printed)
        except PrintError as error:
            raise TransferError(str(error)) from error
        return printed.read_bytes()


def html_of(played: Played) -> str:
    """The page as HTML."""
    row = played.row
    css = files("workbench.transfer").joinpath("sheet.css").read_text(encoding="utf-8")
    began: datetime = row["start_timestamp"].astimezone()
    scale = played.scale
    roll = session_roll(played.events, flats=scale is not None and scale.flats)
    weak = "".join(f"<li>{escape(sentence)}</li>" for sentence in weak_points(played))
    comment = f"<blockquote>{escape(row['comment'])}</blockquote>" if row["comment"] else ""
    tempo = "" if row["bpm"] is None else f", click at {row['bpm']:g} bpm"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(played.title)}</title>'
        f"<style>{css}</style></head><body><main>"
        f'<p class="over">Practice session of {escape(row["user_id"])}</p>'
        f"<h1>{escape(scale_name(row['scale_chosen'], row['scale_type']))}</h1>"
        f'<p class="when">{began:%A %-d %B %Y, %H:%M}, {_length(row["duration_seconds"] or 0.0)}'
        f"{tempo}</p>{comment}"
        f"{_figures(played.summary)}"
        f"<h2>Every note</h2><figure>{roll._repr_html_()}<figcaption>Bar: in the scale. Cross: outside it. "
        f"Ring: heard, not judged. Dashed: a rest, cut short. Minutes and seconds.</figcaption></figure>"
        f"<h2>To work on</h2><ul>{weak}</ul>{_settings(played)}</main></body></html>"
    )


def weak_points(played: Played) -> list[str]:
    """What went wrong most, in sentences; only what happened a few times."""
    row = played.row
    notes = with_faults(
        played.events.with_columns(
            pl.lit(row["start_timestamp"]).dt.cast_time_unit("us").alias("start_timestamp"),
            pl.lit(row["scale_chosen"]).alias("scale_chosen"),
            pl.lit(row["scale_type"]).alias("scale_type"),
            pl.lit(row["bpm"], dtype=pl.Float64).alias("bpm"),
        )
    )
    flats = played.scale is not None and played.scale.flats
    found = [*_weakest(played.summary), *_faulty_tones(notes, flats=flats), *_timing(played.summary)]
    return found or ["Nothing stands out."]


def _faulty_tones(notes: pl.DataFrame, *, flats: bool) -> Iterator[str]:
    for fault, words in _WORDS.items():
        counts = (
            notes.filter(pl.col(fault))
            .group_by("semitone")
            .agg(pl.len().alias("n"))
            .filter(pl.col("n") >= _LEAST)
            .sort("n", "semitone", descending=[True, False])
        )
        if not counts.is_empty():
            semitone, n = counts.row(0)
            times = notes.filter(semitone=semitone).height
            yield f"{note_name(semitone, flats=flats)} was {words} {n} of {times} times."


def _weakest(summary: Summary | None) -> Iterator[str]:
    scores = (
        {} if summary is None else {n: m.score for n, m in summary.metrics.items() if m.score is not None}
    )
    if scores and min(scores.values()) < _WEAK:
        name = min(scores, key=lambda name: scores[name])
        yield f"{METRIC_TITLES[name]} was the weakest: {100.0 * scores[name]:.0f} of 100."


def _timing(summary: Summary | None) -> Iterator[str]:
    timing = None if summary is None else summary.metrics.get("timing_stability")
    bias = None if timing is None else timing.detail.get("bias_ms")
    if isinstance(bias, float) and abs(bias) >= 10.0:
        yield f"Notes came {abs(bias):.0f} ms {'late' if bias > 0 else 'early'} on the whole."


def _figures(summary: Summary | None) -> str:
    if summary is None:
        return ""
    counts, overall = summary.counts, summary.overall.score
    score = "no score" if overall is None else f"{100.0 * overall:.0f}"
    lines = [
        f'<p class="lead">Overall <b>{score}</b> <span>{counts.played} notes heard: {counts.right} right, '
        f"{counts.wrong} wrong, {counts.unjudged} not judged</span></p>",
        "<table><tr><th>Metric</th><th>Score</th><th>Measured</th><th>95 % interval</th><th>Notes</th></tr>",
    ]
    for found in figures(summary).iter_rows(named=True):
        value = found["value"] or found["remark"] or "not measured"
        shown = "" if found["score"] is None else str(found["score"])
        cells = (found["metric"], shown, value, found["interval"] or "", str(found["notes"]))
        lines.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return "".join([*lines, "</table>"])


def _settings(played: Played) -> str:
    row, strings = played.row, played.settings.get("tuning") or []
    said: Mapping[str, Any] = {
        "Engine": played.engine_version,
        "Tuning": " ".join(note_name(string) for string in strings),
        "A4": f"{row['a4_hz']:g} Hz" if row["a4_hz"] else "",
        "Strictness": f"{row['strictness']:.2f}",
        "Sensitivity": f"{row['sensitivity']:.2f}",
        "Input latency": f"{row['latency_ms']:g} ms" if row["latency_ms"] else "",
        "Session": row["session_id"],
    }
    words = " · ".join(f"{name} {escape(str(value))}" for name, value in said.items() if value)
    return f"<footer>{words}</footer>"


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
