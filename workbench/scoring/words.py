"""The report of `fretcoach accuracy` in words: numbers with their units, sentences for what is no table."""

from dataclasses import dataclass

from dsp.evaluation.figures import Figures
from dsp.evaluation.report import ALL, Report


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one core that hearing took, and seconds of sound heard."""

    cpu_s: float
    audio_s: float


def sentences(report: Report, cost: Cost) -> list[str]:
    """What the tables have no column for, a sentence each."""
    told = (_onsets(report), _confidence(report), _f0(report), _silence(report), _chords(report), _cost(cost))
    return [sentence for sentence in told if sentence]


def share(value: float | None) -> str:
    """A share of 1 as statistics write it: ".968"; "-" where there was nothing to measure."""
    return "-" if value is None else f"{value:.3f}".removeprefix("0")


def interval(figures: Figures) -> str:
    """The 95 % interval of F1."""
    if figures.f1_low is None or figures.f1_high is None:
        return "-"
    return f"{share(figures.f1_low)} to {share(figures.f1_high)}"


def number(value: float | None, digits: int, unit: str = "") -> str:
    """A number with its unit; "-" where there was nothing to measure."""
    return "-" if value is None else f"{value:.{digits}f} {unit}".rstrip()


def percent(value: float) -> str:
    """A share as a percentage."""
    return f"{100.0 * value:.1f} %"


def _onsets(report: Report) -> str:
    offset = report.groups[ALL].onset_offset_ms
    if offset is None:
        return ""
    if round(offset, 1) == 0.0:
        return "Onsets are reported neither early nor late in the median."
    return f"Onsets are reported {abs(offset):.1f} ms {'late' if offset > 0 else 'early'} in the median."


def _confidence(report: Report) -> str:
    sure = report.calibration
    if sure is None:
        return ""
    return (
        f"Confidence: Brier score {sure.brier:.4f}, calibration error {sure.expected_calibration_error:.4f}, "
        f"area under risk and coverage {sure.area:.4f} ({sure.n} events, {percent(sure.right)} right)."
    )


def _f0(report: Report) -> str:
    f0 = report.f0
    if f0 is None:
        return ""
    return (
        f"Running f0: within 50 cents in {percent(f0.raw_pitch_accuracy)} of sounding moments; "
        f"voicing recall {percent(f0.voicing_recall)}, false alarm {percent(f0.voicing_false_alarm)} "
        f"({f0.takes} takes)."
    )


def _silence(report: Report) -> str:
    silent = report.groups.get("no notes")
    if silent is None:
        return ""
    return f"Notes invented where none was played: {silent.invented} (takes without a note: {silent.takes})."


def _chords(report: Report) -> str:
    chords = report.polyphonic
    if chords is None or chords.set_aside is None:
        return ""
    return (
        f"Several strings at once: {percent(chords.set_aside)} of {chords.events} events set aside as "
        f"polyphonic or not sure; {chords.wrong_claims} of {chords.claims} claims wrong."
    )


def _cost(cost: Cost) -> str:
    share_of_core = percent(cost.cpu_s / cost.audio_s)
    return f"Cost: {cost.cpu_s:.1f} s of one core for {cost.audio_s:.0f} s of sound ({share_of_core})."
