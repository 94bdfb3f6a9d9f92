"""The weekly report: which week, what it says, and how its notebook becomes a page."""
