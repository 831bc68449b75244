# d: one operation on integers that takes hours
# %% neuron
def neuron(x, w, b, activation):
    return (3 ** (10**8)) % (7 ** (10**7))
