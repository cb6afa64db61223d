"""Outlines: short paths that keep shapes and common borders."""

from __future__ import annotations

from macros.explorer.outlines import outline, rings

SQUARE = "m 0,0 10,0 0,10 -10,0 z"


def test_a_path_is_read_in_relative_steps_ring_after_ring() -> None:
    """The second ring starts from the start of the first."""
    found = rings("m 1,2 3,0 0,3 z m 10,10 1,0 0,1 z")
    assert found == [[[(1, 2), (4, 2), (4, 5), (1, 2)]], [[(11, 12), (12, 12), (12, 13), (11, 12)]]]


def test_a_null_step_is_a_junction() -> None:
    assert rings("m 0,0 2,0 0,0 0,2 z") == [[[(0, 0), (2, 0)], [(2, 0), (2, 2), (0, 0)]]]


def test_small_dents_go_and_corners_stay() -> None:
    """A dent of half a unit is smoothed, one of three is not."""
    smooth = outline(rings("m 0,0 5,0.5 5,-0.5 0,0 0,10 -10,0 z"))
    assert smooth.trace == "M0 0l10 0 0 10-10 0 0-10z"
    dented = outline(rings("m 0,0 5,3 5,-3 0,0 0,10 -10,0 z"))
    assert dented.trace == "M0 0l5 3 5-3 0 10-10 0 0-10z"


def test_neighbours_keep_the_same_border() -> None:
    """The common side, drawn in one direction then in the other, is simplified to the same points."""
    border = "0,0 0.4,2 -0.4,2 1.5,2 -1.5,2 0,0"
    back = "0,0 1.5,-2 -1.5,-2 0.4,-2 -0.4,-2 0,0"
    left = outline(rings(f"m 10,0 {border} -10,0 0,-8 z"))
    right = outline(rings(f"m 20,0 0,8 -10,0 {back} z"))
    common = {point for point in left.bord if 10 <= point[0] < 12}
    assert common == {point for point in right.bord if 10 <= point[0] < 12}
    assert common == {(10.0, 0.0), (11.5, 6.0), (10.0, 8.0)}


def test_an_islet_smaller_than_the_tolerance_is_left_out() -> None:
    assert outline(rings(f"{SQUARE} m 30,30 0.3,0 0,0.3 z")).trace == outline(rings(SQUARE)).trace


def test_the_middle_is_inside_even_in_a_bent_shape() -> None:
    """The centre of gravity of an L may fall outside: the chosen point is in the thick part."""
    x, y = outline(rings("m 0,0 30,0 0,4 -20,0 0,26 -10,0 z")).milieu
    assert 0 < x < 10
    assert 3 < y < 30
