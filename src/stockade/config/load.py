"""From a file and the environment to settings: read, look for secrets, override, check.

The only module that reads the process's environment. It creates nothing, not even the home.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import platformdirs
from pydantic import ValidationError

from stockade.config.document import DOCUMENT_BYTES_MAX, Document, Place, parse_document
from stockade.config.literals import FindSecrets, builtin_find_secrets, refuse_literals
from stockade.config.overrides import apply_overrides
from stockade.config.policy import UNSAFE_ALLOW_ALL, compile_policy
from stockade.config.problems import config_error, nearest
from stockade.config.rules import is_glob
from stockade.config.settings import Settings, SettingsFile
from stockade.config.shipped import SHIPPED_POLICIES
from stockade.core.errors import ConfigError
from stockade.core.finding import DETECTOR_FAILED

HOME, CONFIG = "STOCKADE_HOME", "STOCKADE_CONFIG"


def load_settings(
    path: str | Path | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    find_secrets: FindSecrets | None = None,
    known_rules: Callable[[], Collection[str]] | None = None,
) -> Settings:
    """Return the settings in force.

    Args:
        path: the file; without one ``STOCKADE_CONFIG`` names it, and without that the defaults apply.
        environment: in place of the process's.
        find_secrets: in place of the product's own detectors.
        known_rules: returns the ids of all rules, asked only if a policy names single rules; without it,
            those of the product's own detectors.

    Raises:
        ConfigError: they cannot be read, or contradict themselves; the message has the line.
    """
    variables = os.environ if environment is None else environment
    chosen = path if path is not None else variables.get(CONFIG, "")
    document = Document("the defaults")
    source = None
    if chosen != "":
        source = Path(chosen)
        document = parse_document(_read(source), str(source))
        refuse_literals(document, find_secrets or builtin_find_secrets)
    data, places = apply_overrides(document.data, variables)
    where = _locator(document, places)
    try:
        # Here, not in Settings: nobody sets the home in the file.
        checked = SettingsFile.model_validate(data)
    except ValidationError as failed:
        # From None: what pydantic says may quote the value.
        raise config_error(failed, where, SettingsFile) from None
    _check_names(checked, where)
    _check_rules(checked, where, known_rules or _builtin_rules)
    fields = {name: getattr(checked, name) for name in SettingsFile.model_fields}
    settings = Settings(home=_home(variables), source=source, **fields)
    for name in settings.policies:
        compile_policy(settings, name)
    return settings


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of the configuration file."""
    schema = SettingsFile.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "stockade.yaml"}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(DOCUMENT_BYTES_MAX + 1)
    except (OSError, ValueError) as failed:
        reason = failed.strerror if isinstance(failed, OSError) else "not a path"
        raise ConfigError(
            f"the configuration {path} cannot be read ({reason})", hint="check the path and the permissions"
        ) from None


def _home(variables: Mapping[str, str]) -> Path:
    chosen = variables.get(HOME, "")
    home = Path(chosen).expanduser() if chosen else platformdirs.user_data_path("stockade", appauthor=False)
    return home.absolute()


def _locator(document: Document, places: Mapping[Place, str]) -> Callable[[Place], str]:
    def where(place: Place) -> str:
        """Return what is said of the deepest part of *place* that stands somewhere."""
        known: Place = ()
        found = document.name
        for step in place:
            longer = (*known, step)
            if longer in document.lines:
                known, found = longer, f"{document.name} line {document.lines[longer]}"
            if longer in places:
                found = places[longer]
                known = longer
        return found

    return where


def _check_names(settings: SettingsFile, where: Callable[[Place], str]) -> None:
    """Refuse names that lead nowhere.

    Raises:
        ConfigError: one does.
    """
    for alias, target in settings.models.items():
        if target.upstream not in settings.upstreams:
            place = where(("models", alias, "upstream"))
            raise ConfigError(
                f"{place}: there is no upstream {target.upstream!r}",
                hint=nearest(target.upstream, settings.upstreams),
            )
    known = [*settings.policies, *SHIPPED_POLICIES, UNSAFE_ALLOW_ALL]
    for name, rules in settings.policies.items():
        if name in SHIPPED_POLICIES or name == UNSAFE_ALLOW_ALL:
            raise ConfigError(
                f"{where(('policies', name))}: {name!r} is the name of a shipped policy",
                hint="take another name and extend the shipped one",
            )
        if rules.extends and rules.extends not in known:
            place = where(("policies", name, "extends"))
            raise ConfigError(
                f"{place}: there is no policy to extend of that name", hint=nearest(rules.extends, known)
            )


def _check_rules(
    settings: SettingsFile, where: Callable[[Place], str], known_rules: Callable[[], Collection[str]]
) -> None:
    """Refuse the id of a rule that does not exist: its clause would silently mean nothing.

    Raises:
        ConfigError: there is one.
    """
    named = [(policy, rule) for policy, written in settings.policies.items() for rule in written.rules]
    single = [(policy, rule) for policy, rule in named if not is_glob(rule)]
    known = sorted({*known_rules(), DETECTOR_FAILED.id}) if single else []
    for policy, rule in single:
        if rule not in known:
            family = [other for other in known if other.partition(".")[0] == rule.partition(".")[0]]
            raise ConfigError(
                f"{where(('policies', policy, 'rules', rule))}: there is no rule {rule!r}",
                hint=nearest(rule, family) if family else "this family has no rules yet; name it with .*",
            )


def _builtin_rules() -> Collection[str]:
    from stockade.detectors import all_rules

    return [rule.id for rule in all_rules()]
