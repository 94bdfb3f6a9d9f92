"""Two devices and a server: what was done on one is on the others, whatever came between."""

from typing import Any

Place = Any
"""See conftest."""


def test_a_session_reaches_the_other_device_whole(laptop: Place, pedal: Place, web: Place) -> None:
    laptop.practise(comment="after midnight", recording_path="/home/ada/take.flac")
    first = laptop.sync.run_once()
    assert (first.sent, first.waiting) == (2, 0)
    second = pedal.sync.run_once()
    assert (second.sent, second.received) == (0, 2)
    assert pedal.contents() == laptop.contents() == web.contents()
    assert len(pedal.contents()["notes"]) == 1
    again = laptop.sync.run_once()
    assert (again.sent, again.received, again.waiting) == (0, 0, 0)


def test_a_session_that_goes_on_waits_until_it_has_ended(laptop: Place, web: Place) -> None:
    start = laptop.begin()
    laptop.comment(start.session_id, "warming up")
    laptop.sync.run_once()
    assert web.contents()["sessions"] == {}
    laptop.repository.finish_session(laptop.user, laptop.finish(start))
    laptop.sync.run_once()
    assert web.contents() == laptop.contents()
    assert len(web.contents()["analyses"]) == 1


def test_what_two_devices_change_in_different_fields_survives_both(
    laptop: Place, pedal: Place, web: Place
) -> None:
    session = laptop.practise()
    for device in (laptop, pedal):
        device.sync.run_once()
    laptop.comment(session, "a comment")
    analysis = laptop.rescore(session)
    pedal.delete(session)
    for device in (pedal, laptop, pedal):
        device.sync.run_once()
    row = web.row(session)
    assert row["comment"] == "a comment"
    assert row["current_analysis_id"] == str(analysis)
    assert row["unique_notes_used"] == 2
    assert row["deleted_at"] is not None
    assert laptop.contents() == pedal.contents() == web.contents()


def test_the_last_to_arrive_wins_and_not_the_last_clock(laptop: Place, pedal: Place, web: Place) -> None:
    session = laptop.practise()
    for device in (laptop, pedal):
        device.sync.run_once()
    pedal.comment(session, "typed first, sent last")
    laptop.comment(session, "typed last, sent first")
    for device in (laptop, pedal, laptop):
        device.sync.run_once()
    for place in (laptop, pedal, web):
        assert place.row(session)["comment"] == "typed first, sent last"


def test_a_session_that_never_ended_can_be_deleted_elsewhere(laptop: Place, web: Place) -> None:
    session = web.begin().session_id
    laptop.sync.run_once()
    laptop.delete(session)
    laptop.sync.run_once()
    assert web.row(session)["deleted_at"] is not None
    assert web.contents() == laptop.contents()
