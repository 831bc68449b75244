"""Sets up the course on a machine that has nothing but Python, then runs one of its commands.

    python grader/bootstrap.py lab|test|build|... [ARGS]   set up if needed, then run `course ...`
    python grader/bootstrap.py setup                       set up only
    python grader/bootstrap.py link                        use the active environment (conda)
    python grader/bootstrap.py lock [ARGS]                 write requirements.lock anew

This file runs before anything is installed, so it imports the standard library alone.
"""

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
WINDOWS = os.name == "nt"
LOCK = "requirements.lock"
MARKER = "course-installed"
COMPILE = (
    "pip compile pyproject.toml --all-extras --universal --generate-hashes --no-emit-index-url"
).split()


class SetupError(Exception):
    """The set-up cannot go on; the message says why and what to do."""


class Environment:
    """The folder .venv of the repository.

    Parameters
    ----------
    root : Path
        The repository.
    """

    def __init__(self, root=ROOT):
        self.root = root
        self.folder = root / ".venv"
        self.bin = self.folder / ("Scripts" if WINDOWS else "bin")
        self.python = self.bin / ("python.exe" if WINDOWS else "python")
        self.marker = self.folder / MARKER

    def fingerprint(self):
        """Return what the environment was made from: the lock, and the folder it cannot leave."""
        return f"{hashlib.sha256((self.root / LOCK).read_bytes()).hexdigest()} {self.root}\n"

    def is_ready(self):
        """Say whether the lock of today has been installed to the end."""
        return self._marked() == self.fingerprint() and self.python.exists()

    def works(self):
        """Say whether its Python starts, is new enough, has pip and lies where it was made."""
        marked = self._marked()
        if marked and marked.partition(" ")[2] != f"{self.root}\n":
            return False
        return _succeeds(
            [self.python, "-c", f"import sys, pip; assert sys.version_info >= {OLDEST}"]
        )

    def _marked(self):
        try:
            return self.marker.read_text(encoding="utf-8")
        except OSError:
            return ""

    def site(self):
        """Return the folder its packages lie in."""
        purelib = "import sysconfig; print(sysconfig.get_path('purelib'))"
        return Path(subprocess.check_output([self.python, "-c", purelib], text=True).strip())

    def variables(self):
        """Return the variables of a process that runs in it, its programs first on the PATH."""
        # nbgrader calls `alembic` by its name alone.
        path = os.pathsep.join([str(self.bin), os.environ.get("PATH", os.defpath)])
        kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PATH")}
        return {**kept, "PATH": path, "VIRTUAL_ENV": str(self.folder)}


def main(arguments):
    """Run one command and return its exit status."""
    command, *rest = arguments or ["help"]
    if command in ("help", "-h", "--help"):
        print(__doc__)
        return 0
    try:
        if command == "link":
            link_active()
            return 0
        environment = Environment()
        set_up(environment)
        if command == "setup":
            print("The course is set up. Start it with: make lab")
            return 0
        if command == "lock":
            return write_lock(environment, rest)
        return run(environment, command, rest)
    except SetupError as problem:
        print(f"\nSet-up stopped: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next start goes on from here.", file=sys.stderr)
        return 130


def set_up(environment):
    """Make the environment and install the lock, unless that was done before."""
    if environment.is_ready():
        return
    _require_python()
    print("Setting up the course in .venv (once, some minutes at most) ...", flush=True)
    try:
        if not environment.works():
            make(environment)
        # Without its marker an interrupted installation is repeated.
        environment.marker.unlink(missing_ok=True)
        install(environment)
        link(environment.site(), environment.bin, environment.python, environment.root)
        environment.marker.write_text(environment.fingerprint(), encoding="utf-8")
    except PermissionError as problem:
        raise SetupError(f"this folder cannot be written to: {problem.filename}") from None
    except OSError as problem:
        raise SetupError(f"{problem.strerror}: {problem.filename or environment.folder}") from None


def make(environment):
    """Create an empty environment with pip, in place of one that is broken."""
    if environment.folder.exists():
        print("The folder .venv is not usable (half made, or its Python is gone): making it anew.")
    uv = shutil.which("uv")
    if importlib.util.find_spec("ensurepip"):
        said = _output_of([sys.executable, "-m", "venv", "--clear", environment.folder])
    elif uv:
        whole = [uv, "venv", "--seed", "--clear", "--python", sys.executable, environment.folder]
        said = _output_of(whole)
    else:
        version = "{}.{}".format(*sys.version_info)
        raise SetupError(
            "this Python has no complete `venv` module. On Debian and Ubuntu install it with\n"
            f"    sudo apt install python{version}-venv"
        )
    if said or not environment.works():
        raise SetupError(explain(said or "", "the folder .venv could not be made."))


def install(environment):
    """Install the lock with uv, or with pip where uv is not to be had."""
    lock = environment.root / LOCK
    uv = shutil.which("uv") or _own_uv(environment)
    if uv:
        # A terminal gets progress bars; a log would get a line for each package.
        quiet = [] if sys.stderr.isatty() else ["--quiet"]
        whole = [uv, "pip", "install", *quiet, "--python", environment.python]
        if subprocess.run([*whole, "--require-hashes", "-r", lock], check=False).returncode == 0:
            return
    print("Installing with pip, which takes a little longer ...", flush=True)
    said = _output_of([*_pip(environment), "--require-hashes", "-r", lock])
    if said:
        raise SetupError(explain(said))


def _own_uv(environment):
    """Install uv into the environment, at the version and hashes of the lock."""
    pinned = uv_requirement((environment.root / LOCK).read_text(encoding="utf-8"))
    if not pinned:
        return None
    wanted = environment.folder / "uv.txt"
    wanted.write_text(pinned, encoding="utf-8")
    said = _output_of([*_pip(environment), "--no-deps", "--require-hashes", "-r", wanted])
    wanted.unlink()
    if re.search(UNREACHABLE, said):
        raise SetupError(explain(said))
    return None if said else environment.bin / ("uv.exe" if WINDOWS else "uv")


def _pip(environment):
    whole = [environment.python, "-m", "pip", "install", "--disable-pip-version-check"]
    return [*whole, "--retries", "2", "--progress-bar", "off"]


def uv_requirement(lock):
    r"""Return the lines of a lock that pin uv.

    >>> print(uv_requirement("attrs==1.0\nuv==2.0 \\\n    --hash=sha256:ab\n    # via x\n"))
    uv==2.0 \
        --hash=sha256:ab
    """
    found = re.search(r"^uv==.*(?:\n +--hash.*)*", lock, re.MULTILINE)
    return found[0] if found else ""


UNREACHABLE = (
    r"name resolution|NewConnectionError|Failed to establish|getaddrinfo|Max retries|timed out"
    r"|ProxyError|Network is unreachable|Connection refused"
)
EXPLANATIONS = (
    (
        r"No space left|Errno 28|not enough space",
        "the disk is full; the course needs about 1 GB.",
    ),
    (
        r"HASHES? .*DO NOT MATCH|DO NOT MATCH THE HASHES",
        "a downloaded file is not the one that was tested (its hash differs). Try again; if it\n"
        "happens again, something between you and the package index changes files.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "the package index could not be trusted (certificate). Behind a company's proxy, set\n"
        "SSL_CERT_FILE and PIP_CERT to its certificate file.",
    ),
    (
        UNREACHABLE,
        "the package index could not be reached. Set-up needs the network once; check the\n"
        "connection (or the variables HTTPS_PROXY, PIP_INDEX_URL) and start again.",
    ),
    (
        r"Permission denied|Errno 13|Access is denied",
        "a file in .venv could not be written. Close programs that use it, or delete .venv, and\n"
        "start again.",
    ),
    (
        r"No matching distribution|Failed building wheel|No module named 'mesonpy'|Failed to build",
        "a package has no ready-made file for this Python ({version}) or system. Python 3.11 to\n"
        "3.14 work on Linux, macOS and Windows; start with one of these.",
    ),
)


def explain(said, otherwise="the packages could not be installed."):
    """Return what an installer's output means, as a sentence to act on.

    >>> print(explain("OSError: [Errno 28] No space left on device"))
    the disk is full; the course needs about 1 GB.
    <BLANKLINE>
        OSError: [Errno 28] No space left on device
    """
    known = (sentence for pattern, sentence in EXPLANATIONS if re.search(pattern, said))
    sentence = next(known, otherwise).format(version="{}.{}".format(*sys.version_info))
    end = "\n".join("    " + line for line in said.strip().splitlines()[-8:])
    return f"{sentence}\n\n{end}".rstrip()


def link(site, scripts, python, root=ROOT):
    """Make the repository importable in an environment and put the `course` command there.

    Parameters
    ----------
    site, scripts : Path
        The environment's folders of packages and of programs.
    python : Path
        The environment's Python.
    root : Path
        The repository.
    """
    (site / "course_root.pth").write_text(f"{root}\n", encoding="utf-8")
    # -P: a learner's own numpy.py in the working directory must not be taken for NumPy.
    if WINDOWS:
        python = os.path.relpath(python, scripts)
        (scripts / "course.cmd").write_text(f'@"%~dp0{python}" -P -m grader %*\n')
        return
    launcher = scripts / "course"
    launcher.write_text(f'#!/bin/sh\nexec "$(dirname "$0")/{python.name}" -P -m grader "$@"\n')
    launcher.chmod(0o755)


def link_active():
    """Link the environment whose Python this is, for those who made one of their own."""
    _require_python()
    site, scripts = Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("scripts"))
    try:
        link(site, scripts, Path(sys.executable))
    except OSError as problem:
        raise SetupError(
            f"{problem.filename} cannot be written. `link` is for an environment of your own; "
            "activate it first."
        ) from None
    print("This environment now has the `course` command. Start with: course lab")


def run(environment, command, arguments):
    """Run ``course COMMAND ARGUMENTS`` in the environment and return its exit status."""
    whole = [environment.python, "-P", "-m", "grader", command, *arguments]
    return become([str(part) for part in whole], environment.variables())


def write_lock(environment, arguments):
    """Compile requirements.lock from pyproject.toml; ``--upgrade`` takes newer versions."""
    uv = shutil.which("uv", path=environment.variables()["PATH"])
    if uv is None:
        raise SetupError("`lock` needs uv, and it is not installed.")
    whole = [uv, *COMPILE, "--python-version", "3.11", "--output-file", LOCK, "--quiet", *arguments]
    variables = {**environment.variables(), "UV_CUSTOM_COMPILE_COMMAND": "make lock"}
    return subprocess.run(whole, env=variables, cwd=environment.root, check=False).returncode


def become(whole, variables):
    """Go on as another program, with this one's terminal; return its exit status on Windows."""
    if not WINDOWS:
        sys.stdout.flush()
        os.execve(whole[0], whole, variables)
    # Windows has no exec: wait, and leave Ctrl-C to the program that was started.
    child = subprocess.Popen(whole, env=variables)
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            return child.wait()


def _require_python():
    if sys.version_info >= OLDEST:
        return
    newer = (f"python3.{minor}" for minor in range(14, OLDEST[1] - 1, -1))
    found = next(filter(shutil.which, newer), None)
    raise SetupError(
        "Python {}.{} or newer is needed, this is {}.{}. ".format(*OLDEST, *sys.version_info[:2])
        + ("A newer one is here:" if found else "Install one, then name it:")
        + f"\n    make lab PYTHON={found or 'python3.12'}"
    )


def _succeeds(whole):
    try:
        return subprocess.run(whole, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _output_of(whole):
    """Run a program with a dot for each package; return "" if it worked, else what it said."""
    with subprocess.Popen(
        whole,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as program:
        said = []
        for line in program.stdout:
            said.append(line)
            print("." * line.startswith("Collecting"), end="", flush=True)
    print("\n" * any(line.startswith("Collecting") for line in said), end="")
    return "".join(said) + " " if program.returncode else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
