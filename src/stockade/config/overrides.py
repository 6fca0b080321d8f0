"""Single settings out of the environment: ``STOCKADE_LISTEN__PORT=9000`` sets ``listen.port``.

Two underscores separate the steps. Variables without them are not settings: orchestrators put names like
``STOCKADE_PORT`` into the environment of everything that runs beside a service called stockade.
"""

from __future__ import annotations

from collections.abc import Mapping

from stockade.config.document import Place, parse_value
from stockade.core.errors import ConfigError

PREFIX = "STOCKADE_"
_STEP = "__"


def apply_overrides(
    data: Mapping[str, object], environment: Mapping[str, str]
) -> tuple[dict[str, object], dict[Place, str]]:
    """Return *data* with the settings of the *environment* in it, and which variable set which place.

    Raises:
        ConfigError: a variable goes through a value that is no section.
    """
    changed = dict(data)
    places: dict[Place, str] = {}
    for name in sorted(environment):
        if name.startswith(PREFIX) and _STEP in name[len(PREFIX) :]:
            steps = name[len(PREFIX) :].lower().split(_STEP)
            places[_put(changed, steps, parse_value(environment[name]), name)] = name
    return changed, places


def _put(data: dict[str, object], steps: list[str], value: object, name: str) -> Place:
    here, place = data, []
    for index, step in enumerate(steps):
        if not step:
            raise ConfigError(f"{name} is malformed", hint="write STOCKADE_SECTION__SETTING")
        key = _known(here, step)
        place.append(key)
        if index == len(steps) - 1:
            here[key] = value
            break
        inner = here.get(key, {})
        if not isinstance(inner, Mapping):
            raise ConfigError(
                f"{name} goes through a setting that has no settings of its own", hint="check its name"
            )
        # A copy: what was read from the file is not changed.
        here[key] = here = dict(inner)
    return tuple(place)


def _known(here: Mapping[str, object], step: str) -> str:
    """Return the key that a variable means, whose name has neither capitals nor hyphens."""
    return next((key for key in here if key.lower().replace("-", "_") == step), step)
