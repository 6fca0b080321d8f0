"""No secret stands in a configuration: the product's own detectors look, and what they find is refused.

A configuration is copied, mailed and committed. References are what is meant to stand there, so they are
not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from stockade.config.document import Document
from stockade.core.errors import CheckError, ConfigError
from stockade.core.finding import Finding
from stockade.core.screen import detect_many
from stockade.secrets.reference import is_reference

FindSecrets: TypeAlias = Callable[[str], Sequence[Finding]]

_CONFIDENCE_MIN = 0.5


def refuse_literals(document: Document, find_secrets: FindSecrets) -> None:
    """Refuse a document that holds a secret, in a value, a key or a comment.

    Raises:
        ConfigError: it does; the message has the line and the rule.
        CheckError: the detectors could not look.
    """
    references = [(start, end) for start, end, text in document.scalars if is_reference(text)]
    for finding in find_secrets(document.text):
        span = finding.span
        if finding.confidence < _CONFIDENCE_MIN or any(
            span.start < e and s < span.end for s, e in references
        ):
            continue
        line = document.text.count("\n", 0, span.start) + 1
        raise ConfigError(
            f"{document.name} line {line}: a literal secret ({finding.rule.id})",
            hint="move it to the environment or a file and write env://NAME or file:///path here; "
            "replace the secret if the file was shared",
        )


def builtin_find_secrets(text: str) -> Sequence[Finding]:
    """Find secrets in *text* with the product's own detectors.

    Raises:
        CheckError: they could not look.
    """
    # Building them takes a tenth of a second, and a start without a file needs none.
    from stockade.detectors import builtin_detectors

    detectors = [d for d in builtin_detectors() if any(rule.id.startswith("secret.") for rule in d.rules)]
    (found,), failed = detect_many((text,), detectors)
    if failed or not detectors:
        raise CheckError(
            "the configuration could not be searched for secrets", checks=failed, hint="reinstall stockade"
        )
    return [finding for finding in found if finding.rule.id.startswith("secret.")]
