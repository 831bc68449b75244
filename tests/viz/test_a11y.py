"""Tests of viz.a11y: that Python and the page mean the same names; tests/browser runs the page."""

import re

import ipywidgets as widgets

from viz.a11y import BOX, STATUS, Keyboard, make_accessible


def test_glue_knows_the_classes_it_looks_for():
    assert f'".{BOX}"' in Keyboard._esm
    assert f'".{STATUS}"' in Keyboard._esm


def test_what_the_page_asks_for_is_sent_to_it():
    asked = set(re.findall(r'model\.get\("(\w+)"\)', Keyboard._esm))

    assert asked
    assert asked <= Keyboard.class_traits(sync=True).keys()


def test_a_box_keeps_its_children_and_gets_the_glue():
    box = widgets.VBox([widgets.Button()])

    assert make_accessible(box, "A picture") is box
    button, glue = box.children
    assert isinstance(button, widgets.Button)
    assert glue.alt == "A picture"
    assert BOX in box._dom_classes
