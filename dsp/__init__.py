"""Hearing and judging a guitar: pure signal processing, no clock, no I/O, no threads."""
