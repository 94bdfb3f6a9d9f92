"""What the rules coach says: for each finding what was heard, what to do, and a short form for live."""
