# c: raises errors whose names and texts control a terminal, fill a page or fail to be read
# %%
raise type("\x1b[2J\x1b[1;1H<script>alert('own')</script>", (Exception,), {})("\x1b]0;own\x07" * 10**5)
# %%
class Unreadable(Exception):
    __str__ = __repr__ = lambda self: 1 / 0


raise Unreadable
# %%
raise type("É" * 90, (Exception,), {})("[bold red]9 of 9[/] \u202e")
# %%
print("\x1b[1A\x1b[2K\x9b31m")
raise KeyboardInterrupt
