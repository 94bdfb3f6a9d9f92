import io

import pytest
from rich.console import Console

from workbench.scoring.table import show

WIDTH = 80


@pytest.fixture
def printed(scored):
    """The report as a narrow terminal shows it."""
    out = io.StringIO()
    show(scored.report, scored.cost, Console(file=out, width=WIDTH))
    return out.getvalue()


def test_nothing_is_cut_off_in_a_narrow_terminal(printed):
    assert "\N{HORIZONTAL ELLIPSIS}" not in printed
    assert max(len(line) for line in printed.splitlines()) <= WIDTH


def test_each_group_has_a_row_in_both_tables(printed, scored):
    for name in scored.report.groups:
        assert sum(line.startswith(name) for line in printed.splitlines()) >= 2


def test_the_worst_take_says_what_was_missed(printed):
    (line,) = [line for line in printed.splitlines() if line.startswith("short")]
    assert line.split() == ["short", "5", "1:", "1.80", "D3", "-"]
