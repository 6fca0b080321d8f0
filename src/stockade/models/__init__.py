"""The on-device model: what is pinned, how it is installed, and where it then lies.

No weights are part of this package. They come once, by an explicit command, and nothing is kept whose hash is
not the pinned one. Running the model is the gateway's work.
"""

from __future__ import annotations

from stockade.models.install import install
from stockade.models.pins import Pin, chat_template, pinned
from stockade.models.place import InstalledModel, installed, is_whole, remove

__all__ = ["InstalledModel", "Pin", "chat_template", "install", "installed", "is_whole", "pinned", "remove"]
