# d: recurses without an end
# %% neuron
def neuron(x, w, b, activation):
    import sys

    sys.setrecursionlimit(10**9)
    return neuron(x, w, b, activation)
