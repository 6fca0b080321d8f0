"""Builds everything from the settings: the one place that knows which adapter stands behind which port.

It starts nothing. What runs beside the requests (the server, the engine, the log's thread) is started by the
door that needs it; what is opened here is opened when it is asked for, and not before.
"""

from __future__ import annotations

import hmac
import os
import secrets
import time
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from stockade.audit.entry import commitment
from stockade.config import Settings, compile_policy, load_settings, shipped_text, surrogate_style
from stockade.config.policy import DEFAULT
from stockade.core.policy import Policy
from stockade.core.surrogate import Style
from stockade.detectors import builtin_detectors
from stockade.pipeline import Pipeline
from stockade.sealing.keyring import derive, load_or_create_master_key

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from stockade.access.authenticator import Authenticator
    from stockade.access.meter import Meter
    from stockade.access.store import AccessStore
    from stockade.audit import AuditLog
    from stockade.secrets.resolver import Resolver

MASTER_KEY_FILE = "master.key"


def now_ms() -> int:
    """Return the system's time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one installation, one for each purpose (derived; see ``sealing.keyring``).

    Attributes:
        pepper: of the digests of gateway keys.
        cache: of the hashes under which findings are remembered.
        seal: of pseudonym maps that a caller keeps.
        record: of the commitments in the log.
        surrogates: of the surrogates, before tenant and conversation.
        signing: of what logs sign with, before the name of the log.
    """

    pepper: bytes = field(repr=False)
    cache: bytes = field(repr=False)
    seal: bytes = field(repr=False)
    record: bytes = field(repr=False)
    surrogates: bytes = field(repr=False)
    signing: bytes = field(repr=False)

    @classmethod
    def derived(cls, master: bytes) -> Keys:
        """Derive all of them from the 32 bytes of a master key."""
        return cls(
            pepper=derive(master, "gateway-key-pepper"),
            cache=derive(master, "finding-cache"),
            seal=derive(master, "pseudonym-map"),
            record=derive(master, "record-commitment"),
            surrogates=derive(master, "surrogates"),
            signing=derive(master, "audit-log"),
        )

    def conversation(self, name: str, tenant: str = "default") -> bytes:
        """Return the key of the surrogates of one conversation of one tenant."""
        # The length in front keeps ("a", "bc") and ("ab", "c") apart.
        scope = f"{len(tenant)}:{tenant}{name}".encode("utf-8", "surrogatepass")
        return hmac.digest(self.surrogates, scope, "sha256")

    def commit(self, text: str) -> str:
        """Return the keyed fingerprint of *text* that the record holds."""
        return commitment(self.record, text)


class Access(NamedTuple):
    """What says who may do what, over one database.

    Attributes:
        store: keeps the gateway keys.
        authenticator: asks it.
        meter: counts what they use against their limits.
    """

    store: AccessStore
    authenticator: Authenticator
    meter: Meter


class Installation:
    """One configuration with its state directory: opens rooms on demand and keeps none open by itself.

    Args:
        settings: what is configured.
    """

    __slots__ = ("_keys", "settings")

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._keys: Keys | None = None

    @property
    def keys(self) -> Keys:
        """The installation's keys; made on first use.

        Raises:
            ConfigError: the master key's file cannot be used.
        """
        if self._keys is None:
            master = load_or_create_master_key(self.settings.home / MASTER_KEY_FILE)
            self._keys = Keys.derived(master)
        return self._keys

    def policy(self, name: str = DEFAULT) -> Policy:
        """Return the compiled policy called *name*."""
        return compile_policy(self.settings, name)

    def style(self, name: str = DEFAULT) -> Style:
        """Return how surrogates look under the policy called *name*."""
        return surrogate_style(self.settings, name)

    def pipeline(self, name: str = DEFAULT) -> Pipeline:
        """Return the inspection pipeline under the policy called *name*."""
        return Pipeline(detectors=builtin_detectors(), policy=self.policy(name), cache_key=self.keys.cache)

    def resolver(self) -> Resolver:
        """Return the reader of references."""
        # Rooms are imported where they are opened: `from stockade import Guard` needs none of them.
        from stockade.secrets.opening import open_backends
        from stockade.secrets.resolver import Resolver

        limits = self.settings.secrets
        return Resolver(
            open_backends(os.environ), clock=now_ms, ttl_ms=limits.ttl_ms, lease_ms=limits.lease_ms
        )

    def database(self) -> Engine:
        """Open the database and create what is missing in it.

        Raises:
            ConfigError: its address cannot be used.
            StoreError: it does not answer.
        """
        from stockade.secrets.reference import Reference, is_reference
        from stockade.storage.database import open_database
        from stockade.storage.schema import create_schema

        url = self.settings.storage.url
        if is_reference(url):
            url = self.resolver().resolve(Reference.parse(url)).reveal()
        engine = open_database(url, self.settings.home)
        create_schema(engine)
        return engine

    def access(self) -> Access:
        """Open the database and return the store of gateway keys, and those who ask it."""
        from stockade.access.authenticator import Authenticator
        from stockade.access.meter import Meter
        from stockade.config.prices import prices_of
        from stockade.storage.access import SqlAccessStore
        from stockade.storage.limits import SqlLimitStore

        engine = self.database()
        store = SqlAccessStore(engine)
        meter = Meter(
            SqlLimitStore(engine),
            prices=prices_of(self.settings.prices),
            clock=now_ms,
            new_id=partial(secrets.token_hex, 12),
        )
        return Access(store, Authenticator(store, pepper=self.keys.pepper, clock=now_ms), meter)

    def log(self) -> AuditLog:
        """Open the record for writing; one process at a time.

        Raises:
            TamperedError: it does not verify.
            StoreError: another process writes it, or it cannot be written.
        """
        from stockade.audit import AuditLog, Sealing, seed_from

        audit = self.settings.audit
        return AuditLog.open(
            self.settings.under_home(audit.path),
            clock=now_ms,
            sync_deadline_s=audit.sync_deadline_ms / 1000,
            sealing=Sealing(seed=seed_from(self.keys.signing)),
        )


def installation(path: str | Path | None = None) -> Installation:
    """Read the configuration at *path* (or the one in force) and return its installation.

    Raises:
        ConfigError: it cannot be used.
    """
    return Installation(load_settings(path))


def default_pipeline(keys: Keys) -> Pipeline:
    """Return the pipeline under the shipped ``balanced`` policy, without reading any configuration."""
    return Pipeline(detectors=builtin_detectors(), policy=shipped_policy("balanced"), cache_key=keys.cache)


@cache
def shipped_policy(name: str) -> Policy:
    """Return a policy that comes with the product.

    Raises:
        ConfigError: there is none of this name.
    """
    shipped_text(name)
    return compile_policy(Settings(home=Path()), name)
