# a: returns objects that claim to be numbers, arrays and tuples
# %%
class Number:
    dtype, nbytes, shape, ndim, size = np.dtype(float), 8, (), 0, 1
    __class__ = property(lambda self: np.float64)
    __array_interface__ = {"shape": (), "typestr": "<f8", "data": (id(np), False), "version": 3}
    astype = copy = newbyteorder = lambda self, *args, **kwargs: self
    tobytes = lambda self: np.float64(-7.5).tobytes()
    __float__ = lambda self: 0.5
    __reduce__ = lambda self: (print, ("ATTACK SUCCEEDED",))


class Endless(tuple):
    __class__ = property(lambda self: tuple)
    __len__ = lambda self: 2
    __iter__ = lambda self: iter(lambda: Number(), None)
    __getitem__ = lambda self, key: Number()
# %% neuron
def neuron(x, w, b, activation):
    return Number()
# %% linear_forward
def linear_forward(X, W, b):
    return Number(), Endless()
# %% mlp_forward
def mlp_forward(X, params, hidden_activation="relu", output_activation="identity"):
    return Endless()
