"""The coach by rules."""

from coach.rules.coach import RulesCoach

__all__ = ["RulesCoach"]
