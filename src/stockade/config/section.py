"""What every part of the settings has in common: it cannot be changed, and it knows all of its keys.

It defines no setting.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


class Section(BaseModel):
    """One part of the settings."""

    # hide_input_in_errors: a value in the wrong place may be a secret.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def refusal(said: str, hint: str) -> PydanticCustomError:
    """Return the error of a validator; *said* and *hint* never hold the value."""
    return PydanticCustomError("stockade", "{said}", {"said": said, "hint": hint})
