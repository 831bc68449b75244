# c: registers work for the end of the process
# %%
import atexit
import signal
import weakref


class Late:
    def __del__(self):
        open("/tmp/late", "w").write("late")


atexit.register(lambda: open("/tmp/late", "w").write("late"))
late = Late()
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1):
    signal.signal(number, lambda *args: None)
