import json
from functools import partial

import numpy as np
import pytest
import soundfile as sf

from dsp.synth import melody, run

RATE = 44_100
A_MINOR_PENTATONIC = (57, 60, 62, 64, 67, 69, 67, 64, 62, 60)
STRAY = 61
NAMES = ["A3", "C4", "D4", "E4", "G4", "A4", "G4", "E4", "D4", "C4", "C#4"]
OBJECT_KEYS = ["file", "sample_rate", "duration_s", "engine", "notes", "events", "metrics"]
NOTE_KEYS = ["onset_s", "offset_s", "midi", "cents", "name", "level_dbfs", "confidence"]
NOTE_KEYS += ["in_scale", "articulation", "reported_s", "revised"]
NOTE_KEYS += ["bend_cents", "vibrato_hz", "vibrato_cents"]
METRIC_KEYS = ["value", "unit", "low", "high", "n", "score", "detail"]
METRICS = ["pitch_accuracy", "scale_conformity", "timing_stability", "noise_control"]


@pytest.fixture
def analyze(fretcoach):
    """Runs `fretcoach analyze`: status, standard output, standard error."""
    return partial(fretcoach, "analyze")


@pytest.fixture
def told(analyze):
    """The objects that `fretcoach analyze --json` prints for takes that can be read."""

    def objects(*arguments):
        status, said, complaint = analyze("--json", *arguments)
        assert (status, complaint) == (0, "")
        return [json.loads(line) for line in said.splitlines()]

    return objects


@pytest.fixture
def take(tmp_path):
    """A sound file from samples, shape (n,) or (n, channels)."""

    def write(samples, rate=RATE, name="take.wav", **options):
        path = tmp_path / name
        sf.write(path, samples, rate, **options)
        return path

    return write


@pytest.fixture(scope="module")
def tune():
    """Ten notes of A minor pentatonic with one that does not belong, at 120 beats a minute, two to a beat."""
    played = run([*A_MINOR_PENTATONIC, STRAY], step_s=0.25)
    return melody(played, sample_rate=RATE, noise_dbfs=-65)


def test_the_object_of_a_take_has_exactly_what_is_documented(told, take, tune):
    path = take(tune)
    (result,) = told(path, "--scale", "A minor pentatonic")
    assert list(result) == OBJECT_KEYS
    assert result["file"] == str(path)
    assert (result["sample_rate"], result["duration_s"]) == (RATE, pytest.approx(tune.size / RATE))
    assert {"name", "version"} <= set(result["engine"])
    assert [list(note) for note in result["notes"]] == [NOTE_KEYS] * 11
    assert list(result["metrics"]) == [*METRICS, "overall"]
    assert [list(result["metrics"][name]) for name in METRICS] == [METRIC_KEYS] * 4
    assert list(result["metrics"]["overall"]) == ["score", "weights"]


def test_the_notes_are_judged_against_the_scale(told, take, tune):
    (result,) = told(take(tune), "--scale", "A minor pentatonic")
    notes = result["notes"]
    assert [note["name"] for note in notes] == NAMES
    assert [note["in_scale"] for note in notes] == [True] * 10 + [False]
    for note, midi in zip(notes, (*A_MINOR_PENTATONIC, STRAY), strict=True):
        assert note["midi"] == pytest.approx(midi, abs=0.1)
        assert note["cents"] == pytest.approx(100 * (note["midi"] - midi))
        assert note["onset_s"] < note["reported_s"] < note["offset_s"]
        assert (note["articulation"], note["revised"]) == ("pick", False)
    conformity = result["metrics"]["scale_conformity"]
    assert (conformity["value"], conformity["n"]) == (pytest.approx(10 / 11), 11)


def test_flats_are_spelled_as_the_scale_spells_them(told, take):
    samples = melody(run([58, 63], step_s=0.4), sample_rate=RATE)
    (result,) = told(take(samples), "--scale", "Bb major")
    assert [note["name"] for note in result["notes"]] == ["Bb3", "Eb4"]


def test_without_a_scale_every_metric_is_there_and_conformity_is_not_judged(told, take, tune):
    (result,) = told(take(tune))
    assert {note["in_scale"] for note in result["notes"]} == {None}
    assert list(result["metrics"]) == [*METRICS, "overall"]
    left_out = result["metrics"]["scale_conformity"]
    assert (left_out["score"], left_out["value"]) == (None, None)
    assert left_out["detail"]["reason"] == "no scale was given"
    assert "scale_conformity" not in result["metrics"]["overall"]["weights"]


def test_a_click_with_a_known_start_gives_the_bias(told, take, tune):
    options = ("--bpm", 120, "--notes-per-beat", 2)
    (known,) = told(take(tune), *options, "--click-start", 0.48)
    assert known["metrics"]["timing_stability"]["detail"]["bias_ms"] == pytest.approx(20.0, abs=3.0)
    (fitted,) = told(take(tune), *options)
    assert fitted["metrics"]["timing_stability"]["detail"]["bias_ms"] is None


def test_what_is_no_claim_goes_to_events(told, take):
    time = np.arange(RATE // 10) / RATE
    samples = 3e-4 * np.random.default_rng(0).standard_normal(RATE)
    samples[RATE // 2 :][: time.size] += (
        0.4 * np.exp(-time / 0.012) * np.random.default_rng(1).standard_normal(time.size)
    )
    (result,) = told(take(samples))
    assert result["notes"] == []
    (event,) = result["events"]
    assert list(event) == ["onset_s", "kind", "midi", "confidence"]
    assert (event["kind"], event["midi"]) == ("percussive", None)
    assert event["onset_s"] == pytest.approx(0.5, abs=0.01)


def test_f0_comes_only_when_asked_for_with_0_for_unvoiced(told, take, tune):
    (result,) = told(take(tune), "--f0")
    assert list(result) == [*OBJECT_KEYS[:-1], "f0", "metrics"]
    f0 = {name: np.array(values) for name, values in result["f0"].items()}
    assert list(f0) == ["time_s", "f0_hz", "clarity"]
    assert f0["time_s"].size == f0["f0_hz"].size == f0["clarity"].size == tune.size // 256
    assert (f0["f0_hz"][f0["time_s"] < 0.45] == 0).all()
    sounding = (f0["time_s"] > 0.55) & (f0["time_s"] < 0.7)
    np.testing.assert_allclose(f0["f0_hz"][sounding], 220.0, rtol=5e-3)


def test_offline_looks_at_the_whole_note(told, take, tune):
    (live,) = told(take(tune))
    (offline,) = told(take(tune), "--offline")
    assert (live["engine"]["offline"], offline["engine"]["offline"]) == (False, True)
    assert {note["reported_s"] for note in offline["notes"]} == {offline["duration_s"]}
    played = np.array([*A_MINOR_PENTATONIC, STRAY])
    errors = [np.abs([note["midi"] for note in result["notes"]] - played) for result in (live, offline)]
    assert np.median(errors[1]) <= np.median(errors[0])


def test_the_reference_and_the_tuning_go_to_the_engine(told, take):
    samples = melody(run([28], step_s=0.6), sample_rate=RATE, a4_hz=432.0)
    (result,) = told(take(samples), "--tuning", "bass", "--a4", 432)
    assert (result["engine"]["tuning"], result["engine"]["a4_hz"]) == ("bass", 432.0)
    assert result["notes"][0]["midi"] == pytest.approx(28.0, abs=0.1)


@pytest.mark.parametrize("rate", [8_000, 48_000, 192_000])
def test_any_rate_from_8_to_192_khz(told, take, rate):
    samples = melody(run([45, 57, 64], step_s=0.4), sample_rate=rate, noise_dbfs=-65)
    (result,) = told(take(samples, rate))
    assert result["sample_rate"] == rate
    assert [note["name"] for note in result["notes"]] == ["A2", "A3", "E4"]


@pytest.mark.parametrize(("channel", "names"), [(1, ["A2"]), (2, ["E4"])])
def test_one_channel_of_a_stereo_take_is_heard(told, take, channel, names):
    left, right = (melody(run([midi], step_s=0.5), sample_rate=RATE) for midi in (45, 64))
    (result,) = told(take(np.column_stack([left, right])), "--channel", channel)
    assert [note["name"] for note in result["notes"]] == names


@pytest.mark.parametrize("suffix", ["flac", "ogg", "aiff"])
def test_any_format_that_libsndfile_reads(told, take, suffix):
    samples = melody(run([57, 64], step_s=0.4), sample_rate=RATE)
    (result,) = told(take(samples, name=f"take.{suffix}"))
    assert [note["name"] for note in result["notes"]] == ["A3", "E4"]


def test_a_silent_take_has_no_notes_and_no_scores(told, take):
    (result,) = told(take(np.zeros(RATE, np.float32)), "--scale", "A minor", "--bpm", 90)
    assert (result["notes"], result["events"]) == ([], [])
    assert [result["metrics"][name]["score"] for name in METRICS] == [None] * 4
    assert result["metrics"]["overall"]["score"] is None
    assert all("reason" in result["metrics"][name]["detail"] for name in METRICS)


def test_a_clipped_take_keeps_its_notes(told, take, tune):
    (result,) = told(take(np.clip(8 * tune, -1, 1)), "--scale", "A minor pentatonic")
    assert [note["in_scale"] for note in result["notes"]] == [True] * 10 + [False]


BAD = {
    "missing": (None, "There is no file"),
    "text": (b"this is no sound", "can't be read as sound"),
    "nothing": (b"", "can't be read as sound"),
    "empty": (np.zeros(0), "is empty"),
    "one sample": (np.ones(1), "holds 1 sample; a take needs at least 0.1 s"),
    "NaN": (np.r_[np.zeros(RATE), np.nan], "no number (NaN or infinite) at 1.000 s"),
    "infinite": (np.r_[np.zeros(RATE), np.inf], "no number (NaN or infinite) at 1.000 s"),
}


@pytest.fixture(params=BAD)
def bad_take(request, take, tmp_path):
    """(path, sentence) of a take that can't be heard."""
    content, sentence = BAD[request.param]
    path = tmp_path / "bad.wav"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        take(content, name="bad.wav", subtype="FLOAT")
    return path, sentence


def test_a_bad_take_is_one_object_and_the_rest_is_done(analyze, take, bad_take):
    bad, sentence = bad_take
    good = take(np.zeros(RATE // 2, np.float32))
    status, said, complaint = analyze("--json", bad, good, bad)
    first, second, third = map(json.loads, said.splitlines())
    assert (status, complaint) == (1, "")
    assert list(first) == list(third) == ["file", "error"]
    assert first["file"] == str(bad)
    assert sentence in first["error"]
    assert first["error"].endswith(".")
    assert second["file"] == str(good)


def test_in_the_terminal_a_bad_take_is_one_sentence_on_standard_error(analyze, take, bad_take):
    bad, sentence = bad_take
    status, said, complaint = analyze(bad, take(np.zeros(RATE // 2, np.float32)))
    assert status == 1
    assert complaint.startswith("Error: ")
    assert complaint.count("\n") == 1
    assert sentence in complaint
    assert "take.wav" in said


@pytest.mark.parametrize(
    ("rate", "channel", "sentence"),
    [
        (4_000, 1, "4000 Hz; rates from 8000 to 192000 Hz can be heard."),
        (8_000, 3, "has 2 channels, so there is no channel 3"),
    ],
)
def test_a_rate_or_a_channel_that_cannot_be_heard_is_one_sentence(analyze, take, rate, channel, sentence):
    status, said, _ = analyze("--json", "--channel", channel, take(np.zeros((8_000, 2)), rate))
    assert status == 1
    assert sentence in json.loads(said)["error"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--scale", "A minr"], "did you mean A minor?"),
        (["--scale", ""], "is not a scale I know"),
        (["--tuning", "drop-e"], "did you mean drop D?"),
        (["--a4", "44"], "from 430 to 450 Hz"),
        (["--a4", "nan"], "from 430 to 450 Hz"),
        (["--bpm", "0"], "beats"),
        (["--bpm", "nan"], "beats"),
        (["--click-start", "1"], "give --bpm too"),
        (["--notes-per-beat", "0"], "--notes-per-beat"),
    ],
)
def test_bad_options_are_bad_usage_before_anything_is_heard(analyze, take, options, sentence):
    status, said, complaint = analyze(take(np.zeros(RATE)), "--json", *options)
    assert (status, said) == (2, "")
    assert complaint.startswith("Error: ")
    assert complaint.count("\n") == 1
    assert sentence in complaint


def test_the_table_is_for_people(analyze, take, tune):
    status, said, complaint = analyze(
        take(tune), "--scale", "A minor pentatonic", "--bpm", 120, "--notes-per-beat", 2
    )
    assert (status, complaint) == (0, "")
    lines = said.splitlines()
    assert lines[0].strip() == "take.wav"
    assert lines[1].split() == ["Time", "Note", "Cents", "Level", "Sure", "Scale"]
    assert [line.split()[2] for line in lines[2:13]] == NAMES
    assert [" in " in line for line in lines[2:13]] == [True] * 10 + [False]
    for name in ("pitch accuracy", "scale conformity", "timing stability", "noise control", "overall"):
        assert f"\n{name}: " in said


def test_the_table_says_why_a_metric_is_missing(analyze, take):
    samples = melody(run([57, 64], step_s=0.4), sample_rate=RATE)
    _, said, _ = analyze(take(samples), "--scale", "A minor")
    assert "scale conformity: not enough notes yet" in said
    assert "overall: not enough measured" in said


def test_brackets_in_a_file_name_are_no_markup(analyze, take):
    status, said, _ = analyze(take(np.zeros(RATE), name="solo [bold] [x].wav"))
    assert status == 0
    assert said.splitlines()[0].strip() == "solo [bold] [x].wav"
