"""Tests of viz.shapes."""

import viz


def test_shapes_stand_below_their_boxes(ax, written):
    viz.draw_shapes(
        ax, [viz.Box("X", 4, 3), "@", viz.Box("W", 3, 2, "parameter"), "+", viz.Box("b", 0, 2)]
    )

    assert written() == ["X", "(4, 3)", "@", "W", "(3, 2)", "+", "b", "(2,)"]


def test_large_arrays_are_drawn_small_and_named_in_full(ax, written):
    viz.draw_shapes(ax, [viz.Box("X", 128, 784)])

    assert written() == ["X", "(128, 784)"]
    assert len(ax.patches) == 6 * 6 + 1


def test_letters_may_stand_for_sizes(ax, written):
    viz.draw_shapes(ax, [viz.Box("X", 4, 3, shape="(N, D)")])

    assert "(N, D)" in written()


def test_signs_and_boxes_do_not_touch(ax):
    viz.draw_shapes(ax, [viz.Box("X", 4, 3), "@", viz.Box("W", 3, 2)])

    outlines = [patch for patch in ax.patches if not patch.get_fill()]
    (x_box, w_box), sign = outlines, ax.texts[2].get_position()[0]
    assert x_box.get_x() + x_box.get_width() < sign < w_box.get_x()


def test_an_array_of_one_axis_is_one_row(ax):
    box = viz.Box("b", 0, 2)

    assert (box.size, box.caption) == ((2, 1), "(2,)")
