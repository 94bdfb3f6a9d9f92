"""Commands of the coach; each is registered in the group `fretcoach.commands`."""
