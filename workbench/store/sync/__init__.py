"""A player's rows in their own file and on a central server, kept the same."""
