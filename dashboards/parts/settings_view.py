"""The body of the Settings page. Every change is kept at once and can be taken back.

Keys of models are never shown nor entered here: they stay in the environment of the machine that serves.
"""

from typing import Any

import panel as pn
import param

from dashboards.parts.archive import engine_for
from dashboards.parts.coach_choices import choices_of, keep
from dashboards.parts.layout import NO_SCROLL_BUTTON, prose, sheet, stack
from dashboards.parts.model_words import coaches, missing_html, pair, standing_coach
from dashboards.parts.speech import SILENT, Speech
from dashboards.parts.spent_words import spent_html
from workbench.settings import load_settings
from workbench.store.errors import StoreError
from workbench.user import User

SAMPLE = "Your notes come eighteen milliseconds early. Wait for the click."
"""What "Try it" speaks."""

EVERY_S = (15, 20, 30, 45, 60, 90, 120)

PLAYING = {
    "Say a sentence now and then while I play": "live",
    "Speak it, too": "spoken",
    "Speak even while it listens to me: I wear headphones": "spoken_over_input",
}

_NOTICE_CSS = ":host { position: sticky !important; top: 8px; z-index: 10; }" + NO_SCROLL_BUTTON

_WHO = "<h2>Who answers</h2><p class='muted'>On the Coach page and while you play.</p>"
_HEADPHONES = (
    "<p class='muted small'>A microphone hears the loudspeaker as if it were your guitar. So while one "
    "listens, sentences are only shown, and spoken when you pause. With headphones, or a guitar on a cable, "
    "nothing is heard twice.</p>"
)


class SettingsView(pn.viewable.Viewer):
    """What a player can choose; the parameters hold what is chosen now."""

    coach: Any = param.Selector()
    playing: Any = param.ListSelector(objects=PLAYING)
    live_every_s: Any = param.Selector(label="At most one every")

    def __init__(self, user: User) -> None:
        super().__init__()
        self._settings = load_settings()
        self._engine, self._user = engine_for(self._settings.database_url), user
        kept = choices_of(self._engine, user, self._settings)
        offered = coaches(self._settings)
        self._labels = {choice: label for label, choice in offered.items()}
        self.param["coach"].objects = offered
        lengths = sorted({*EVERY_S, kept.live_every_s})
        self.param["live_every_s"].objects = {f"{seconds} seconds": seconds for seconds in lengths}
        self.param.update(
            coach=standing_coach(self._settings, kept),
            playing=[name for name in PLAYING.values() if getattr(kept, name)],
            live_every_s=kept.live_every_s,
        )
        self._taking_back = False
        self._notice = pn.Column(
            stylesheets=[_NOTICE_CSS], visible=False, sizing_mode="stretch_width", margin=0
        )
        self._speech = Speech(silent=lambda: self._say(SILENT))
        self.param.watch(self._changed, ["coach", "playing", "live_every_s"])

    def _changed(self, event: Any) -> None:
        """Keep what was chosen, and offer to take it back."""
        if not self._taking_back and self._keep(event.name, event.new):
            undo = pn.widgets.Button(label="Undo", margin=0, align="center")
            undo.on_click(lambda _: self._undo(event.name, event.old))
            self._say(f"Saved. {self._so_now(event.name)}", undo)

    def _undo(self, name: str, value: Any) -> None:
        if self._keep(name, value):
            self._taking_back = True
            self.param.update(**{name: value})
            self._taking_back = False
            self._say(f"Taken back. {self._so_now(name)}")

    def _keep(self, name: str, value: Any) -> bool:
        changed: dict[str, Any] = {name: value}
        if name == "coach":
            changed["provider"], changed["model"] = pair(changed.pop(name))
        elif name == "playing":
            changed = {each: each in value for each in PLAYING.values()}
        try:
            keep(self._engine, self._user, changed)
        except StoreError as error:
            self._say(str(error))
            return False
        return True

    def _so_now(self, name: str) -> str:
        """What is so from now on."""
        if name == "coach":
            return f"{self._labels[self.coach]}."
        if "live" not in self.playing:
            return "The coach keeps silent while you play."
        how = "shown"
        if "spoken" in self.playing:
            over = "spoken_over_input" in self.playing
            how = "shown and spoken" if over else "shown while you play, spoken when you pause"
        return f"At most one sentence every {self.live_every_s} seconds, {how}."

    def _say(self, words: str, *more: pn.viewable.Viewable) -> None:
        notice = prose(f'<div class="notice" role="status">{words}</div>', styles={"flex": "1 1 240px"})
        self._notice[:] = [pn.FlexBox(notice, *more, gap="12px", margin=0)]
        self._notice.visible = True

    def __panel__(self) -> pn.viewable.Viewable:
        wide: dict[str, Any] = {"label": "", "sizing_mode": "stretch_width", "margin": 0}
        made = pn.widgets
        hear = made.Button(label="Try the voice", margin=0)
        hear.on_click(lambda _: self._speech.say(SAMPLE))
        return stack(
            self._notice,
            sheet(
                prose(_WHO),
                made.RadioBoxGroup.from_param(self.param.coach, **wide),
                prose(missing_html(self._settings)),
            ),
            sheet(
                prose("<h2>While you play</h2>"),
                made.CheckBoxGroup.from_param(self.param.playing, **wide),
                prose(_HEADPHONES),
                made.Select.from_param(self.param.live_every_s, width=240, margin=0),
                pn.Row(hear, self._speech, margin=0),
            ),
            sheet(
                prose("<h2>What models have cost</h2>"),
                prose(spent_html(self._engine, self._user, self._settings)),
            ),
            gap=16,
            max_width=760,
        )
