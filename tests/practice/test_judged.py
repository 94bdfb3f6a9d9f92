"""The log of notes: a cursor tells what changed since."""

from dsp.events import Note
from workbench.practice.judged import JudgedNote, NoteLog


def judged(number: int, *, midi: float = 60.0, over: bool = False) -> JudgedNote:
    note = Note(number, float(number), number + 0.04, midi, 0.9, -20.0)
    return JudgedNote(note, "right", True, 1, None, 0.0, "C4", over)


def test_each_reader_gets_what_changed_since_its_own_cursor() -> None:
    log = NoteLog()
    log.put(judged(0))
    early, cursor = log.since(0)
    assert [each.number for each in early] == [0]
    log.put(judged(1))
    log.put(judged(0, over=True))
    late, end = log.since(cursor)
    assert [(each.number, each.over) for each in late] == [(0, True), (1, False)]
    assert log.since(end) == ([], end)
    assert [each.number for each in log.since(0)[0]] == [0, 1]


def test_a_note_that_changed_twice_comes_once_in_its_newest_state() -> None:
    log = NoteLog()
    log.put(judged(0, midi=60.0))
    log.put(judged(0, midi=62.0))
    ((newest,), _) = log.since(0)
    assert newest.note.midi == 62.0
    assert [note.midi for note in log.notes()] == [62.0]
