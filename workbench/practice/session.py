"""One practice from start to stored: a source, the engine, the live score, the safety copy, the store.

Threads: one worker for each practice, `practice-<id>`, runs the loop and, when that ends for whatever reason,
scores and stores the session; the journal has a writer of its own (see `journal`). Controls and views may be
called from any thread. Stop is a closed source plus a join with a time-out.
"""

import logging
import platform
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dsp.events import Block, Output
from dsp.summary import Summary
from workbench.audio.source import Source
from workbench.practice.engine import AnalyzerFactory, listening_engine
from workbench.practice.goal import Goal
from workbench.practice.judged import JudgedNote
from workbench.practice.keeping import Keeping
from workbench.practice.levels import LevelMeter, Levels
from workbench.practice.meter import Meter, Snapshot, State
from workbench.practice.record import Heard, session_end, session_start
from workbench.practice.recorder import Ending, Recorder
from workbench.practice.scorekeeper import Scorekeeper
from workbench.store.columns import new_id
from workbench.store.records import SessionEnd
from workbench.store.repository import Repository
from workbench.user import User

log = logging.getLogger(__name__)

JOIN_S = 15.0
"""How long `stop` waits for the session to be stored."""

_HEARD_EVERY_S = 1.0


class Practice:
    """One practice of one player.

    `start` begins it; it ends by `stop`, with its source, or by its time limit, and is stored in any case.

    Parameters
    ----------
    user, goal, source : who practises what, and where the sound comes from; the source is not open yet
    repository : where the session is stored
    data_dir : folder of the journals and the recordings
    recordings : keep the sound too
    seconds : end by itself after so much of the stream; None = with the source
    analyzer : makes the engine

    Attributes
    ----------
    session_id : of the stored row; `id` is the same as text
    ending : why it ended, with a sentence for the player; None while it runs
    end : what was stored; None while it runs
    """

    def __init__(
        self,
        user: User,
        goal: Goal,
        source: Source,
        repository: Repository,
        data_dir: Path,
        *,
        recordings: bool = False,
        seconds: float | None = None,
        analyzer: AnalyzerFactory = listening_engine,
    ) -> None:
        self.session_id = new_id()
        self.id = str(self.session_id)
        self.user, self.goal, self.source = user, goal, source
        self.ending: Ending | None = None
        self.end: SessionEnd | None = None
        self._seconds, self._analyzer_factory = seconds, analyzer
        started_at = datetime.now(UTC)
        start = session_start(
            self.session_id,
            user,
            goal,
            device_type=source.kind,
            started_at=started_at,
            origin_device=platform.node(),
        )
        self._keeping = Keeping(start, goal, repository, data_dir, recordings=recordings)
        self._scorekeeper = Scorekeeper(goal)
        self._meter = Meter()
        self._heard_at_s = 0.0
        self._ended = threading.Event()
        self._worker = threading.Thread(target=self._work, name=f"practice-{self.id}", daemon=True)

    def start(self) -> None:
        """Open the source and begin to listen. Raises `SourceError` with a sentence for the player."""
        self.source.open()
        try:
            self._get_ready(self.source.sample_rate)
        except BaseException:
            self.source.close()
            raise
        self._worker.start()

    def pause(self) -> None:
        """Stop judging until `resume`; the input meter stays alive."""
        self._recorder.pause()

    def resume(self) -> None:
        """Judge again."""
        self._recorder.resume()

    def stop(self, message: str = "Stopped.") -> Summary | None:
        """End and store the session; waits for that. The summary is None only if storing takes too long.

        Parameters
        ----------
        message : why, for the player; counts only for the first who stops it
        """
        self._recorder.stop(message)
        self.wait(JOIN_S)
        return self.summary

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the session has ended and is stored (or could not be); False when time ran out."""
        return self._ended.wait(timeout_s)

    def save(self) -> bool:
        """Try again to store a session that the store refused when it ended; True when it is stored."""
        return self._keeping.save()

    @property
    def source_name(self) -> str:
        """What the player listens with."""
        return self.source.name

    @property
    def state(self) -> State:
        """ "running", "paused" or "ended"."""
        if self._ended.is_set():
            return "ended"
        return "paused" if self._recorder.paused else "running"

    @property
    def saved(self) -> bool:
        """The session with its notes and summary is in the store."""
        return self._keeping.saved

    @property
    def summary(self) -> Summary | None:
        """The stored metrics; None until the practice has ended."""
        return None if self.end is None else self.end.summary

    @property
    def ended_because(self) -> str:
        """Why it ended, as a sentence; empty while it runs."""
        return "" if self.ending is None else self.ending.message

    @property
    def trouble(self) -> str | None:
        """What keeps the session from being stored, as a sentence; None when all is well."""
        return self._keeping.message

    def snapshot(self) -> Snapshot:
        """The newest state, for meters."""
        message = " ".join(filter(None, (self.ended_because, self.trouble)))
        return replace(self._meter.latest, state=self.state, message=message or None)

    def events_since(self, cursor: int) -> tuple[list[JudgedNote], int]:
        """Notes that changed after `cursor` (0 = all), newest state, and the cursor for next time."""
        return self._scorekeeper.log.since(cursor)

    def _get_ready(self, rate: float) -> None:
        analyzer = self._analyzer_factory(rate, self.goal)
        self._engine = analyzer.engine()
        self._recorder = Recorder(self.source, analyzer, self, seconds=self._seconds)
        self._level_meter, self._levels = LevelMeter(rate), Levels()
        self._keeping.begin(rate, self._engine)
        self._publish()

    def heard(self, block: Block, output: Output, *, paused: bool) -> None:
        """A block went through the loop (called by it)."""
        if paused:
            self._scorekeeper.silence()
        else:
            self._keeping.audio(block)
        self._levels = self._level_meter.push(block.samples)
        self._judge(output)
        if self._time_s - self._heard_at_s >= _HEARD_EVERY_S:
            self._heard_at_s = self._time_s
            self._keeping.heard(self._time_s, self._pauses_s)
        self._publish()

    def flushed(self, output: Output) -> None:
        """The loop has ended (called by it)."""
        self._judge(output)
        self._scorekeeper.silence()

    def _judge(self, output: Output) -> None:
        for judged in self._scorekeeper.take(output):
            self._keeping.note(judged.note)

    @property
    def _time_s(self) -> float:
        return self._recorder.position / self.source.sample_rate

    @property
    def _pauses_s(self) -> list[tuple[float, float]]:
        rate = self.source.sample_rate
        return [(start / rate, end / rate) for start, end in self._recorder.pauses]

    def _work(self) -> None:
        ending = self._recorder.run()
        try:
            self._finish(ending)
        except Exception:
            # Whoever waits must not wait for ever; the journal still has everything.
            log.exception("the session %s could not be finished", self.id)
        finally:
            self.ending = ending
            self._publish()
            self._ended.set()

    def _finish(self, ending: Ending) -> None:
        ended_at = datetime.now(UTC)
        pauses = self._pauses_s
        self._keeping.heard(self._time_s, pauses)
        self._keeping.ended(ended_at, ending.kind)
        self._keeping.settle()
        heard = Heard(
            notes=self._scorekeeper.log.notes(),
            duration_s=self._time_s - sum(end - start for start, end in pauses),
            engine=self._engine,
            sample_rate=self.source.sample_rate,
            pauses_s=pauses,
            recording_path=self._keeping.recording_path,
        )
        self.end = session_end(self.session_id, self.goal, heard, ended_at)
        self._keeping.finish(self.end)

    def _publish(self) -> None:
        keeper = self._scorekeeper
        self._meter.publish(
            Snapshot(
                t_s=self._time_s,
                state="running",
                note=keeper.note,
                levels=self._levels,
                metrics=keeper.metrics,
                overall=keeper.overall,
                counts=keeper.counts,
                enabled_metrics=tuple(sorted(self.goal.enabled_metrics)),
                dropped_blocks=self.source.dropped,
                sample_rate=self.source.sample_rate,
                note_delay_ms=keeper.note_delay_ms,
                load=self._recorder.load,
                engine=self._engine,
            )
        )
