"""How well the engine hears, measured on takes whose notes are known."""
