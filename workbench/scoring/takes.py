"""A folder of annotated takes: for each, a JSON file with the truth beside the sound."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dsp.evaluation.annotation import Annotation, AnnotationError, parse_annotation

Array = NDArray[np.float64]


class TakesError(Exception):
    """A folder of takes, or a take in it, can't be used. The message is one sentence for the player."""


@dataclass(frozen=True, slots=True)
class F0Track:
    """An f0 over time.

    Attributes
    ----------
    time_s : shape (n,), seconds, rising
    f0_hz : shape (n,), 0 = unvoiced
    """

    time_s: Array
    f0_hz: Array


def annotation_files(folder: Path) -> list[Path]:
    """The annotations in a folder, by name.

    Raises
    ------
    TakesError : there is no such folder, or no annotation in it
    """
    if not folder.is_dir():
        raise TakesError(f"{folder} is no folder; give the one that holds the annotated takes.")
    files = sorted(folder.glob("*.json"))
    if not files:
        raise TakesError(f"{folder} holds no annotated take: each needs a JSON file with its true notes.")
    return files


def read_annotation(path: Path) -> Annotation:
    """The truth of a take.

    Raises
    ------
    TakesError : the file can't be read, is no JSON or no annotation
    """
    try:
        return parse_annotation(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise TakesError(f"{path.name} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise TakesError(f"{path.name} is no text, so it can't be an annotation.") from error
    except json.JSONDecodeError as error:
        raise TakesError(f"{path.name} is damaged JSON at line {error.lineno}: {error.msg}.") from error
    except AnnotationError as error:
        raise TakesError(f"{path.name}: {error}") from error


def read_true_f0(folder: Path, annotation: Annotation) -> F0Track | None:
    """The true f0 of a take; None when nobody wrote one.

    Raises
    ------
    TakesError : the file is damaged
    """
    if annotation.f0_csv is None or not (folder / annotation.f0_csv).is_file():
        return None
    try:
        rows = np.loadtxt(folder / annotation.f0_csv, delimiter=",", skiprows=1, ndmin=2)
        return F0Track(rows[:, 0], rows[:, 1])
    except (ValueError, IndexError) as error:
        raise TakesError(
            f"{annotation.f0_csv} is damaged: it needs the columns time_s,f0_hz with a number in each."
        ) from error
