"""A policy as it is written: what it extends, and what it says about which rules.

It does not weigh anything and does not look up what is extended; ``policy`` compiles it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from stockade.config.section import Section, refusal

FAMILIES = ("core", "exfil", "financial", "injection", "ip", "leak", "legal", "phi", "pii", "secret")
_GLOB = re.compile(r"[a-z0-9_.*?\[\]!-]{1,100}")
_WILD = re.compile(r"[*?\[]")

Word = Literal["allow", "flag", "transform", "route_local", "block"]
Author = Literal["system", "user", "document", "tool", "model"]


def is_glob(text: str) -> bool:
    """Say whether *text* can match more than one rule."""
    return _WILD.search(text) is not None


class ClauseRule(Section):
    """What a match means."""

    action: Word | None = Field(default=None, description="What is done. Not needed with `mode: off`.")
    transform: Literal["redact", "mask", "pseudonymize", "delimit"] | None = Field(
        default=None, description="How the text is edited, with `action: transform`; `redact` if left out."
    )
    mode: Literal["enforce", "monitor", "off"] = Field(
        default="enforce", description="Act, only decide and record, or rest."
    )
    confidence_min: float = Field(
        default=0.0, ge=0, le=1, description="Speaks of findings at least this sure."
    )
    origins: tuple[Author, ...] = Field(
        default=("system", "user", "document", "tool", "model"),
        min_length=1,
        description="Whose texts it speaks of.",
    )

    @model_validator(mode="after")
    def _fits_together(self) -> ClauseRule:
        if self.action is None and self.mode != "off":
            raise refusal("a clause without an action", "say what is done: action: flag, for example")
        if self.transform is not None and self.action != "transform":
            raise refusal(
                "a transform that nothing asks for", "write action: transform, or leave transform out"
            )
        return self


def _as_list(value: object) -> object:
    return [value] if isinstance(value, Mapping | ClauseRule) else value


Clauses = Annotated[
    tuple[ClauseRule, ...],
    Field(min_length=1),
    BeforeValidator(_as_list, json_schema_input_type=ClauseRule | tuple[ClauseRule, ...]),
]


def _known_family(glob: str) -> str:
    if not _GLOB.fullmatch(glob):
        raise refusal("not a glob over rule ids", "write pii.email or pii.*, for example")
    family = glob.partition(".")[0]
    if not is_glob(family) and family not in FAMILIES:
        raise refusal("there is no such family of rules", f"the families are {', '.join(FAMILIES)}")
    return glob


class SurrogateRules(Section):
    """What stands in for real values."""

    style: Literal["tag", "numbered", "realistic"] | None = Field(
        default=None,
        description="`[PERSON_7F3A]`, `[PERSON_0]`, or made-up values of the same form.",
    )


class PolicyRules(Section):
    """What findings mean."""

    extends: str = Field(
        default="", description="The policy it builds on: `strict`, `balanced`, `monitor`, or one of yours."
    )
    mode: Literal["enforce", "monitor"] = Field(
        default="enforce",
        description="`monitor`: decide and record, let everything through but failed checks.",
    )
    rules: dict[Annotated[str, AfterValidator(_known_family)], Clauses] = Field(
        default={},
        description="Glob over rule ids to one clause or several; replaces what is inherited about them.",
    )
    default: Word | None = Field(
        default=None,
        description="For findings that no clause speaks of; inherited if left out, else `allow`.",
    )
    surrogates: SurrogateRules = Field(
        default=SurrogateRules(), description="What stands in for real values."
    )
