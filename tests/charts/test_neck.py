import polars as pl

from workbench.charts.neck import neck
from workbench.insight.heat import POSITION_SCHEMA, by_position
from workbench.store.queries_notes import PITCHES_SCHEMA


def positions(*rows: tuple[int, int, int, int]) -> pl.DataFrame:
    """Places of (semitone, notes, wrong, sharp)."""
    plain = {"scale_chosen": "A Minor", "scale_type": "natural", "timed": 0, "flat": 0, "early": 0, "late": 0}
    pitches = [
        {**dict.fromkeys(PITCHES_SCHEMA), **plain, "semitone": s, "notes": n, "wrong": w, "sharp": k}
        for s, n, w, k in rows
    ]
    return by_position(pl.DataFrame(pitches, schema=dict(PITCHES_SCHEMA)))


def test_a_circle_is_filled_as_far_as_the_notes_were_out_of_tune(figure_of) -> None:
    shown = positions((40, 100, 0, 25), (42, 100, 0, 0), (43, 25, 0, 25))
    rings, cores = figure_of(neck(shown, "tune")).renderers[2:4]
    size = dict(zip(rings.data_source.data["fret"], rings.data_source.data["size"], strict=True))
    filled = dict(zip(cores.data_source.data["fret"], cores.data_source.data["size"], strict=True))
    assert size[0] == size[2] > size[3]
    assert filled == {0: size[0] / 2, 3: size[3]}
    assert rings.data_source.data["what"][0] == "25 % of 100 notes out of tune (18 to 34)"


def test_too_few_notes_are_a_hollow_dot_that_says_so(figure_of) -> None:
    rings, cores = figure_of(neck(positions((40, 100, 50, 0), (42, 3, 3, 0)), "wrong")).renderers[2:4]
    told = dict(zip(rings.data_source.data["fret"], rings.data_source.data["what"], strict=True))
    assert told[2] == "3 notes: not enough to tell"
    assert list(cores.data_source.data["fret"]) == [0]


def test_a_phone_sees_twelve_frets(figure_of, columns_of) -> None:
    high = positions((78, 50, 0, 0), (40, 50, 0, 0))
    wide, phone = (
        columns_of(figure_of(neck(high, "wrong", narrow=narrow)), "fret", "size") for narrow in (False, True)
    )
    assert max(wide["fret"]) == 14
    assert max(phone["fret"]) == 0
    assert max(phone["size"]) < max(wide["size"])


def test_nothing_to_show_says_so(figure_of, columns_of) -> None:
    for fault, sentence in (
        ("wrong", "No judged notes."),
        ("beat", "No notes with a beat to be early or late against."),
    ):
        for shown in (POSITION_SCHEMA.to_frame(), positions((40, 0, 0, 0))):
            assert columns_of(figure_of(neck(shown, fault)), "text")["text"] == [sentence]
