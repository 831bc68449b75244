# d: a cell of its own that does not end; the others still run
# %%
while True:
    pass
