"""How much one submission may use. Both sides read this file."""

from dataclasses import asdict, dataclass

MEGABYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """What one learner's process may use, and what the grader reads of it."""

    memory: int = 1280 * MEGABYTE
    """Address space in bytes, the interpreter and its libraries included."""
    cpu_seconds: int = 200
    """Processor time in all."""
    cell_seconds: float = 20.0
    """Time of one cell; the cells after it still run."""
    cells_seconds: float = 60.0
    """Time of all cells together; after that nothing of the submission runs."""
    calls_seconds: float = 120.0
    """Time of all calls together."""
    file_bytes: int = 16 * MEGABYTE
    folder_bytes: int = 32 * MEGABYTE
    """What fits in the private folder."""
    folder_files: int = 1000
    open_files: int = 64
    output: int = 4000
    """Characters kept of what one cell prints."""
    reply_bytes: int = 8 * MEGABYTE
    """Size of one message to the grader."""
    replies_bytes: int = 256 * MEGABYTE
    """Size of all of them together."""
    grace: float = 2.0
    """Seconds past a limit before the process is killed from outside."""

    def __post_init__(self):
        """Refuse what would switch a limit off."""
        for name, value in asdict(self).items():
            if not value > 0:
                raise ValueError(f"the limit {name} must be above zero, not {value}")
