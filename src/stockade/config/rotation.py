"""What a configuration may say of keys that are rotated. What becomes of it is not known here."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from stockade.config.section import Section, refusal
from stockade.core.errors import ConfigError
from stockade.secrets.reference import Reference

_OPTION = re.compile(r"[a-z][a-z_]{0,40}")
_WRITABLE = ("file", "keyring", "vault", "aws-sm", "azure-kv", "gcp-sm")


def _option(text: str) -> str:
    if not _OPTION.fullmatch(text):
        raise refusal("an option that cannot be used", "use small letters and _")
    return text


def _reference(text: str) -> str:
    if text:
        try:
            Reference.parse(text)
        except ConfigError as failed:
            raise refusal(str(failed), failed.hint) from None
    return text


class RotationTarget(Section):
    """One key that is rotated."""

    driver: Literal["openai", "anthropic", "azure-openai", "http", "gateway-key"] = Field(
        description="Who issues the key."
    )
    reference: Annotated[str, AfterValidator(_reference)] = Field(
        min_length=1, description="Where the key is kept; the same reference that its upstream has."
    )
    admin: Annotated[str, AfterValidator(_reference)] = Field(
        default="", description="Reference to the credential that may make and end keys."
    )
    options: dict[
        Annotated[str, AfterValidator(_option)], Annotated[str, Field(description="Value of the option.")]
    ] = Field(default={}, description="What the driver needs: see the page on rotation.")
    every_days: int = Field(default=90, ge=1, le=3650, description="How often.")
    propagation_s: int = Field(
        default=300, ge=0, le=86_400, description="How long after publishing the old key may still be in use."
    )
    quiet_s: int = Field(
        default=300,
        ge=0,
        le=604_800,
        description="How long the old key must have been silent before it goes.",
    )
    probe_suffices: bool = Field(
        default=False,
        description="Revoke the old key also where nobody can say whether it is still in use.",
    )
    current_key: str = Field(
        default="", max_length=200, description="Id of the key in use, where its value does not tell."
    )

    @model_validator(mode="after")
    def _can_be_written(self) -> RotationTarget:
        if self.reference.partition("://")[0] not in _WRITABLE:
            raise refusal(
                "a key in a place that can only be read cannot be rotated",
                "keep it in a file, a keyring or a secrets manager",
            )
        if self.driver in {"openai", "anthropic", "http"} and not self.admin:
            raise refusal("a rotation target lacks its credential", "give admin, as a reference")
        return self
