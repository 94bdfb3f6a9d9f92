"""The engine held against annotated takes: read them, hear them in parallel, report."""
