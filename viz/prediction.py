"""Ask for a guess before a figure may be explored: what is predicted first is remembered better."""

import ipywidgets as widgets


def predict_first(explorer, question, options, feedback):
    """Keep an explorer's controls locked until a question is answered.

    Parameters
    ----------
    explorer : Explorer
        Gets the question above its controls.
    question : str
        What will happen when a control moves.
    options : sequence of str
        The guesses to choose from.
    feedback : str
        Said after the guess, whichever it was: what to try now.

    Returns
    -------
    explorer : Explorer
        The same one.
    """
    guess = widgets.RadioButtons(
        options=list(options), value=None, description="", layout=widgets.Layout(width="auto")
    )
    said = widgets.HTML()
    said.add_class("course-status")
    explorer.lock(locked=True)

    def unlock(change):
        said.value = f"<p>You predict: {change['new']}. {feedback}</p>"
        explorer.lock(locked=False)

    guess.observe(unlock, "value")
    asked = widgets.HTML(f"<p><strong>Predict first.</strong> {question}</p>")
    explorer.children = (widgets.VBox([asked, guess, said]), *explorer.children)
    return explorer
