# d: crashes the interpreter
# %% neuron
def neuron(x, w, b, activation):
    import ctypes

    ctypes.string_at(0)
