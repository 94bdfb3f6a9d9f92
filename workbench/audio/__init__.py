"""Sources of audio blocks."""
