"""A short run of the fuzz, the same each time; `make fuzz` is the long one."""

from __future__ import annotations

from tests.fuzz import run


def test_damaged_files_do_no_harm() -> None:
    """300 real files damaged at random: no crash, no silence, no dangerous page."""
    seen = run(300, fixed=True)
    assert sum(seen.values()) >= 250 and set(seen) == {"acceptés", "refusés"}, seen
