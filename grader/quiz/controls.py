"""The input of each kind of question, from core widgets.

A control has ``widget``, ``value`` (what the learner has put in, for `Question.read`) and
``restore(value)``.
"""

import ipywidgets as widgets

from grader.quiz.render import inline, to_text

WIDE = {"width": "auto", "max_width": "50em"}


class Radios:
    """One of several options."""

    def __init__(self, question):
        options = [(f"{x}. {to_text(o.text)}", x) for x, o in question.lettered.items()]
        self.widget = widgets.RadioButtons(options=options, value=None, layout=WIDE)

    @property
    def value(self):
        """The chosen letter, empty if none."""
        return self.widget.value or ""

    def restore(self, value):
        """Choose a letter."""
        self.widget.value = value


class Ticks:
    """Any number of options."""

    def __init__(self, labels):
        self.boxes = {
            key: widgets.Checkbox(description=label, indent=False, layout=WIDE)
            for key, label in labels.items()
        }
        self.widget = widgets.VBox(list(self.boxes.values()))

    @property
    def ticked(self):
        """The keys of the ticked boxes."""
        return [key for key, box in self.boxes.items() if box.value]

    @property
    def value(self):
        """The ticked letters."""
        return "".join(self.ticked)

    def restore(self, value):
        """Tick the boxes in `value`."""
        for key, box in self.boxes.items():
            box.value = key in value


class Fields:
    """One line of text for each part."""

    def __init__(self, question):
        labels = [self._label(part) for part in question.parts]
        # Labels of one width, so that the fields stand below one another.
        style = {"description_width": f"{max(map(len, labels)) * 0.55 + 1:.1f}em"}
        self.fields = [
            widgets.Text(
                description=label,
                continuous_update=False,
                style=style,
                layout={"width": "auto", "max_width": "32em"},
            )
            for label in labels
        ]
        self.widget = widgets.VBox(self.fields)

    @staticmethod
    def _label(part):
        unit = getattr(part, "unit", "")
        return f"{to_text(part.name)}{f' ({unit})' if unit else ''}"

    @property
    def value(self):
        """The texts typed."""
        return [field.value for field in self.fields]

    def restore(self, value):
        """Fill in the fields."""
        for field, text in zip(self.fields, value, strict=True):
            field.value = text


class Order:
    """Rows with an Up and a Down button.

    The labels are repainted and the buttons stay, so that the focus stays where it was.
    """

    def __init__(self, question, say):
        self._steps, self._say = question.lettered, say
        self._letters = list(self._steps)
        self._labels = [widgets.HTML() for _ in self._letters]
        self.widget = widgets.VBox([self._row(place) for place in range(len(self._letters))])
        self._paint()

    def _row(self, place):
        last = len(self._letters) - 1
        up = self._button("Up", place, -1, disabled=place == 0)
        down = self._button("Down", place, 1, disabled=place == last)
        return widgets.HBox([up, down, self._labels[place]], layout={"align_items": "center"})

    def _button(self, name, place, by, disabled):
        way = name.lower()
        button = widgets.Button(
            description=name,
            tooltip=f"Move step {place + 1} {way}",
            disabled=disabled,
            layout={"width": "4.5em", "flex": "0 0 auto"},
        )
        button.on_click(lambda _: self._move(place, place + by))
        return button

    def _move(self, here, there):
        letters = self._letters
        letters[here], letters[there] = letters[there], letters[here]
        self._paint()
        self._say(f"Step {letters[there]} is now number {there + 1} of {len(letters)}.")

    def _paint(self):
        for place, (label, letter) in enumerate(zip(self._labels, self._letters, strict=True), 1):
            label.value = f"{place}. &ensp;<b>{letter}.</b> {inline(self._steps[letter])}"

    @property
    def value(self):
        """All letters in the present order."""
        return "".join(self._letters)

    def restore(self, value):
        """Put the steps in the order of `value`."""
        self._letters[:] = value
        self._paint()


class Bug:
    """The number of a line, and the reason."""

    def __init__(self, question):
        self.line = widgets.Text(
            description="Line",
            placeholder="number",
            continuous_update=False,
            style={"description_width": "auto"},
            layout={"width": "10em"},
        )
        self.reason = Radios(question)
        self.widget = widgets.VBox([self.line, self.reason.widget])

    @property
    def value(self):
        """The line as typed and the letter of the reason."""
        return {"line": self.line.value, "why": self.reason.value}

    def restore(self, value):
        """Fill in the line and choose the reason."""
        self.line.value = str(value["line"])
        self.reason.restore(value["why"])


class Essay:
    """A text and, once there is one, the rubric to tick."""

    def __init__(self, question):
        self.text = widgets.Textarea(
            placeholder="Your answer, as you would say it",
            continuous_update=False,
            rows=6,
            layout={"width": "auto", "max_width": "50em"},
        )
        rubric = {n: to_text(line) for n, line in enumerate(question.rubric, 1)}
        self.rubric = Ticks(rubric)
        heading = widgets.HTML("<b>Tick what your answer contains, then press Check again.</b>")
        self.marking = widgets.VBox([heading, self.rubric.widget], layout={"display": "none"})
        self.widget = widgets.VBox([self.text, self.marking])

    @property
    def value(self):
        """The text and the ticked lines."""
        return {"text": self.text.value, "rubric": self.rubric.ticked}

    def restore(self, value):
        """Fill in the text, tick the lines and show them."""
        self.text.value = value["text"]
        self.rubric.restore(value["rubric"])
        self.marking.layout.display = ""


def control_for(question, say):
    """Return the control for a question; `say` announces a move."""
    if question.kind == "single":
        return Radios(question)
    if question.kind == "multi":
        return Ticks({x: f"{x}. {to_text(o.text)}" for x, o in question.lettered.items()})
    if question.kind == "order":
        return Order(question, say)
    return {"numeric": Fields, "shapes": Fields, "bug": Bug, "text": Essay}[question.kind](question)
