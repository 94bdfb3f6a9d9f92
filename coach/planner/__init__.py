"""Spaced practice: what to come back to, when, and in which order."""
