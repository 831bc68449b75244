# d: does not return and swallows every interrupt
# %% neuron
def neuron(x, w, b, activation):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
