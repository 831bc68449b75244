# d: a regular expression that never gives the interpreter back
# %% neuron
def neuron(x, w, b, activation):
    import re

    return re.match("(a+)+$", "a" * 64 + "b")
