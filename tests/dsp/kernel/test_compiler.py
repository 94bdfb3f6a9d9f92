import types

import numpy as np
import pytest

from dsp.kernel import compiler


def defined(name, body):
    """A function of a source that is no file, so that Numba has no place to keep it."""
    space = {}
    exec(f"def {name}(samples):\n    return {body}", space)
    return space[name]


def test_what_can_not_be_kept_is_compiled_all_the_same(caplog):
    caplog.set_level("INFO")
    twice = compiler.kernel(defined("twice", "2 * samples.sum()"), "0", np.zeros(1))
    assert twice(np.ones(3)) == 6.0
    assert "can't be kept" in caplog.text


def test_what_does_not_compile_is_an_import_error():
    with pytest.raises(ImportError, match="the kernel wrong does not compile"):
        compiler.kernel(defined("wrong", "samples.no_such_thing"), "0", np.zeros(1))


def test_a_kernel_takes_the_types_it_was_compiled_for_and_no_others():
    total = compiler.kernel(defined("total", "samples.sum()"), "0", np.zeros(1, np.float32))
    with pytest.raises(TypeError, match="different type"):
        total(np.zeros(1, np.float64))


def test_the_digest_is_of_the_sources(tmp_path, monkeypatch):
    def module(source):
        (tmp_path / "one.py").write_text(source, encoding="utf-8")
        made = types.ModuleType("one")
        made.__file__ = str(tmp_path / "one.py")
        monkeypatch.setattr("linecache.cache", {})
        return made

    before = compiler.digest(module("A = 1\n"))
    assert compiler.digest(module("A = 1\n")) == before
    assert compiler.digest(module("A = 2\n")) != before
