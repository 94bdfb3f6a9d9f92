#!/bin/sh
# Open the practice page. A database that is new gets the demo history first, so that no page is empty at the first
# look; once that history has been removed, it stays away.
set -eu
cd "$(dirname "$0")/.."

case $(.venv/bin/fretcoach db status) in
*"Version: none yet"*)
    echo "Making a demo history, once ..."
    .venv/bin/fretcoach demo-data --users 3 --weeks 26 --seed 1
    ;;
*"Pending: nothing"*) ;;
*) .venv/bin/fretcoach db upgrade ;;
esac
exec .venv/bin/fretcoach app
