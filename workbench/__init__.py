"""The workbench: sources of sound, practice sessions, the store, and what is learnt from it."""
