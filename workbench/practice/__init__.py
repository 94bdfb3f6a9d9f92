"""One practice, live."""
