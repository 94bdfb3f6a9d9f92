#!/bin/sh
# Make .venv ready for a purpose: `tools/setup.sh build|run|coach|test`. Quick when nothing has changed.
#
# build: only the installer, enough to resolve the locks. run: to practise. coach: run, and what speaks to language
# models. test: coach, and all that tests need.
# A system package that can't be installed here is named with the command that installs it; it stops nothing,
# because the demo and the browser's microphone need none.
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never # this machine's Python is the one that gets tested
purpose=${1:-}

fail() {
    echo "$1" >&2
    exit 1
}

has_apt() {
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null
}

apt_install() { # PACKAGE...: as root; the output of apt shows only when it fails
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    echo "Installing $* by apt-get ..."
    if apt-get update -qq >"$log" 2>&1 && apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1; then
        rm "$log"
    else
        cat "$log" >&2
        rm "$log"
        return 1
    fi
}

need_packages() { # WHAT-FOR PACKAGE...: install the Debian packages that are missing, or say how to
    reason=$1
    shift
    has_apt || return 0
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086 # one word a package
    if [ "$(id -u)" -eq 0 ] && apt_install $missing; then
        return 0
    fi
    echo "Missing for $reason: sudo apt-get install$missing" >&2
}

need_system() {
    need_packages "a sound card" libportaudio2
    [ "$purpose" = test ] || return 0
    need_packages "the browser tests" chromium libatomic1 # playwright brings a node that needs libatomic
    need_packages "the sound card tests" pulseaudio pulseaudio-utils libasound2-plugins
    need_packages "the tests behind a connection pool" pgbouncer
    need_packages "the tests of the coach's voice" espeak-ng
}

find_python() { # print the first Python that is new enough
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    case $(uname) in
    Darwin) fail "FretCoach needs Python 3.11 or newer: brew install python@3.12" ;;
    *) fail "FretCoach needs Python 3.11 or newer: sudo apt-get install python3 (or name one: make run PYTHON=python3.12)" ;;
    esac
}

need_ensurepip() { # PYTHON: Debian keeps this part of venv in a package of its own
    "$1" -c 'import ensurepip' 2>/dev/null && return 0
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if has_apt && [ "$(id -u)" -eq 0 ] && apt_install "$package"; then
        return 0
    fi
    fail "Python cannot make a virtual environment here: sudo apt-get install $package"
}

venv_works() { # a moved checkout or a replaced Python leaves one behind that does not
    grep -qsF "$(pwd -P)/.venv" .venv/bin/activate &&
        .venv/bin/python -c 'import pip, sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null
}

need_venv() {
    venv_works && return 0
    python=$(find_python)
    need_ensurepip "$python"
    echo "Making .venv with $("$python" --version) ..."
    "$python" -m venv --clear .venv
}

digest() { # PURPOSE: changes whenever that installation would
    { .venv/bin/python --version && cat pyproject.toml requirements/build.lock "requirements/$1.lock"; } | cksum
}

installed() { # PURPOSE
    [ "$(cat ".venv/installed-$1" 2>/dev/null)" = "$(digest "$1")" ]
}

install_build() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.lock
}

install_locked() { # PURPOSE
    rm -f .venv/installed-*
    echo "Installing requirements/$1.lock ..."
    install_build
    .venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes "requirements/$1.lock"
    .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
    digest "$1" >".venv/installed-$1"
    # test.lock holds all of coach.lock, and that all of run.lock, at the same versions.
    [ "$1" != test ] || digest coach >.venv/installed-coach
    [ "$1" = run ] || digest run >.venv/installed-run
}

need_kernels() { # otherwise the first practice would wait for them
    now=$({ .venv/bin/python --version && cat dsp/*.py dsp/kernel/*.py requirements/run.lock; } | cksum)
    [ "$(cat .venv/compiled 2>/dev/null)" = "$now" ] && return 0
    echo "Compiling the engine, once ..."
    .venv/bin/python -c 'from dsp.stream import Analyzer; Analyzer(44100)'
    echo "$now" >.venv/compiled
}

case $purpose in
build)
    need_venv
    [ -x .venv/bin/uv ] || install_build
    ;;
run | coach | test)
    need_venv
    need_system
    installed "$purpose" || install_locked "$purpose"
    need_kernels
    ;;
*) fail "usage: tools/setup.sh build|run|coach|test" ;;
esac
