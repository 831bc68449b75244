# d: does not return
# %% neuron
def neuron(x, w, b, activation):
    while True:
        pass
