"""Replace a gateway key by a new one with the same rights; the old one works on until its grace ends.

It hands the new text out once, like every minting; where it goes from there is the caller's business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from stockade.access.key import GatewayKey, KeyRequest, MintedKey, mint
from stockade.access.store import AccessStore
from stockade.core.errors import ConfigError

GRACE_MS = 48 * 3_600_000
GRACE_MS_MAX = 30 * 86_400_000


@dataclass(frozen=True, slots=True)
class Minting:
    """What it takes to make a key.

    Attributes:
        pepper: the key of the digests.
        entropy: gives random bytes.
        clock: milliseconds since 1970.
    """

    pepper: bytes = field(repr=False)
    entropy: Callable[[int], bytes]
    clock: Callable[[], int]


def succeed(
    store: AccessStore, key_id: str, *, minting: Minting, grace_ms: int = GRACE_MS
) -> tuple[GatewayKey, MintedKey]:
    """Make the successor of a key and let the old one expire after *grace_ms*.

    A key that expires gets a successor that lives as long as it was made for.

    Raises:
        ConfigError: there is no such key, or the grace is out of bounds.
        StoreError: it was revoked or replaced already, or the store cannot answer.
    """
    if not 0 <= grace_ms <= GRACE_MS_MAX:
        raise ConfigError("a key cannot be replaced with this grace", hint="give from 0 to 30 days")
    old = store.find(key_id)
    if old is None:
        raise ConfigError("there is no such gateway key", hint="list the keys")
    now_ms = minting.clock()
    lifetime_ms = max(old.expires_at_ms - old.created_at_ms, 1)
    request = KeyRequest(
        key_class=old.key_class,
        tenant=old.tenant,
        name=old.name,
        models=old.models,
        expires_at_ms=now_ms + lifetime_ms if old.expires_at_ms else 0,
        requests_per_minute=old.requests_per_minute,
        owner=old.owner,
        scope=old.scope,
        limits=old.limits,
    )
    key, text = mint(request, pepper=minting.pepper, entropy=minting.entropy, now_ms=now_ms)
    store.supersede(old.id, key, now_ms + grace_ms)
    return key, text
