"""Language models: which there are, how one is made, what it costs, and what goes wrong."""
