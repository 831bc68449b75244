# d: a cell that ends the process before any answer is there
# %%
import os

os._exit(0)
