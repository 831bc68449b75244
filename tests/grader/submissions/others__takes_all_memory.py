# d: asks for more memory than there is
# %% neuron
def neuron(x, w, b, activation):
    kept = []
    while True:
        kept.append(np.ones(10**7))
