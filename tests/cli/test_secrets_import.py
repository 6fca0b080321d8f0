"""Moving secrets of a file: what is taken for a secret, and what happens when two would meet in one place."""

from __future__ import annotations

import pytest

from stockade.cli.secrets_import import import_file, looks_secret, write_and_read_back
from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.dotenv import variables
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue

KEY = "sk-proj-Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb3dEf6hIj9kLm2nT3BlbkFJ0123456789abcdefghij"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("API_KEY=abc", True), ("DB_PASSWORD=x1y2", True), ("GITHUB_TOKEN=abc", True), ("api_token=t", True),
        ("USE_KEY=true", False), ("KEY=", False), ("TOKEN=8080", False), ("HOST=example.org", False),
        ("MONKEY=banana", False), (f"ANYTHING={KEY}", True),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_secret_is_known_by_its_name_or_by_its_value(line, expected):
    (variable,) = variables(line)
    assert looks_secret(variable) is expected


def test_two_variables_that_would_meet_in_one_place_are_refused(tmp_path):
    file = tmp_path / ".env"
    file.write_text("A_KEY=1x\nA__KEY=2x\n", "utf-8")
    place = "azure-kv://our-vault"
    assert len(import_file(str(file), place, names=(), everything=True, write="no").moved) == 2
    file.write_text("A_KEY=1x\nA_KEY=2x\n", "utf-8")
    outcome = import_file(str(file), f"file://{tmp_path}", names=(), everything=True, write="new")
    assert len(outcome.moved) == 1
    file.write_text("A.KEY=1\nA_KEY=2x\n", "utf-8")
    assert import_file(str(file), place, names=(), everything=True, write="no").left == ()


def test_a_place_that_forgets_is_an_error():
    class Forgetful:
        def write(self, reference, value):
            pass

        def read(self, reference):
            return SecretValue("other")

    with pytest.raises(SecretError, match="does not give back"):
        write_and_read_back(Forgetful(), Reference("file", "/x"), SecretValue("canary"))


def test_a_variable_that_is_not_there_is_refused(tmp_path):
    file = tmp_path / ".env"
    file.write_text("A=1\n", "utf-8")
    with pytest.raises(ConfigError, match="no variable B"):
        import_file(str(file), "file:///x", names=("B",), everything=False, write="no")
