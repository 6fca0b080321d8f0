"""What the on-device engine is started with, how patiently, and where it then listens.

Values and their checks; nothing is started, opened or looked up here but whether the built-in model is there.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from stockade.core.errors import ConfigError
from stockade.models import chat_template, installed

_THREADS_MAX = 8


def _threads() -> int:
    """Return half of the processors this process may use.

    The engine's threads wait for each other at every step: one too many on a busy machine, and an answer took
    seven times the processor time. The gateway needs the rest.
    """
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(1, min(_THREADS_MAX, usable // 2))


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What to load and how much of this machine it may use.

    Attributes:
        model_path: a GGUF file.
        sha256: its hash, enforced before each load; empty to load the file as it is.
        threads: threads that compute.
        context_tokens: the longest conversation; an answer may be half of it.
        parallel: requests answered at the same time; they share the context.
        chat_template: the conversation's format (Jinja); empty for the one inside the file.
    """

    model_path: Path
    sha256: str = ""
    threads: int = field(default_factory=_threads)
    context_tokens: int = 4096
    parallel: int = 2
    chat_template: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse what no engine can be started with.

        Raises:
            ConfigError: a number is out of range, or the hash is not a SHA-256.
        """
        bounds = (("threads", 1, 256), ("context_tokens", 64, 1_048_576), ("parallel", 1, 64))
        for name, least, most in bounds:
            if not least <= getattr(self, name) <= most:
                raise ConfigError(f"`{name}` of the on-device model must be from {least} to {most}")
        if self.sha256 and not (len(self.sha256) == 64 and set(self.sha256) <= set("0123456789abcdef")):
            raise ConfigError("`sha256` of the on-device model must be 64 hex digits in lower case")

    @classmethod
    def builtin(cls, home: Path) -> EngineSettings:
        """Return the settings for the installed built-in model.

        Raises:
            ConfigError: it is not installed.
        """
        model = installed(home)
        if model is None:
            raise ConfigError("the on-device model is not installed", hint="run: stockade local install")
        return cls(model.path, model.sha256, chat_template=chat_template())


@dataclass(frozen=True, slots=True)
class Pace:
    """How patiently the engine is restarted.

    Attributes:
        load_s: how long one start may take.
        delay_s, delay_max_s: the pause before a restart, doubled each time.
        deaths_max, window_s: so many deaths within so long, and it is given up.
        stop_s: how long the child may take to leave before it is killed.
    """

    load_s: float = 120.0
    delay_s: float = 0.5
    delay_max_s: float = 30.0
    deaths_max: int = 5
    window_s: float = 300.0
    stop_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the engine listens, until it is restarted."""

    host: str
    port: int
    api_key: str = field(repr=False)
    path_prefix: str = "/v1"
