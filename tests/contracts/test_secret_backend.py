"""The contract of every backend of secrets, run over each.

Real are OpenBao, moto as AWS and a keyring in a file; Azure and Google are servers written from their REST
references.
"""

from __future__ import annotations

import contextlib
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor

import keyring
import pytest
from keyrings.alt.file import PlaintextKeyring
from tests.secrets.servers.azure import Azure
from tests.secrets.servers.google import Google
from tests.secrets.servers.programs import bao_program, moto, openbao
from tests.secrets.servers.stateful import served

from stockade.core.errors import ConfigError, SecretError
from stockade.secrets.azure_identity import AzureIdentity
from stockade.secrets.backends import CATALOGUE
from stockade.secrets.backends.aws_sm import AwsSmBackend
from stockade.secrets.backends.azure_kv import AzureKvBackend
from stockade.secrets.backends.env import EnvBackend
from stockade.secrets.backends.file import FileBackend
from stockade.secrets.backends.gcp_sm import GcpSmBackend
from stockade.secrets.backends.keyring import KeyringBackend
from stockade.secrets.backends.vault import VaultBackend
from stockade.secrets.gcp_identity import GcpIdentity
from stockade.secrets.https import Web
from stockade.secrets.opening import OnUse
from stockade.secrets.reference import Reference
from stockade.secrets.resolver import Resolver
from stockade.secrets.value import SecretValue

CANARY = "canary-" + "value ✓ \"quoted\" '$x'"


@pytest.fixture(scope="module")
def bao():
    if bao_program() is None:
        pytest.skip("the OpenBao server has no package for this platform")
    with openbao() as environment:
        yield environment


@pytest.fixture(scope="module")
def aws():
    with moto() as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield environment


@contextlib.contextmanager
def env(_request, _folder):
    yield EnvBackend({"KEY": CANARY}), lambda name: Reference("env", "KEY" if name == "there" else name)


@contextlib.contextmanager
def file(_request, folder):
    yield FileBackend(), lambda name: Reference("file", f"{folder}/{name}")


@contextlib.contextmanager
def in_keyring(_request, folder):
    before, ours = keyring.get_keyring(), PlaintextKeyring()
    ours.file_path = str(folder / "keyring.cfg")
    keyring.set_keyring(ours)
    yield KeyringBackend(), lambda name: Reference("keyring", f"stockade/{name}")
    keyring.set_keyring(before)


@contextlib.contextmanager
def vault(request, folder):
    environment = request.getfixturevalue("bao")
    at = f"secret/{folder.name}"
    yield VaultBackend(environment, Web({})), lambda name: Reference("vault", f"{at}/{name}", "key")


@contextlib.contextmanager
def vault_fields(request, folder):
    environment = request.getfixturevalue("bao")
    yield VaultBackend(environment, Web({})), lambda name: Reference("vault", f"secret/{folder.name}", name)


@contextlib.contextmanager
def aws_sm(request, folder):
    backend = AwsSmBackend(request.getfixturevalue("aws"))
    yield backend, lambda name: Reference("aws-sm", f"{folder.name}/{name}")


@contextlib.contextmanager
def aws_sm_fields(request, folder):
    backend = AwsSmBackend(request.getfixturevalue("aws"))
    yield backend, lambda name: Reference("aws-sm", f"{folder.name}/all", name)


@contextlib.contextmanager
def azure_kv(_request, _folder):
    with served(Azure()) as state:
        identity = AzureIdentity({"AZURE_POD_IDENTITY_AUTHORITY_HOST": state.url}, Web({}))
        backend = AzureKvBackend(Web({}), identity, endpoint=state.url)
        yield backend, lambda name: Reference("azure-kv", f"our-vault/{name}")


@contextlib.contextmanager
def gcp_sm(_request, folder):
    with served(Google()) as state:
        identity = GcpIdentity(
            {"GCE_METADATA_HOST": state.url.removeprefix("http://"), "HOME": str(folder)}, Web({})
        )
        yield (
            GcpSmBackend(Web({}), identity, endpoint=state.url),
            lambda name: Reference("gcp-sm", f"p/{name}"),
        )


KINDS = [env, file, in_keyring, vault, vault_fields, aws_sm, aws_sm_fields, azure_kv, gcp_sm]
WRITABLE = KINDS[1:]


@pytest.fixture
def kept(request, tmp_path):
    """Return a backend and what makes references for it; the secret ``there`` exists."""
    with request.param(request, tmp_path) as (backend, named):
        if not isinstance(backend, EnvBackend):
            backend.write(named("there"), SecretValue(CANARY))
        yield backend, named


every = pytest.mark.parametrize("kept", KINDS, indirect=True, ids=lambda kind: kind.__name__)
every_writable = pytest.mark.parametrize("kept", WRITABLE, indirect=True, ids=lambda kind: kind.__name__)


def shown(failed):
    return "".join(traceback.format_exception(failed)) + repr(failed) + failed.hint


@every
def test_every_backend_of_the_catalogue_is_here_and_has_its_scheme(kept):
    backend, named = kept
    assert backend.scheme == named("there").scheme
    assert backend.scheme in CATALOGUE


@every
def test_a_secret_that_exists_is_read_as_it_was_written(kept):
    backend, named = kept
    assert backend.read(named("there")).reveal() == CANARY


@every
def test_a_secret_that_does_not_exist_is_a_secret_error_with_its_place(kept):
    backend, named = kept
    with pytest.raises(SecretError) as failed:
        backend.read(named("missing"))
    assert named("missing").path in str(failed.value)
    assert failed.value.hint
    assert "canary" not in shown(failed.value)


@every
def test_a_backend_shows_neither_what_it_reads_nor_its_credentials(kept):
    backend, named = kept
    backend.read(named("there"))
    assert "canary" not in f"{backend!r}{backend.read(named('there'))!r}"


@every_writable
def test_a_write_replaces_and_a_neighbour_stays(kept):
    backend, named = kept
    backend.write(named("beside"), SecretValue("one"))
    backend.write(named("there"), SecretValue("two"))
    assert [backend.read(named(name)).reveal() for name in ("there", "beside")] == ["two", "one"]


@every_writable
def test_writing_the_same_twice_is_the_same_as_once(kept):
    backend, named = kept
    for _ in range(2):
        backend.write(named("there"), SecretValue("same"))
    assert backend.read(named("there")).reveal() == "same"


@every_writable
def test_a_retired_secret_is_gone_and_its_neighbour_is_not(kept):
    backend, named = kept
    backend.write(named("beside"), SecretValue("stays"))
    for _ in range(2):
        backend.retire(named("there"))
    with pytest.raises(SecretError):
        backend.read(named("there"))
    assert backend.read(named("beside")).reveal() == "stays"


@every_writable
def test_a_retired_secret_that_never_was_is_no_failure(kept):
    backend, named = kept
    backend.retire(named("never"))


@every_writable
def test_a_long_secret_comes_back_whole(kept):
    backend, named = kept
    long = "k" * 16_000
    backend.write(named("there"), SecretValue(long))
    assert backend.read(named("there")).reveal() == long


@every_writable
def test_threads_that_read_while_one_writes_see_the_old_or_the_new_and_nothing_else(kept):
    backend, named = kept
    values = {CANARY, *(f"turn-{turn}" for turn in range(6))}
    stop = threading.Event()

    def reading():
        seen = set()
        while not stop.is_set():
            seen.add(backend.read(named("there")).reveal())
        return seen

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(reading) for _ in range(2)]
        for turn in range(6):
            backend.write(named("there"), SecretValue(f"turn-{turn}"))
        stop.set()
        assert set().union(*(reader.result(30) for reader in readers)) <= values
    assert backend.read(named("there")).reveal() == "turn-5"


@every_writable
def test_a_changed_secret_is_picked_up_within_the_stated_bound_and_without_restart(kept):
    backend, named = kept
    clock = [0]
    resolver = Resolver({backend.scheme: backend}, clock=lambda: clock[0], ttl_ms=30_000)
    assert resolver.resolve(named("there")).reveal() == CANARY
    backend.write(named("there"), SecretValue("changed"))
    clock[0] = 29_999
    assert resolver.resolve(named("there")).reveal() == CANARY
    clock[0] = 30_000
    assert resolver.resolve(named("there")).reveal() == "changed"


def test_a_scheme_that_can_only_be_read_says_so():
    backend = OnUse("env", {"KEY": CANARY})
    for act in (
        lambda: backend.write(Reference("env", "KEY"), SecretValue("x")),
        lambda: backend.retire(Reference("env", "KEY")),
    ):
        with pytest.raises(ConfigError, match="only be read"):
            act()


def test_the_contract_is_run_over_every_scheme():
    assert {
        kind.__name__.removeprefix("in_").removesuffix("_fields").replace("_", "-") for kind in KINDS
    } == set(CATALOGUE)


# --- outages: the last good value within its lease, then nothing ------------------------------------------


@contextlib.contextmanager
def dead_vault(_folder):
    web = Web({}, timeout_s=0.5)
    yield VaultBackend({"VAULT_ADDR": "http://127.0.0.1:9", "VAULT_TOKEN": "canary"}, web)


@contextlib.contextmanager
def failing_azure(_folder):
    with served(Azure()) as state:
        state.fail_with = 500
        identity = AzureIdentity({"AZURE_POD_IDENTITY_AUTHORITY_HOST": state.url}, Web({}))
        yield AzureKvBackend(Web({}), identity, endpoint=state.url)


@contextlib.contextmanager
def failing_google(folder):
    with served(Google()) as state:
        state.fail_with = 503
        identity = GcpIdentity(
            {"GCE_METADATA_HOST": state.url.removeprefix("http://"), "HOME": str(folder)}, Web({})
        )
        yield GcpSmBackend(Web({}), identity, endpoint=state.url)


@contextlib.contextmanager
def dead_aws(_folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        patch.setenv("AWS_ACCESS_KEY_ID", "canary")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "canary")
        yield AwsSmBackend({"AWS_REGION": "eu-central-1"})


@pytest.mark.parametrize(
    ("down", "reference"),
    [
        (dead_vault, Reference("vault", "secret/a", "key")),
        (failing_azure, Reference("azure-kv", "our-vault/a")),
        (failing_google, Reference("gcp-sm", "p/a")),
        (dead_aws, Reference("aws-sm", "a")),
    ],
    ids=["vault", "azure", "google", "aws"],
)
def test_a_manager_that_is_down_is_a_secret_error_without_credentials(down, reference, tmp_path):
    with down(tmp_path) as backend:
        for act in (
            lambda: backend.read(reference),
            lambda: backend.write(reference, SecretValue("canary")),
            lambda: backend.retire(reference),
        ):
            with pytest.raises(SecretError) as failed:
                act()
            assert failed.value.hint
            assert "canary" not in str(failed.value) + repr(failed.value) + failed.value.hint
