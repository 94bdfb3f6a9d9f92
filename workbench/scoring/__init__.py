"""The engine scored on annotated takes: read them, hear them in parallel, report."""
