"""One session opened: its figures, its notes in time, three small charts, the player's words, settings."""

from collections.abc import Callable
from html import escape
from typing import Any

import panel as pn
import param

from dashboards.parts.days import local
from dashboards.parts.diary import minutes_words
from dashboards.parts.drawn import drawn
from dashboards.parts.layout import fold, grid, prose, sheet, stack
from dashboards.parts.notelist import key, note_table
from dashboards.parts.scorecards import scorecards
from dashboards.parts.shell import Look
from dashboards.parts.take_along import TakeAlong
from workbench.archive import Archive, scale_name, scale_of
from workbench.charts import session as charts
from workbench.charts import timeline
from workbench.charts.marks import marked
from workbench.charts.theme import METRIC_TITLES

ZOOM_HINT = (
    "Drag the grey window, or pull its ends, to look closer; Ctrl and the wheel zoom too. "
    "Point at a mark, or tap it, for its reason."
)


class Opened(pn.viewable.Viewer):
    """The session that the player looks at.

    Parameters
    ----------
    archive : where it is kept
    row : its row of `queries.sessions`
    look : the tab's theme
    on_comment, on_delete : called with the words to keep, and to delete; None = nothing can be changed
    """

    row = param.Dict(doc="row of `queries.sessions`")

    def __init__(
        self,
        archive: Archive,
        row: dict[str, Any],
        look: Look,
        on_comment: Callable[[str], None] | None = None,
        on_delete: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(row=row)
        self._archive = archive
        self._look, self._on_comment, self._on_delete = look, on_comment, on_delete
        self._notes = archive.notes(row["session_id"])
        self._summary = archive.summary(row["session_id"], row["current_analysis_id"])
        self._scale = scale_of(row["scale_chosen"], row["scale_type"])

    def __panel__(self) -> pn.viewable.Viewable:
        return stack(
            sheet(prose(self._heading()), prose(self._figures())),
            sheet(*self._pictures()) if self._notes.height else prose(),
            *([sheet(*self._words())] if self._on_comment and self._on_delete else []),
            *self._take_along(),
            fold("Settings of this session", prose(self._settings(), margin=(0, 16, 12, 16))),
        )

    def _heading(self) -> str:
        began = local(self.row["start_timestamp"])
        minutes = minutes_words(self.row["duration_seconds"])
        facts = [
            scale_name(self.row["scale_chosen"], self.row["scale_type"]),
            minutes,
            _tempo(self.row["bpm"]),
        ]
        said = " · ".join(escape(fact) for fact in facts if fact)
        return f'<h2>{began:%A %-d %B %Y, %H:%M}</h2><p class="muted">{said}</p>'

    def _figures(self) -> str:
        if self.row["end_timestamp"] is None:
            return "<p>This session has not ended yet. Its figures stand here once it has.</p>"
        if self._summary is None:
            return "<p>This session was kept without figures.</p>"
        return scorecards(self._summary)

    def _pictures(self) -> list[Any]:
        """The charts, drawn again when the theme changes, and the same notes as a list."""
        told = marked(
            self._notes,
            self._scale.name if self._scale else "the scale",
            flats=bool(self._scale and self._scale.flats),
        )
        return [
            prose(f"<h3>Note by note</h3>{key(told)}"),
            self._drawn(lambda dark: timeline.timeline(self._notes, self._scale, dark=dark)),
            prose(f'<p class="muted small">{ZOOM_HINT}</p>'),
            grid(
                self._drawn(lambda dark: charts.intonation(self._notes, dark=dark)),
                self._drawn(lambda dark: charts.timing(self._notes, dark=dark)),
                *self._degrees(),
                narrowest=270,
            ),
            fold("All notes as a list", prose(note_table(told), margin=(0, 16, 12, 16))),
        ]

    def _degrees(self) -> list[Any]:
        scale = self._scale
        return (
            [] if scale is None else [self._drawn(lambda dark: charts.degrees(self._notes, scale, dark=dark))]
        )

    def _drawn(self, draw: Callable[[bool], Any]) -> Any:
        return drawn(draw, self._look)

    def _words(self) -> list[Any]:
        """The comment to write, and the way to delete."""
        comment = pn.widgets.TextAreaInput(
            label="Your comment",
            value=self.row["comment"] or "",
            placeholder="What went well, what to try next time ..",
            max_length=5000,
            rows=3,
            sizing_mode="stretch_width",
            margin=0,
        )
        save = pn.widgets.Button(label="Save comment", color="primary", margin=0)
        delete = pn.widgets.Button(label="Delete session", margin=0)
        save.on_click(lambda _: self._on_comment(comment.value or "") if self._on_comment else None)
        delete.on_click(lambda _: self._on_delete() if self._on_delete else None)
        return [comment, pn.FlexBox(save, delete, gap="12px", margin=0, justify_content="space-between")]

    def _take_along(self) -> list[Any]:
        """The session as files, once there is a note in it to write down."""
        sure = self._notes["in_scale"].count() if self._notes.height else 0
        if self.row["end_timestamp"] is None or not sure:
            return []
        files = TakeAlong(self._archive, self.row)
        return [
            fold("Take it with you", pn.Column(files, margin=(0, 16, 12, 16), sizing_mode="stretch_width"))
        ]

    def _settings(self) -> str:
        row = self.row
        facts = {
            "Input": {
                "take": "recorded take",
                "browser": "microphone of the browser",
                "device": "sound card",
            }.get(row["device_type"], row["device_type"]),
            "Machine": row["origin_device"],
            "Scale": scale_name(row["scale_chosen"], row["scale_type"]),
            "Tempo": _tempo(row["bpm"]) or "no click",
            "A4": _with(row["a4_hz"], "Hz"),
            "Latency taken off": _with(row["latency_ms"], "ms"),
            "Strictness": _percent(row["strictness"]),
            "Sensitivity": _percent(row["sensitivity"]),
            "Metrics": _metrics(row["enabled_metrics"]),
            "Different notes": row["unique_notes_used"],
            "Engine": row["engine_version"],
            "Recording": row["recording_path"] or "not kept",
            "Session": row["session_id"],
        }
        told = "".join(
            f"<div><dt>{name}</dt><dd>{escape(str(fact))}</dd></div>"
            for name, fact in facts.items()
            if fact not in (None, "")
        )
        return f"<dl>{told}</dl>"


def _tempo(bpm: float | None) -> str:
    return "" if bpm is None else f"{bpm:g} beats a minute"


def _with(value: float | None, unit: str) -> str | None:
    return None if value is None else f"{value:g} {unit}"


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{100 * share:.0f} %"


def _metrics(enabled: str | None) -> str | None:
    return (
        None
        if enabled is None
        else ", ".join(title for name, title in METRIC_TITLES.items() if f'"{name}"' in enabled)
    )
