"""What is rotated: one reference, by one driver, how often, and how patiently."""

from __future__ import annotations

from dataclasses import dataclass, field

from stockade.secrets.reference import Reference
from stockade.secrets.rotation.driver import Access

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Target:
    """One key that is rotated.

    Attributes:
        name: what it is called.
        driver: who issues it.
        reference: where its value is kept and published.
        access: what the driver needs.
        every_ms: how often.
        propagation_ms: how long after publishing somebody may still use the old key; longer than values are
            remembered anywhere.
        quiet_ms: how long the old key must then have been silent.
        probe_suffices: revoke also where nobody can say whether the old key is still in use.
        current_key: the id of the key in use, where the provider cannot tell it by its value.
    """

    name: str
    driver: str
    reference: Reference
    access: Access = field(repr=False)
    every_ms: int = 90 * DAY_MS
    propagation_ms: int = 300_000
    quiet_ms: int = 300_000
    probe_suffices: bool = False
    current_key: str = ""
