"""The policies that come with the product, as data files.

It only finds and reads them; what they mean is compiled in ``policy`` like any other.
"""

from __future__ import annotations

from importlib.resources import files

SHIPPED_POLICIES = ("strict", "balanced", "monitor")


def shipped_text(name: str) -> str:
    """Return the file of a shipped policy.

    Raises:
        KeyError: there is none of this name.
    """
    if name not in SHIPPED_POLICIES:
        raise KeyError(name)
    return (files("stockade.config") / "policies" / f"{name}.yaml").read_text("utf-8")
