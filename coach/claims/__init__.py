"""What a sentence claims, and whether the facts say so."""
