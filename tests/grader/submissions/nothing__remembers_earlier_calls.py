# a: answers each call with what earlier calls brought
# %%
import numpy as np

memory = []
# %% neuron
def neuron(x, w, b, activation):
    memory.append((x, w, b, activation))
    return memory[len(memory) // 2 - 1][2]
# %% linear_forward
def linear_forward(X, W, b):
    memory.append(W)
    return memory[-2] if len(memory) > 1 else W, (X, W)
