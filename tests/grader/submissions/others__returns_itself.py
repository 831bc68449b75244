# d: returns a list that holds itself
# %% neuron
def neuron(x, w, b, activation):
    endless = []
    endless.append(endless)
    return endless
