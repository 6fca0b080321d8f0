"""A secret in the file is refused with its line, wherever it stands; a reference is not one."""

from __future__ import annotations

import pytest

from stockade.config.document import parse_document
from stockade.config.literals import builtin_find_secrets, refuse_literals
from stockade.core.errors import ConfigError
from stockade.core.finding import Finding, Rule, Span

# Assembled, so that this file holds none.
SECRET = "sk-" + "proj-" + "a1B2c3D4e5F6g7H8" + "i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"a: 1\nkey: {SECRET}\n", 2),
        (f"a: 1\nb:\n  - '{SECRET}'\n", 3),
        (f"{SECRET}: 1\n", 1),
        (f"a: 1\n\n# old key: {SECRET}\n", 3),
        (f"url: https://api.example/v1?key={SECRET}\n", 1),
    ],
)
def test_a_literal_secret_is_refused_with_its_line(text, line):
    with pytest.raises(ConfigError, match=rf"^file line {line}: a literal secret \(secret\.") as refused:
        refuse_literals(parse_document(text.encode(), "file"), builtin_find_secrets)
    assert SECRET not in str(refused.value) + refused.value.hint
    assert "env://NAME" in refused.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "api_key: env://OPENAI_API_KEY\n",
        "api_key: 'file:///run/secrets/openai-key'\n",
        "api_key: vault://kv/apps/stockade#openai_api_key\n",
        "models: {gpt-5: {upstream: cloud}}\n",
        "a: 1\n",
    ],
)
def test_what_is_no_secret_is_taken(text):
    refuse_literals(parse_document(text.encode(), "file"), builtin_find_secrets)


def claim(text: str, part: str, confidence: float = 1.0) -> list[Finding]:
    start = text.index(part)
    return [Finding(Rule("secret.any", "any"), confidence, Span(start, start + len(part)))]


def test_a_finding_inside_a_reference_does_not_count():
    text = "a: env://LOOKS_LIKE_A_KEY\nb: plain\n"
    refuse_literals(parse_document(text.encode(), "file"), lambda t: claim(t, "LOOKS_LIKE"))
    with pytest.raises(ConfigError, match="line 2"):
        refuse_literals(parse_document(text.encode(), "file"), lambda t: claim(t, "plain"))


def test_a_faint_suspicion_does_not_stop_the_start():
    refuse_literals(parse_document(b"a: plain", "file"), lambda t: claim(t, "plain", 0.4))
