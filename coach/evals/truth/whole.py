"""All that is known of a synthetic player, for holding what is said of them against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import fmean

from coach.evals.planted.pitch import OffPitch
from coach.evals.planted.timing import HurriedLeap, OffBeat
from coach.evals.player import TODAY, PlayedSession, SyntheticPlayer, practise
from coach.evals.stage import duration_s
from coach.evals.truth.history import history_figures
from coach.evals.truth.take import Figures, pitched, take_figures
from dsp.convert import note_name
from dsp.summary import METRICS

_HEARD_CENTS, _HEARD_MS = 2.0, 1.0
"""A bias below these is to neither side: the engine can't tell it."""


@dataclass(frozen=True)
class Truth:
    """Of one player. Everything is computed when it is asked for, and once."""

    player: SyntheticPlayer

    @cached_property
    def sessions(self) -> Sequence[PlayedSession]:
        """Oldest first."""
        return practise(self.player)

    @cached_property
    def history(self) -> Figures:
        """Figures of all sessions."""
        return history_figures(self.sessions, TODAY, duration_s)

    @cached_property
    def of_recommendation(self) -> Figures:
        """Those of all sessions, and the noise of the newest one."""
        newest = self.takes[-1] if self.takes else {}
        noise = {name: value for name, value in newest.items() if name.startswith("noise.")}
        return {**noise, **self.history}

    @cached_property
    def windows(self) -> Sequence[Figures]:
        """Figures of what a conversation may be about: this week, the last one, seven days, four weeks."""
        monday = TODAY - timedelta(days=TODAY.weekday())
        limits = (
            (monday, TODAY),
            (monday - timedelta(days=7), monday - timedelta(days=1)),
            (TODAY - timedelta(days=6), TODAY),
            (TODAY - timedelta(days=27), TODAY),
        )
        return [
            history_figures(
                [played for played in self.sessions if first <= played.began.date() <= last],
                TODAY,
                duration_s,
            )
            for first, last in limits
        ]

    @cached_property
    def takes(self) -> Sequence[Figures]:
        """Figures of each session, oldest first."""
        return [take_figures(played) for played in self.sessions]

    @cached_property
    def sides(self) -> frozenset[str]:
        """ "sharp", "flat", "early" and "late", each where notes lie there on the whole or at a place."""
        cents, ms = self._biases("pitch.bias_cents"), self._biases("timing.bias_ms")
        told = {
            "sharp": max(cents) > _HEARD_CENTS or self._planted(OffPitch, 1),
            "flat": min(cents) < -_HEARD_CENTS or self._planted(OffPitch, -1),
            "late": max(ms) > _HEARD_MS or self._planted(OffBeat, 1),
            "early": min(ms) < -_HEARD_MS or self._planted(OffBeat, -1) or self._planted(HurriedLeap, -1),
        }
        return frozenset(side for side, so in told.items() if so)

    @cached_property
    def wrong_notes(self) -> frozenset[str]:
        """Names of the notes outside the scale that were played."""
        return frozenset(
            note_name(pitch, flats=flats)
            for played in self.sessions
            for _, pitch in pitched(played)
            for flats in (False, True)
            if not played.goal.scale.contains(pitch)
        )

    @cached_property
    def moved(self) -> dict[str, tuple[float, ...]]:
        """Metric to its changes: the slope of its scores and the newest weeks less those before."""
        return {
            metric: tuple(
                self.history[name] for name in (f"trend.{metric}", f"change.{metric}") if name in self.history
            )
            for metric in (*METRICS, "overall")
        }

    @cached_property
    def levels(self) -> dict[str, float]:
        """Metric to its mean score, where one was measured."""
        return {
            metric: self.history[f"{metric}.score"] for metric in METRICS if f"{metric}.score" in self.history
        }

    def _between(self, first: date, last: date) -> Figures:
        inside = [played for played in self.sessions if first <= played.began.date() <= last]
        return history_figures(inside, TODAY, duration_s)

    def _biases(self, name: str) -> tuple[float, ...]:
        """Of each session and their mean; (0.0,) without any."""
        each = [take[name] for take in self.takes if name in take]
        return (*each[-1:], fmean(each)) if each else (0.0,)

    def _planted(self, kind: type[OffPitch | OffBeat | HurriedLeap], sign: int) -> bool:
        faults = [f for f in (*self.player.planted, *self.player.before) if isinstance(f, kind)]
        return any((f.cents if isinstance(f, OffPitch) else f.ms) * sign > 0 for f in faults)
