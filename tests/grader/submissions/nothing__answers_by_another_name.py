# a: defines classes and lambdas that take anything
# %% neuron
class neuron:
    def __new__(cls, *args, **kwargs):
        return cls

    def __class_getitem__(cls, key):
        return 0.0
