# d: prints a gigabyte
# %%
for _ in range(20_000):
    print("x" * 50_000)
# %%
import os
import sys

for descriptor in (1, 2):
    for _ in range(10_000):
        os.write(descriptor, b"x" * 65536)
sys.__stdout__.write("x" * 10**7)
