"""What finds things in text: identifiers, secrets, injections. Pure; each detector stands alone.

`builtin_detectors` is the catalogue: explicit, constructed when asked, nothing registered on import.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from stockade.core.finding import Detector, Rule
from stockade.detectors.catalogue import structured_specs
from stockade.detectors.structured import StructuredDetector


@cache
def builtin_detectors() -> tuple[Detector, ...]:
    """Return the detectors that are always there, ready to use.

    Built once a process, because compiling a thousand patterns takes a second; they hold no state.
    """
    structured = StructuredDetector(structured_specs())
    if find_spec("stockade.detectors.injection.detector") is None:
        return (structured,)
    from stockade.detectors.injection.classifier import LazyClassifier
    from stockade.detectors.injection.classifier_detector import MODEL_ORIGINS, InjectionModel
    from stockade.detectors.injection.detector import InjectionRules

    rules, classifier = InjectionRules(), LazyClassifier()
    models = (InjectionModel(origin, classifier, rules.detect) for origin in MODEL_ORIGINS)
    return (structured, rules, *models)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule the built-in detectors may report, by id."""
    rules = {rule.id: rule for detector in builtin_detectors() for rule in detector.rules}
    return tuple(rules[key] for key in sorted(rules))


__all__ = ["StructuredDetector", "all_rules", "builtin_detectors"]
