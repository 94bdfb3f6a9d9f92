"""The palette can be read, by anybody, in both themes."""

from dataclasses import asdict

import pytest

from workbench.charts.theme import DARK, EARLY, LATE, LIGHT, MARKS, Palette, css_variables, palette

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2) of "#rrggbb"."""
    shares = [int(colour[at : at + 2], 16) / 255.0 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2), 1..21."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_black_on_white_is_the_highest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@THEMES
@pytest.mark.parametrize("ground", ["background", "surface", "raised"])
@pytest.mark.parametrize("words", ["text", "muted", "accent"])
def test_words_can_be_read(colours: Palette, ground: str, words: str) -> None:
    assert contrast(getattr(colours, words), getattr(colours, ground)) >= 4.5


@THEMES
def test_the_main_button_can_be_read(colours: Palette) -> None:
    assert contrast(colours.on_accent, colours.accent) >= 4.5


@THEMES
@pytest.mark.parametrize("drawn", ["right", "outline", "wrong", "unsure", "line"])
def test_marks_and_borders_can_be_seen(colours: Palette, drawn: str) -> None:
    assert contrast(getattr(colours, drawn), colours.surface) >= 3.0


def test_every_verdict_has_a_shape_and_a_word_of_its_own() -> None:
    marks = [*MARKS.values(), EARLY, LATE]
    assert len({mark.symbol for mark in marks}) == len(marks)
    assert len({mark.word for mark in marks}) == len(marks)


def test_the_style_sheet_has_every_colour_and_the_canvas() -> None:
    css = css_variables(DARK)
    assert all(f"--fc-{name.replace('_', '-')}:{value};" in css for name, value in asdict(DARK).items())
    assert f"--bk-major-label-text-color:{DARK.muted};" in css


def test_palette_follows_the_theme() -> None:
    assert palette() is LIGHT
    assert palette(dark=True) is DARK
