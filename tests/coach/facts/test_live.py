"""Facts of the last seconds."""

from coach.checker import check
from coach.facts.live import live_facts
from dsp.events import Note
from dsp.scales import parse_scale
from workbench.practice.goal import Goal
from workbench.practice.judged import JudgedNote

GOAL = Goal(parse_scale("A minor"), bpm=60.0, click_start_s=0.0)


def judged(second: float, late_ms: float, midi: float = 69.0) -> JudgedNote:
    note = Note(int(second), second + late_ms / 1000.0, second + 0.1, midi, 0.9, -20.0, hnr_db=18.0)
    inside = GOAL.scale.contains(midi)
    name = {69.0: "A4", 66.0: "F#4"}[midi]
    return JudgedNote(note, "right" if inside else "wrong", inside, 1, late_ms, 0.0, name, over=True)


def test_only_the_notes_of_the_stretch_count() -> None:
    notes = [judged(i, 50.0) for i in range(1, 30)] + [judged(i, -20.0 - i % 3) for i in range(30, 60)]
    facts = live_facts(notes, GOAL, since_s=29.5, until_s=59.5)

    assert facts.scope == "live"
    assert facts.about == "the last 30 seconds"
    assert facts.facts["timing.bias_ms"].direction == "early"
    assert facts.facts["timing.bias_ms"].n == 30
    assert facts.facts["session.bpm"].value == 60.0


def test_wrong_notes_are_named() -> None:
    notes = [judged(i, 0.0, 66.0 if i % 10 == 0 else 69.0) for i in range(1, 31)]
    facts = live_facts(notes, GOAL, since_s=0.0, until_s=31.0)

    assert facts.facts["scale.wrong"].value == 3
    assert facts.facts["scale.wrong_note.F#4"].value == 3
    assert [
        str(each) for fact in facts for each in check(f"{fact.words[0].upper()}{fact.words[1:]}.", facts)
    ] == []


def test_too_few_notes_tell_nothing() -> None:
    facts = live_facts([judged(i, 0.0) for i in range(1, 8)], GOAL, since_s=0.0, until_s=30.0)

    assert len(facts) == 0
    assert "pitch_accuracy" in facts.missing
