from __future__ import annotations

import stat

import pytest

from stockade.bootstrap import (
    MASTER_KEY_FILE,
    Installation,
    Keys,
    default_pipeline,
    installation,
    shipped_policy,
)
from stockade.config import load_settings
from stockade.core.errors import StoreError
from stockade.detectors import builtin_detectors


def found(home, text="{}\n"):
    path = home / "s.yaml"
    path.write_text(text)
    return Installation(
        load_settings(path, environment={"STOCKADE_HOME": str(home / "state"), "DB": "sqlite:///other.db"})
    )


CONFIG = "policies: {default: {extends: balanced}}\n"


def test_nothing_is_made_before_it_is_asked_for(tmp_path):
    found(tmp_path, CONFIG)
    assert not (tmp_path / "state").exists()


def test_keys_are_made_once_readable_by_their_owner_only(tmp_path):
    first = found(tmp_path, CONFIG).keys
    file = tmp_path / "state" / MASTER_KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert found(tmp_path, CONFIG).keys == first


def test_every_purpose_has_a_key_of_its_own_and_none_is_printed():
    keys = Keys.derived(bytes(32))
    all_of_them = {keys.pepper, keys.cache, keys.seal, keys.record, keys.surrogates}
    assert len(all_of_them) == 5
    assert all(key.hex()[:8] not in repr(keys) and str(key) not in repr(keys) for key in all_of_them)


def test_tenant_and_conversation_cannot_be_shifted_into_each_other():
    keys = Keys.derived(bytes(32))
    assert keys.conversation("bc", "a") != keys.conversation("c", "ab")
    assert keys.conversation("a", "x") != keys.conversation("a", "y")


def test_a_commitment_is_keyed():
    assert Keys.derived(bytes(32)).commit("x") != Keys.derived(b"1" * 32).commit("x")


def test_the_store_of_keys_and_the_record_open_in_the_state_directory(tmp_path):
    home = found(tmp_path, CONFIG)
    store, authenticator, meter = home.access()
    assert store.list() == ()
    assert "Authenticator" in repr(authenticator)
    meter.renew()
    log = home.log()
    with pytest.raises(StoreError):
        home.log()
    log.close()
    assert (tmp_path / "state" / "audit").is_dir()


def test_the_address_of_the_database_may_be_a_reference(tmp_path, monkeypatch):
    monkeypatch.setenv("STOCKADE_TEST_DB", "sqlite:///elsewhere.db")
    home = found(tmp_path, CONFIG + 'storage: {url: "env://STOCKADE_TEST_DB"}\n')
    home.access()
    assert (tmp_path / "state" / "elsewhere.db").is_file()


def test_detectors_are_compiled_once_and_shared():
    assert builtin_detectors() is builtin_detectors()
    assert default_pipeline(Keys.derived(bytes(32))).detectors == builtin_detectors()


@pytest.mark.parametrize("name", ["strict", "balanced", "monitor"])
def test_shipped_policies_have_a_digest(name):
    assert len(shipped_policy(name).digest) == 12


def test_the_configuration_in_force_is_the_one_the_environment_names(tmp_path, monkeypatch):
    path = tmp_path / "s.yaml"
    path.write_text("policies: {default: {extends: strict}}\n")
    monkeypatch.setenv("STOCKADE_CONFIG", str(path))
    monkeypatch.setenv("STOCKADE_HOME", str(tmp_path))
    assert installation().settings.source == path
