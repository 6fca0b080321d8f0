"""What can be set, with types, bounds and defaults: the source of the published JSON Schema.

Every description here is the manual of its setting. Values are checked one by one and against each other;
where they come from and what they lead to is not known here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from stockade.config.addresses import has_credentials, is_loopback
from stockade.config.prices import ModelPrice
from stockade.config.rotation import RotationTarget
from stockade.config.rules import PolicyRules
from stockade.config.section import Section, refusal
from stockade.core.errors import ConfigError
from stockade.core.limits import BODY_BYTES_MAX
from stockade.secrets.reference import Reference

Boundary = Literal["device", "private", "cloud"]
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_GLOB = re.compile(r"[!-~]{1,200}")


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise refusal("a name that cannot be used", "use up to 64 letters, digits, dots, - and _")
    return text


def _glob(text: str) -> str:
    if not _GLOB.fullmatch(text):
        raise refusal("a model name that cannot be used", "use up to 200 printable ASCII characters")
    return text


# Checked by functions, not by patterns: the published schema then has one form for all mappings.
Name = Annotated[str, AfterValidator(_name)]
Glob = Annotated[str, AfterValidator(_glob)]


def _reference(text: str) -> str:
    if text:
        try:
            Reference.parse(text)
        except ConfigError as failed:
            raise refusal(str(failed), failed.hint) from None
    return text


SecretReference = Annotated[str, AfterValidator(_reference)]


class Tls(Section):
    """The certificate of the gateway."""

    cert: str = Field(min_length=1, description="File with the certificate and its chain (PEM).")
    key: str = Field(min_length=1, description="File with the private key (PEM).")


class Listen(Section):
    """Where the gateway listens."""

    host: str = Field(
        default="127.0.0.1", pattern=r"^[0-9A-Za-z.:_-]{1,253}$", description="Address or name to listen on."
    )
    port: int = Field(default=8400, ge=0, le=65535, description="TCP port; 0 takes any that is free.")
    tls: Tls | None = Field(
        default=None, description="Certificate and key; needed on an address that others can reach."
    )
    unsafe_plaintext: bool = Field(
        default=False,
        description="Listen without TLS on an address that others can reach: something in front ends TLS.",
    )

    @model_validator(mode="after")
    def _others_need_tls(self) -> Listen:
        if self.tls is None and not self.unsafe_plaintext and not is_loopback(self.host):
            raise refusal(
                "the gateway would take keys and prompts in plain text from other machines",
                "give tls: {cert, key}, listen on 127.0.0.1, or say unsafe_plaintext: true",
            )
        return self


class Storage(Section):
    """Where keys and other state are kept."""

    url: str = Field(
        default="sqlite:///stockade.db",
        description="Database address; a relative SQLite path lies under STOCKADE_HOME. May be a reference.",
    )

    @model_validator(mode="after")
    def _no_password(self) -> Storage:
        if has_credentials(self.url):
            raise refusal(
                "the database address holds a password",
                "put the whole address into a reference: url: env://NAME",
            )
        return self


class Timeouts(Section):
    """How long an upstream may take, in seconds."""

    connect_s: float = Field(default=5.0, gt=0, le=120, description="Until a connection stands.")
    answer_s: float = Field(default=300.0, gt=0, le=3600, description="Until the answer begins.")
    idle_s: float = Field(default=120.0, gt=0, le=3600, description="Between two pieces of an answer.")


class RemoteUpstream(Section):
    """An upstream that is reached over HTTP."""

    wire: Literal["openai", "anthropic"] = Field(default="openai", description="The dialect it speaks.")
    base_url: str = Field(
        description="Its address, with the path in front of `/chat/completions` or `/messages`."
    )
    api_key: SecretReference = Field(default="", description="Reference to its key; empty if it wants none.")
    boundary: Boundary = Field(
        default="cloud", description="Where it runs: this machine, your network, somebody else's."
    )
    timeouts: Timeouts = Field(default=Timeouts(), description="Deadlines.")
    connections_max: int = Field(
        default=100, ge=1, le=10_000, description="Connections to it at the same time."
    )

    @model_validator(mode="after")
    def _address(self) -> RemoteUpstream:
        try:
            parts = urlsplit(self.base_url)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            host, parts = "", urlsplit("")
        if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
            raise refusal("the base_url is not an address", "write https://host/v1, without ? and #")
        if has_credentials(self.base_url):
            raise refusal("the base_url holds credentials", "put the key into api_key, as a reference")
        if parts.scheme == "http" and self.boundary == "cloud" and not is_loopback(host):
            raise refusal(
                "prompts and the key would travel to the cloud in plain text",
                "use https://, or say boundary: private if it is your own network",
            )
        return self


class EngineUpstream(Section):
    """A language model that the gateway runs on this machine."""

    engine: Literal["llama.cpp"] = Field(description="What runs the model.")
    model: str = Field(default="builtin", min_length=1, description="`builtin`, or the path of a GGUF file.")
    boundary: Literal["device"] = Field(default="device", description="It runs here and nowhere else.")
    timeouts: Timeouts = Field(default=Timeouts(), description="Deadlines.")


def _kind_of(value: object) -> str:
    engine = "engine" in value if isinstance(value, dict) else isinstance(value, EngineUpstream)
    return "<engine>" if engine else "<remote>"


Upstream = Annotated[
    Annotated[RemoteUpstream, Tag("<remote>")] | Annotated[EngineUpstream, Tag("<engine>")],
    Discriminator(_kind_of),
]


class ModelAlias(Section):
    """Where a model name leads."""

    upstream: Name = Field(description="Name of the upstream.")
    model: str = Field(
        default="", max_length=200, description="What the upstream calls it; empty: as the client does."
    )


class Audit(Section):
    """The record."""

    path: str = Field(
        default="audit", min_length=1, description="Its folder; a relative path lies under STOCKADE_HOME."
    )
    sync_deadline_ms: int = Field(
        default=2_000,
        ge=50,
        le=60_000,
        description="An entry not durable by then counts as not written: nothing is sent.",
    )


class Limits(Section):
    """Bounds that may be lowered."""

    body_bytes: int = Field(
        default=BODY_BYTES_MAX,
        ge=1024,
        le=BODY_BYTES_MAX,
        description="The largest request body that is read.",
    )
    uninspected: Literal["block", "pass"] = Field(
        default="block",
        description="What becomes of a body part that cannot be inspected, an image for example.",
    )


class Secrets(Section):
    """How long secrets count that were read through references."""

    ttl_ms: int = Field(default=30_000, ge=0, le=3_600_000, description="Until the backend is asked again.")
    lease_ms: int = Field(
        default=3_600_000,
        ge=0,
        le=86_400_000,
        description="How long the last good value bridges a backend that fails.",
    )


class SettingsFile(Section):
    """Everything that a configuration file may say."""

    listen: Listen = Field(default=Listen(), description="Where the gateway listens.")
    storage: Storage = Field(default=Storage(), description="Where state is kept.")
    upstreams: dict[Name, Upstream] = Field(
        default={"local": EngineUpstream(engine="llama.cpp")},
        min_length=1,
        description="Where requests may be sent.",
    )
    models: dict[Glob, ModelAlias] = Field(
        default={},
        description="Model name or glob to upstream; the first match wins. Empty: all to the only upstream.",
    )
    policies: dict[Name, PolicyRules] = Field(
        default={"default": PolicyRules(extends="balanced")},
        description="What findings mean; `default` is in force.",
    )
    audit: Audit = Field(default=Audit(), description="The record.")
    limits: Limits = Field(default=Limits(), description="Bounds.")
    secrets: Secrets = Field(default=Secrets(), description="Secrets read through references.")
    rotation: dict[Name, RotationTarget] = Field(default={}, description="Keys that are rotated.")
    prices: dict[Glob, ModelPrice] = Field(
        default={}, description="What models cost, before the prices that come with the package."
    )

    @model_validator(mode="after")
    def _routed(self) -> SettingsFile:
        if not self.models and len(self.upstreams) > 1:
            raise refusal(
                "there are several upstreams and no models", 'say which is used: models: {"*": {upstream: …}}'
            )
        return self


class Settings(SettingsFile):
    """The settings in force.

    Attributes:
        home: where state lies.
        source: the file they were read from; ``None`` for the defaults.
    """

    home: Path
    source: Path | None = None

    def under_home(self, path: str) -> Path:
        """Return *path*, which lies under the home unless it is absolute."""
        return self.home / Path(path).expanduser()

    @property
    def aliases(self) -> dict[str, ModelAlias]:
        """The ``models`` table; where it is left out, everything leads to the only upstream."""
        return dict(self.models) or {"*": ModelAlias(upstream=next(iter(self.upstreams)))}
