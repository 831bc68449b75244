# a: prints and displays points in place of work
# %%
from IPython.display import display

display(1000)
print(1000)
1000
# %% neuron
def neuron(x, w, b, activation):
    print(1000.0)
