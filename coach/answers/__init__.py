"""What the coach answers by rules, kind by kind."""
