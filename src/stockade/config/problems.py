"""What is wrong with settings, in one line: where it stands, what it is, what to write instead.

A value is never repeated: it may be a secret in the wrong place. Keys are repeated only where they look like
words. It does not check anything itself.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from stockade.config.document import Place
from stockade.core.errors import ConfigError

_PLAIN = re.compile(r"[A-Za-z_*?][A-Za-z0-9_.*?-]{0,39}")


def config_error(
    failed: ValidationError, where: Callable[[Place], str], model: type[BaseModel]
) -> ConfigError:
    """Return the error for the first thing that is wrong.

    Args:
        failed: what the model found.
        where: the file and line (or the variable) in which a value stands.
        model: what was validated, to name the keys that there are.
    """
    problems = failed.errors(include_url=False, include_input=False)
    # A mistyped key first: what is missing is then missing because of it.
    first = min(problems, key=lambda problem: problem["type"] != "extra_forbidden")
    place = tuple(first["loc"])
    said, hint = _said(first, place, model)
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    name = _dotted(place)
    return ConfigError(f"{where(place)}: {f'`{name}`: ' if name else ''}{said}{more}", hint=hint)


def nearest(word: str, known: Mapping[str, object] | tuple[str, ...] | list[str]) -> str:
    """Return the sentence that offers what was probably meant, or lists what there is."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    return f"did you mean `{close[0]}`?" if close else f"use one of {', '.join(names)}"


def _said(problem: Mapping[str, Any], place: Place, model: type[BaseModel]) -> tuple[str, str]:
    kind, context = str(problem["type"]), problem.get("ctx") or {}
    if kind == "stockade":
        return str(context["said"]), str(context["hint"])
    if kind == "extra_forbidden":
        return "there is no such setting", nearest(str(place[-1]), _keys_at(model, place[:-1]))
    if kind == "missing":
        return "is missing", "add it"
    if kind in {"string_pattern_mismatch", "string_too_short", "string_too_long"}:
        return "has characters or a length that is not allowed", "see the list of settings"
    if kind == "literal_error":
        return "is none of the words allowed here", f"use one of {context.get('expected', '')}"
    # What pydantic says of types and bounds names types and bounds, not the value.
    return str(problem["msg"])[:1].lower() + str(problem["msg"])[1:], "see the list of settings"


def _keys_at(model: type[BaseModel], place: Place) -> list[str]:
    """Return the keys that the model at *place* has."""
    here: list[Any] = [model]
    for step in place:
        found = [inner for kind in here for inner in _inside(kind, step)]
        # The tag of a union is part of the place and leads nowhere.
        here = found or here
    return sorted({name for kind in here for name in _fields(kind)})


def _inside(kind: Any, step: str | int) -> list[Any]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        inner = kind.model_fields.get(str(step))
        return _models(inner.annotation) if inner is not None else []
    return []


def _models(annotation: Any) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models(argument)]


def _fields(kind: Any) -> list[str]:
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def _dotted(place: Place) -> str:
    # Neither indexes nor what pydantic adds: <the kind of a union>, [key].
    words = [step for step in place if isinstance(step, str) and step[:1] not in {"<", "["}]
    return ".".join(word if _PLAIN.fullmatch(word) else "*" for word in words)
