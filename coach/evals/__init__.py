"""How good the coach is: players whose weakness is known, and what must never be said to anybody."""
