# f: fetches a page of this machine and of others
# %%
import urllib.request

for address in ("http://127.0.0.1:CANARY_PORT/", "http://198.51.100.1/", "http://[::1]:80/"):
    try:
        urllib.request.urlopen(address, timeout=2)
    except (OSError, ValueError):
        continue
    raise RuntimeError("ATTACK SUCCEEDED")
