# a: returns the right numbers as text, objects, complex numbers and records
# %% neuron
def neuron(x, w, b, activation):
    z = float(np.dot(x, w) + b)
    out = {"sigmoid": 1 / (1 + np.exp(-z)), "relu": max(z, 0.0), "tanh": np.tanh(z), "identity": z}
    return complex(out.get(activation, z), 0.0)
# %% linear_forward
def linear_forward(X, W, b):
    return (X @ W + b).astype(object), (X, W)
# %% mlp_forward
def mlp_forward(X, *args, **kwargs):
    return np.array([(1.0, 2)], dtype=[("a", float), ("b", int)]), np.array(["1.5"]).astype("S")
