"""From written policies to the one that decides: follow what is extended, replace what is overridden.

What a policy says about a rule in texts by some author replaces all that it inherits about that rule and
that author, and nothing else: naming a narrower rule loosens or tightens just that one, and authors that are
not named keep their protection. It does not decide about findings; ``core.policy`` does.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from fnmatch import fnmatchcase

from stockade.config.document import parse_document
from stockade.config.rules import ClauseRule, PolicyRules
from stockade.config.settings import Settings
from stockade.config.shipped import SHIPPED_POLICIES, shipped_text
from stockade.core.errors import ConfigError
from stockade.core.finding import DETECTOR_FAILED
from stockade.core.message import ALL_ORIGINS, Origin
from stockade.core.policy import Action, Clause, Mode, Policy
from stockade.core.surrogate import Style

UNSAFE_ALLOW_ALL = "unsafe-allow-all"
DEFAULT = "default"
_CORE = "core."
_DIGEST_CHARS = 12
_WILD = re.compile(r"[*?\[]")


def compile_policy(settings: Settings, name: str = DEFAULT) -> Policy:
    """Return the policy called *name*: one of the settings or a shipped one.

    Raises:
        ConfigError: there is none, it extends what there is not or itself, or it has no clause.
    """
    lineage = _lineage(settings, name)
    clauses: list[Clause] = []
    if lineage[0].extends == UNSAFE_ALLOW_ALL:
        clauses += Policy.unsafe_allow_all().clauses
    for rules in lineage:
        clauses = _extended(clauses, rules)
    if clauses and not any(_is_core(clause) for clause in clauses) and lineage[0].extends != UNSAFE_ALLOW_ALL:
        # A check that could not run must not fall under a clause that speaks of everything.
        clauses.append(Clause(("core.*",), Action.BLOCK))
    default = next((r.default for r in reversed(lineage) if r.default is not None), "allow")
    policy = Policy(name, tuple(clauses), Action[default.upper()])
    said = {**describe_policy(policy), "surrogates": _style(lineage).value}
    return replace(policy, digest=_digest(said))


def surrogate_style(settings: Settings, name: str = DEFAULT) -> Style:
    """Return how surrogates look under the policy called *name*.

    Raises:
        ConfigError: there is none, or it extends what there is not or itself.
    """
    return _style(_lineage(settings, name))


def describe_policy(policy: Policy) -> dict[str, object]:
    """Return the whole policy as plain values, for people and for its digest."""
    return {"default": policy.default.word, "clauses": [_described(clause) for clause in policy.clauses]}


def idle_globs(policy: Policy, rules: Collection[str]) -> list[str]:
    """Return the globs of *policy* that speak of no rule among the ids *rules*: they protect nothing."""
    known = [*rules, DETECTOR_FAILED.id]
    globs = dict.fromkeys(glob for clause in policy.clauses for glob in clause.rules)
    return [glob for glob in globs if not any(fnmatchcase(rule, glob) for rule in known)]


def _lineage(settings: Settings, name: str) -> list[PolicyRules]:
    """Return the policy called *name* and all it extends, the root first."""
    chain: list[PolicyRules] = []
    seen: list[str] = []
    wanted = name
    while wanted and wanted != UNSAFE_ALLOW_ALL:
        if wanted in seen:
            raise ConfigError(
                f"the policy {wanted!r} extends itself", hint=f"it goes {' -> '.join([*seen, wanted])}"
            )
        seen.append(wanted)
        rules = _rules(settings, wanted)
        chain.insert(0, rules)
        wanted = rules.extends
    return chain


def _rules(settings: Settings, name: str) -> PolicyRules:
    found = settings.policies.get(name)
    if found is not None:
        return found
    if name in SHIPPED_POLICIES:
        return PolicyRules.model_validate(parse_document(shipped_text(name).encode(), f"{name}.yaml").data)
    if name == DEFAULT:
        return PolicyRules(extends="balanced")
    known = sorted({*settings.policies, *SHIPPED_POLICIES})
    raise ConfigError(f"there is no policy {name!r}", hint=f"there are {', '.join(known)}")


def _extended(inherited: Iterable[Clause], rules: PolicyRules) -> list[Clause]:
    clauses = list(inherited)
    for glob, written in rules.rules.items():
        said_of = frozenset(Origin(origin) for clause in written for origin in clause.origins)
        clauses = [kept for clause in clauses for kept in _without(clause, glob, said_of)]
    for glob, written in rules.rules.items():
        clauses += [_clause(glob, clause) for clause in written if clause.mode != "off"]
    if rules.mode == "monitor":
        clauses = [clause if _is_core(clause) else replace(clause, mode=Mode.MONITOR) for clause in clauses]
    return clauses


def _without(clause: Clause, glob: str, origins: frozenset[Origin]) -> list[Clause]:
    """Return what is left of an inherited clause when *glob* is spoken of anew for *origins*."""
    if not any(_may_overlap(inherited, glob) for inherited in clause.rules):
        return [clause]
    left: list[Clause] = []
    if clause.origins - origins:
        left.append(replace(clause, origins=clause.origins - origins))
    if clause.origins & origins and clause.rules != (glob,):
        unless = tuple(dict.fromkeys((*clause.unless, glob)))
        left.append(replace(clause, origins=clause.origins & origins, unless=unless))
    return left


def _may_overlap(one: str, other: str) -> bool:
    """Say whether two globs can match one rule; what they say before the first wildcard decides."""
    first, second = (_WILD.split(glob, maxsplit=1)[0] for glob in (one, other))
    return first.startswith(second) or second.startswith(first)


def _clause(glob: str, written: ClauseRule) -> Clause:
    assert written.action is not None, "checked when it was read"
    return Clause(
        (glob,),
        Action[written.action.upper()],
        transform=written.transform or "redact",
        origins=frozenset(Origin(origin) for origin in written.origins),
        confidence_min=written.confidence_min,
        mode=Mode(written.mode),
    )


def _is_core(clause: Clause) -> bool:
    return any(glob.startswith(_CORE) for glob in clause.rules)


def _style(lineage: list[PolicyRules]) -> Style:
    written = next((r.surrogates.style for r in reversed(lineage) if r.surrogates.style is not None), "tag")
    return Style(written)


def _described(clause: Clause) -> dict[str, object]:
    said: dict[str, object] = {"rules": list(clause.rules), "action": clause.action.word}
    if clause.unless:
        said["unless"] = list(clause.unless)
    if clause.action is Action.TRANSFORM:
        said["transform"] = clause.transform
    if clause.origins != ALL_ORIGINS:
        said["origins"] = [origin.value for origin in Origin if origin in clause.origins]
    if clause.confidence_min:
        said["confidence_min"] = clause.confidence_min
    if clause.mode is not Mode.ENFORCE:
        said["mode"] = clause.mode.value
    return said


def _digest(said: dict[str, object]) -> str:
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")
    return hashlib.sha256(canonical).hexdigest()[:_DIGEST_CHARS]
