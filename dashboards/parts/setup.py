"""What to practise and where the sound comes from: the controls that fold away while one plays."""

from typing import Any

import panel as pn
import param

from dashboards.parts.chosen_plan import ChosenPlan
from dsp.scales import FRETCOACH_SCALES, SCALE_KINDS, Scale, parse_scale, scale_from
from dsp.summary import METRICS
from dsp.tuning import TUNINGS, parse_tuning
from workbench.audio.bundled import BundledTake, takes
from workbench.audio.devices import NO_INPUT, InputDevice, input_devices
from workbench.audio.microphone import Microphone
from workbench.audio.recording import Take
from workbench.audio.source import Source, SourceError
from workbench.charts.theme import METRIC_TITLES
from workbench.practice.goal import Goal, GoalError

SOURCES = {"A demo take": "take", "This browser's microphone": "browser", "The server's sound card": "device"}

OWN_SCALE = "My own .."
"""Menu entry for a scale that the player writes."""

SYSTEM_CHOICE = "The system's choice"

_TYPES = ("natural", "pentatonic", *(kind for kind in SCALE_KINDS if kind not in {"major", "minor"}))

_HINTS = {
    "take": "A recorded guitar, played now: no guitar needed.",
    "browser": "The browser asks once whether this page may listen. Nothing leaves your machines.",
    "device": "An interface plugged into the computer that runs FretCoach.",
}


class Setup(pn.viewable.Viewer):
    """The settings of the next practice; `goal` and `listen` turn them into what a practice needs."""

    source: Any = param.Selector(default="take", objects=SOURCES)
    take: Any = param.Selector()
    device: Any = param.Selector(default="", objects={SYSTEM_CHOICE: ""})
    channel = param.Integer(default=1, bounds=(1, 64))
    scale: Any = param.Selector(default="A Minor", objects=[*FRETCOACH_SCALES, OWN_SCALE])
    scale_type: Any = param.Selector(default="pentatonic", objects=list(_TYPES))
    own_scale = param.String(default="", doc="read when `scale` is `OWN_SCALE`")
    bpm = param.Number(default=None, bounds=(20, 400), allow_None=True)
    notes_per_beat: Any = param.Selector(default=1, objects=[1, 2, 3, 4, 6, 8])
    strictness = param.Number(default=0.5, bounds=(0.0, 1.0), step=0.05)
    sensitivity = param.Number(default=0.5, bounds=(0.0, 1.0), step=0.05)
    metrics = param.ListSelector(
        default=[name for name in METRICS if name != "noise_control"],
        objects={METRIC_TITLES[name]: name for name in METRICS if name != "noise_control"},
    )
    tuning: Any = param.Selector(default="standard", objects=list(TUNINGS))
    a4_hz = param.Number(default=440.0, bounds=(430.0, 450.0))

    def __init__(self, **params: Any) -> None:
        bundled = takes()
        self.param.take.objects = {each.title: each for each in bundled}
        super().__init__(take=bundled[0], **params)
        self.hint = pn.pane.HTML(
            styles={"color": "var(--fc-muted)", "font-size": "14px"}, margin=(0, 0, 8, 0)
        )
        self._follow_source()
        self._follow_take()

    def goal(self) -> Goal:
        """The aim of the next practice.

        Raises
        ------
        ParameterError : a setting that can't be used, in one sentence
        """
        take = self._take
        known_click = take is not None and (self.bpm, self.notes_per_beat) == (take.bpm, take.notes_per_beat)
        return Goal(
            scale=self.chosen_scale(),
            strictness=self.strictness,
            sensitivity=self.sensitivity,
            enabled_metrics=frozenset(self.metrics),
            a4_hz=self.a4_hz,
            tuning=parse_tuning(self.tuning),
            bpm=self.bpm,
            notes_per_beat=self.notes_per_beat,
            click_start_s=take.lead_in_s if take is not None and known_click else None,
        )

    def ask(self, scale_chosen: str, scale_type: str, bpm: str = "", notes: str = "") -> None:
        """Set what a link asks to be practised: a scale as sessions keep it, a tempo or none, notes a beat.

        A recording of somebody else is no practice, so the browser's microphone becomes the source.

        Raises
        ------
        ParameterError : no such scale, or no such tempo, in one sentence
        """
        scale = scale_from(scale_chosen, scale_type or "natural")
        try:
            tempo = float(bpm) if bpm else None
        except ValueError:
            raise GoalError(f"{bpm[:20]!r} is no tempo: a number from 20 to 400.") from None
        Goal(scale, bpm=tempo)
        self.source = "browser"
        if notes.isdecimal():
            self._play_a_beat(int(notes))
        if scale.chosen in FRETCOACH_SCALES:
            self.param.update(scale=scale.chosen, scale_type=scale.type, bpm=tempo)
        else:
            self.param.update(scale=OWN_SCALE, own_scale=scale.name, bpm=tempo)

    def follow(self, chosen: ChosenPlan) -> None:
        """Set what a plan asks for, at its step of the ladder."""
        plan = chosen.plan
        self.ask(plan.scale_chosen, plan.scale_type)
        self._play_a_beat(plan.notes_per_beat)
        self.param.update(bpm=chosen.bpm, strictness=plan.strictness, sensitivity=plan.sensitivity)

    def _play_a_beat(self, notes: int) -> None:
        """Choose so many notes a beat, which the menu may not have had."""
        Goal(self.chosen_scale(), notes_per_beat=notes)
        choice = self.param["notes_per_beat"]
        choice.objects = sorted({*choice.objects, notes})
        self.notes_per_beat = notes

    def chosen_scale(self) -> Scale:
        """The scale of the menus, or the one that the player wrote. Raises `ScaleError` with a sentence."""
        if self.scale == OWN_SCALE:
            return parse_scale(self.own_scale)
        return scale_from(self.scale, self.scale_type)

    def listen(self) -> Source:
        """The source of the next practice, unless it is the browser, which opens its microphone first."""
        take = self._take
        if take is not None:
            return Take(take.path, name=take.title)
        return Microphone(self.device or None, self.channel)

    @property
    def _take(self) -> BundledTake | None:
        return self.take if self.source == "take" else None

    @param.depends("source", watch=True)
    def _follow_source(self) -> None:
        sentence = _HINTS[self.source]
        if self.source == "device":
            sentence = self._look_for_devices() or sentence
        self.hint.object = sentence
        if self.source == "take":
            self._follow_take()

    @param.depends("take", watch=True)
    def _follow_take(self) -> None:
        scale = parse_scale(self.take.scale)
        self.param.update(
            scale=scale.chosen,
            scale_type=scale.type,
            bpm=self.take.bpm,
            notes_per_beat=self.take.notes_per_beat,
        )

    def _look_for_devices(self) -> str | None:
        """Fill the menu of inputs; the sentence for the player when there is none."""
        try:
            found = input_devices()
        except SourceError as error:
            return str(error)
        self.param.device.objects = {SYSTEM_CHOICE: ""} | {_title(each): str(each.index) for each in found}
        return None if found else NO_INPUT

    def __panel__(self) -> pn.viewable.Viewable:
        wide: dict[str, Any] = {"sizing_mode": "stretch_width", "margin": (0, 0, 10, 0)}
        made = pn.widgets
        pick = made.RadioBoxGroup.from_param(self.param.source, label="Source", **wide)
        own = self.param.scale.rx() == OWN_SCALE
        return pn.Column(
            pick,
            made.Select.from_param(self.param.take, visible=self.param.source.rx() == "take", **wide),
            pn.Row(
                made.Select.from_param(self.param.device, label="Input", **wide),
                made.IntInput.from_param(self.param.channel, label="Channel", width=96, margin=(0, 0, 10, 8)),
                visible=self.param.source.rx() == "device",
                **wide,
            ),
            self.hint,
            made.Select.from_param(self.param.scale, label="Scale", **wide),
            made.Select.from_param(self.param.scale_type, label="Type", visible=own.rx.not_(), **wide),
            made.TextInput.from_param(
                self.param.own_scale,
                label="Own scale",
                placeholder="F# dorian, or C: 0 2 4 7",
                visible=own,
                **wide,
            ),
            pn.Row(
                made.FloatInput.from_param(
                    self.param.bpm, label="Tempo in bpm", placeholder="free", format="0", **wide
                ),
                made.Select.from_param(
                    self.param.notes_per_beat, label="Notes a beat", width=110, margin=(0, 0, 10, 8)
                ),
                **wide,
            ),
            self._more(wide),
            margin=0,
            sizing_mode="stretch_width",
        )

    def _more(self, wide: dict[str, Any]) -> pn.Card:
        made, inside = pn.widgets, wide | {"margin": (0, 12, 10, 12)}
        return pn.Card(
            made.FloatSlider.from_param(self.param.strictness, label="Strictness", **inside),
            made.FloatSlider.from_param(self.param.sensitivity, label="Sensitivity", **inside),
            made.CheckBoxGroup.from_param(self.param.metrics, label="Judge", **inside),
            pn.pane.HTML("Noise is always judged: it is heard in every note.", **inside),
            made.Select.from_param(self.param.tuning, label="Tuning", **inside),
            made.FloatInput.from_param(self.param.a4_hz, label="A4 in Hz", format="0.0", **inside),
            title="More",
            collapsed=True,
            **wide,
        )


def _title(device: InputDevice) -> str:
    return f"{device.name} ({device.host})"
