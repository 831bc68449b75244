# d: returns an array too large for any message
# %% neuron
def neuron(x, w, b, activation):
    return np.zeros(10**8, dtype=np.int8)
