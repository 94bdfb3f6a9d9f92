"""Colours, marks and fonts that every chart and page shares.

Conventions
-----------
Shape and word come before colour: each verdict and each tendency has a mark, a word and only then a colour.
The colours come from Okabe & Ito (2008), which people with the common colour-vision types can tell apart. One
palette a theme; in both, text stands at least 4.5 : 1 against its ground, a mark at least 3 : 1 or outlined.
"""

from dataclasses import asdict, dataclass
from typing import Literal

Verdict = Literal["right", "off", "wrong", "unsure"]

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"
"""The fonts that the player's own machine has; nothing is fetched."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as CSS hex strings.

    Attributes
    ----------
    background, surface, raised : page, cards on it, controls on cards
    text, muted : words, and words that matter less
    line, grid : borders of controls, and lines behind data
    accent, on_accent : the one colour of links, focus and the main button, and the text on it
    right, off, wrong, unsure : the verdicts on notes
    outline : thin line around marks, so that pale colours keep their shape
    ribbon : pale band of a usual range, such as the last month
    """

    background: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    grid: str
    accent: str
    on_accent: str
    right: str
    off: str
    wrong: str
    unsure: str
    outline: str
    ribbon: str


LIGHT = Palette(
    background="#f6f5f1",
    surface="#ffffff",
    raised="#f1efe9",
    text="#1c2127",
    muted="#58616b",
    line="#85898f",
    grid="#e4e1d9",
    accent="#0068a3",
    on_accent="#ffffff",
    right="#0072b2",
    off="#e69f00",
    wrong="#d55e00",
    unsure="#767b84",
    outline="#3c4248",
    ribbon="#cfe0ec",
)
DARK = Palette(
    background="#121519",
    surface="#1a1e24",
    raised="#252b33",
    text="#eceef0",
    muted="#a3adb8",
    line="#6d7782",
    grid="#2c333c",
    accent="#6cbdee",
    on_accent="#08202f",
    right="#56b4e9",
    off="#e69f00",
    wrong="#d55e00",
    unsure="#8b95a1",
    outline="#c9d0d8",
    ribbon="#24404f",
)


def palette(dark: bool = False) -> Palette:
    """The palette of the dark or the light theme."""
    return DARK if dark else LIGHT


@dataclass(frozen=True, slots=True)
class Mark:
    """How a verdict or a tendency looks: in text, as a Bokeh marker, in words."""

    symbol: str
    marker: str
    word: str


MARKS: dict[Verdict, Mark] = {
    "right": Mark("●", "circle", "right"),
    "off": Mark("◆", "diamond", "off"),
    "wrong": Mark("✕", "x", "wrong"),
    "unsure": Mark("○", "circle", "not sure"),
}
"""Every verdict's mark. "unsure" is drawn hollow."""

EARLY = Mark("◂", "triangle", "early")
LATE = Mark("▸", "triangle", "late")

METRIC_TITLES = {
    "pitch_accuracy": "Pitch",
    "scale_conformity": "Scale",
    "timing_stability": "Timing",
    "noise_control": "Noise",
}
"""What the pages call the four metrics."""


def css_variables(colours: Palette) -> str:
    """The palette as CSS custom properties, and the same for the canvas text and lines of Bokeh.

    BokehJS reads `--bk-..` properties for axes, grids and frames: one style sheet turns page and charts dark.
    """
    own = f"--fc-font:{FONT};" + "".join(
        f"--fc-{name.replace('_', '-')}:{value};" for name, value in asdict(colours).items()
    )
    canvas = {
        "background-fill-color": "transparent",
        "border-fill-color": "transparent",
        "outline-line-color": "transparent",
        "grid-line-color": colours.grid,
        "axis-line-color": colours.line,
        "major-tick-line-color": colours.line,
        "minor-tick-line-color": "transparent",
        "axis-label-text-color": colours.muted,
        "major-label-text-color": colours.muted,
        "axis-label-text-font-style": "normal",
        "axis-label-text-font-size": "13px",
        "major-label-text-font-size": "13px",
        "title-text-color": colours.text,
        "label-text-color": colours.text,
    }
    for text in ("axis-label", "major-label", "title", "label"):
        canvas[f"{text}-text-font"] = FONT
    return own + "".join(f"--bk-{name}:{value};" for name, value in canvas.items())
