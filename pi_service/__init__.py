"""The headless practice service."""
