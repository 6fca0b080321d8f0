"""Builds what drives rotations from a configuration, and says what each would do. It drives nothing."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from stockade.access.succession import Minting
from stockade.bootstrap import Installation, now_ms
from stockade.config.rotation import RotationTarget
from stockade.core.errors import ConfigError, StockadeError
from stockade.secrets.https import Web
from stockade.secrets.opening import open_backends
from stockade.secrets.reference import Reference
from stockade.secrets.rotation.driver import Access, Driver
from stockade.secrets.rotation.drivers import open_driver
from stockade.secrets.rotation.machine import Outside, Rotator
from stockade.secrets.rotation.record import State
from stockade.secrets.rotation.steps import Acts
from stockade.secrets.rotation.target import DAY_MS, Target
from stockade.secrets.value import SecretValue
from stockade.storage.access import SqlAccessStore
from stockade.storage.gateway_key_driver import GatewayKeyDriver
from stockade.storage.rotation import SqlRotationStore, SqlTraffic


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do with one target.

    Attributes:
        name: of the target.
        driver: who issues its key.
        reference: where it is kept.
        key: the id of the key in use.
        due_at_ms: from when on it is due; 0 where it was never rotated.
        step: where a rotation under way is.
        problem: why it could not be rotated.
    """

    name: str
    driver: str = ""
    reference: str = ""
    key: str = ""
    due_at_ms: int = 0
    step: str = ""
    problem: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the JSON form."""
        return asdict(self)


def open_rotators(found: Installation, names: tuple[str, ...]) -> dict[str, Rotator]:
    """Return what drives the targets called *names*."""
    engine = found.database()
    resolver = found.resolver()
    backends = open_backends(os.environ)
    outside = Outside(SqlRotationStore(engine), now_ms, new_label, f"{socket.gethostname()}:{os.getpid()}")
    rotators = {}
    for name in names:
        section = found.settings.rotation[name]
        if section.propagation_s * 1000 < found.settings.secrets.ttl_ms:
            raise ConfigError(
                f"{name} waits less for its change to reach everybody than values are remembered",
                hint="make propagation_s longer than secrets.ttl_ms",
            )
        target = target_of(name, section, lambda text: resolver.resolve(Reference.parse(text)))
        driver: Driver
        if section.driver == "gateway-key":
            minting = Minting(found.keys.pepper, secrets.token_bytes, now_ms)
            driver = GatewayKeyDriver(SqlAccessStore(engine), minting)
        else:
            driver = open_driver(section.driver, target.access, Web(os.environ))
        acts = Acts(target, backends[target.reference.scheme], SqlTraffic(engine), resolver.forget)
        rotators[name] = Rotator(target, driver, acts, outside)
    return rotators


def target_of(name: str, section: RotationTarget, resolve: Callable[[str], SecretValue]) -> Target:
    """Return the target that a section of the configuration describes."""

    def secret() -> SecretValue:
        if not section.admin:
            raise ConfigError(
                f"the rotation target {name} has no credential", hint="give admin, as a reference"
            )
        return resolve(section.admin)

    return Target(
        name=name,
        driver=section.driver,
        reference=Reference.parse(section.reference),
        access=Access(dict(section.options), secret, dict(os.environ)),
        every_ms=section.every_days * DAY_MS,
        propagation_ms=section.propagation_s * 1000,
        quiet_ms=section.quiet_s * 1000,
        probe_suffices=section.probe_suffices,
        current_key=section.current_key,
    )


def plan_of(name: str, rotator: Rotator) -> Plan:
    """Say what a run would do; a target that cannot be rotated has its reason."""
    try:
        target, latest = rotator.target, rotator.latest()
        return Plan(
            name,
            target.driver,
            str(target.reference),
            rotator.key_in_use(),
            rotator.due_at_ms(),
            latest.step.value if latest is not None and latest.state is State.RUNNING else "",
        )
    except StockadeError as failed:
        return Plan(name, problem=f"{failed}: {failed.hint}" if failed.hint else str(failed))


def new_label() -> str:
    """Return a name for a new key that says when it was made."""
    return f"stockade-{datetime.now(UTC):%Y%m%d}-{secrets.token_hex(4)}"
