"""How well something went, in the four words of FSRS.

Nobody is asked: the rating follows from what was measured. To FSRS "Again" is what was not kept, and the
other three are degrees of what was; here something was kept when it went well, which for a score begins with
the band "good". Shares of right notes need other edges than scores do: in a run of eight notes all are right
two times in three when each is right with 95 %, less than once in two with 90 %, and once in four with 85 %.
"""

from fsrs import Rating

from coach.planner.target import Kind

RIGHT_EDGES = (0.95, 0.90, 0.85)
"""Shares of right notes from which on it was easy, good and hard; below, it did not go well."""

SCORE_EDGES = (0.90, 0.80, 0.70)
"""The same for scores: from the band "good" (0.70) up to where "excellent" begins."""

EASY_NOTES = 20
"""Notes below which nothing counts as easy: of eight notes all are right nearly every second time even when
each is right with 90 % only."""

_EDGES = {"notes": RIGHT_EDGES, "degree": RIGHT_EDGES}


def rating(kind: Kind, score: float, notes: int) -> Rating:
    """The rating of a measured result.

    Parameters
    ----------
    score : 0..1; a share of right notes for "notes" and "degree", else the score of the metric
    notes : judged notes behind it
    """
    easy, good, hard = _EDGES.get(kind, SCORE_EDGES)
    if score >= easy and notes >= EASY_NOTES:
        return Rating.Easy
    if score >= good:
        return Rating.Good
    return Rating.Hard if score >= hard else Rating.Again
