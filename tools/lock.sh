#!/bin/sh
# Resolve pyproject.toml into one hashed lock for each purpose.
#
# all.lock is resolved first and binds the others, so that a package has one version everywhere. Versions that
# still fit are kept: to move everything to the newest, delete requirements/*.lock first. Extras stay written out,
# because conda installs all.lock with whatever pip it brings, and older ones need them.
set -eu
cd "$(dirname "$0")/.."

resolve() { # FILE ARGUMENT...: write requirements/FILE
    echo "resolving requirements/$1"
    output=requirements/$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-strip-extras --no-emit-find-links --output-file "$output" requirements/build.in "$@"
}

bound() { # FILE ARGUMENT...: the same, at the versions of all.lock
    resolve "$@" --constraint requirements/all.lock
}

resolve all.lock pyproject.toml --extra all
bound build.lock
bound run.lock pyproject.toml --extra dashboards --extra export
bound coach.lock pyproject.toml --extra coach --extra dashboards --extra export
bound pi.lock pyproject.toml --extra pi
bound test.lock pyproject.toml --extra dev
