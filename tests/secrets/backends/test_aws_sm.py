"""AWS Secrets Manager: shapes of secrets and regions. Their contract is in tests/contracts."""

from __future__ import annotations

import pytest
from tests.secrets.servers.programs import moto

from stockade.core.errors import SecretError
from stockade.secrets.backends.aws_sm import AwsSmBackend
from stockade.secrets.reference import Reference
from stockade.secrets.value import SecretValue


@pytest.fixture(scope="module")
def aws():
    with moto() as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield environment


@pytest.fixture
def backend(aws):
    return AwsSmBackend(aws)


def test_a_secret_of_bytes_is_read_as_text(backend):
    client = backend._client(Reference("aws-sm", "bytes"))
    client.create_secret(Name="bytes", SecretBinary=b"from bytes")
    assert backend.read(Reference("aws-sm", "bytes")).reveal() == "from bytes"


def test_a_secret_is_found_by_its_arn_in_the_region_that_it_names(aws):
    elsewhere = AwsSmBackend({"AWS_REGION": "us-east-1"})
    client = elsewhere._client(Reference("aws-sm", "x"))
    arn = client.create_secret(Name="by-arn", SecretString="found")["ARN"]
    assert AwsSmBackend(aws).read(Reference("aws-sm", arn)).reveal() == "found"


@pytest.mark.parametrize("text", ["plain", "[1]", '{"key": 5}', '{"key": ""}', '{"other": "x"}'])
def test_a_field_of_what_has_none_is_a_secret_error(backend, text):
    backend.write(Reference("aws-sm", "shape"), SecretValue(text))
    with pytest.raises(SecretError) as failed:
        backend.read(Reference("aws-sm", "shape", "key"))
    assert failed.value.hint


def test_a_field_is_not_written_into_what_is_not_an_object(backend):
    whole = Reference("aws-sm", "whole")
    backend.write(whole, SecretValue("plain"))
    with pytest.raises(SecretError, match="not a JSON object"):
        backend.write(Reference("aws-sm", "whole", "key"), SecretValue("x"))
    assert backend.read(whole).reveal() == "plain"


def test_no_region_is_an_error_that_says_so(aws, monkeypatch):
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    with pytest.raises(Exception, match="region"):
        AwsSmBackend({}).read(Reference("aws-sm", "x"))
