"""The one setting between latency and cents.

Right after a pluck the engine asks for a very clear pitch, and for less the longer it has waited; how long
that takes is its patience. Less, and notes are out sooner; more, and their cents are nearer. The figures
are in `docs/accuracy.md`.
"""

PATIENCE_S, MOST_PATIENCE_S = 0.04, 0.2
"""What it is unless it is set, and the most that it may be."""
