"""Questions to the history, frame in, frame out."""
