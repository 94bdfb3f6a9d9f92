"""The commands of the `fretcoach` command line that belong to the workbench."""
