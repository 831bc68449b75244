# d: returns a generator without an end
# %% neuron
def neuron(x, w, b, activation):
    import itertools

    return itertools.count()
