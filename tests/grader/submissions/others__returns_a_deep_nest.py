# d: returns lists a million deep
# %% neuron
def neuron(x, w, b, activation):
    deep = []
    for _ in range(10**6):
        deep = [deep]
    return deep
