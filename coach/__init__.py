"""The coach: turns figures into the next exercise."""
