"""``stockade rotation``, against a provider behind HTTP and a key in a file."""

from __future__ import annotations

import json
import time

import pytest
from tests.secrets.servers.openai_admin import ADMIN, OpenAi
from tests.secrets.servers.stateful import served


class World:
    def __init__(self, run, folder, openai):
        self.run, self.openai = run, openai
        account, key_id = openai.add_account("by hand")
        self.old_key, self.old_value = f"{account}:{key_id}", openai.keys[key_id]["value"]
        self.file, self.config = folder / "kept" / "key", folder / "stockade.yaml"
        self.file.parent.mkdir()
        self.file.write_text(self.old_value, "utf-8")
        self.file.chmod(0o600)
        self.configure()

    def configure(self, **changes):
        target = {
            "driver": "openai", "reference": f"file://{self.file}", "admin": "env://STOCKADE_TEST_ADMIN",
            "options": {"project": "proj_1", "base_url": f"{self.openai.url}/v1"}, "propagation_s": 0,
            "quiet_s": 0, **changes,
        }  # fmt: skip
        self.config.write_text(json.dumps({"rotation": {"cloud": target}, "secrets": {"ttl_ms": 0}}), "utf-8")

    def __call__(self, *arguments):
        ran = self.run("rotation", *arguments, "--config", str(self.config))
        assert "canary" not in ran.out + ran.err
        return ran


@pytest.fixture
def here(run, tmp_path, monkeypatch):
    monkeypatch.setenv("STOCKADE_TEST_ADMIN", ADMIN)
    with served(OpenAi(clock=lambda: time.time_ns() // 1_000_000)) as openai:
        yield World(run, tmp_path, openai)


def test_a_plan_says_what_would_be_done_and_changes_nothing(here):
    for command in (("plan",), ("run", "--dry-run")):
        ran = here(*command)
        assert ran.code == 0, ran.err
        assert f"key {here.old_key}" in ran.out
        assert "due now" in ran.out
    assert here.openai.live() == [here.old_value]
    (row,) = json.loads(here("plan", "--format", "json").out)["targets"]
    assert (row["name"], row["key"], row["due_at_ms"], row["problem"]) == ("cloud", here.old_key, 0, "")


def test_a_target_that_could_not_be_rotated_has_its_reason(here):
    here.openai.fail_with = 401
    ran = here("plan")
    assert (ran.code, "CANNOT" in ran.out) == (3, True)


def test_a_run_rotates_what_is_due_and_then_nothing(here):
    ran = here("run", "--wait", "20")
    assert ran.code == 0, ran.out + ran.err
    assert "done" in ran.out
    new = here.file.read_text("utf-8")
    assert here.openai.live() == [new] != [here.old_value]
    assert "nothing to do" in here("run").out
    assert "due at" in here("plan").out
    assert here("run", "--now", "--wait", "20").code == 0
    assert here.openai.live() == [here.file.read_text("utf-8")] != [new]


def test_a_run_that_has_to_wait_says_until_when_and_the_next_one_goes_on(here):
    here.configure(propagation_s=600)
    ran = here("run")
    assert (ran.code, "goes on at" in ran.out) == (1, True)
    status = here("status", "--history")
    assert status.code == 1
    for word in ("create:", "test:", "publish:", here.old_key):
        assert word in status.out
    assert here("run").code == 1
    assert len(here.openai.live()) == 2


def test_a_rotation_is_led_back(here):
    here.configure(propagation_s=600)
    here("run")
    assert here("rollback", "cloud").code == 1
    assert here.file.read_text("utf-8") == here.old_value
    assert here("rollback", "cloud").code == 1


def test_the_history_is_kept_and_printed_as_json(here):
    here("run", "--wait", "20")
    ran = here("status", "--format", "json")
    assert ran.code == 0
    rotation = json.loads(ran.out)["rotations"]["cloud"]
    assert (rotation["state"], rotation["old_key"]) == ("done", here.old_key)
    assert [event["step"] for event in rotation["events"]][-2:] == ["revoke", "clean"]


def test_a_failure_at_the_provider_is_exit_code_three(here):
    here.configure(propagation_s=600)
    models = here.openai._models
    here.openai._models = lambda value: (503, {}) if value else models(value)
    ran = here("run")
    assert (ran.code, "failed" in ran.out) == (3, True)


@pytest.mark.parametrize(
    "command", [("plan", "nobody"), ("run", "nobody"), ("status", "nobody"), ("rollback", "x")]
)
def test_a_target_that_is_not_configured_is_a_usage_error(here, command):
    assert here(*command).code == 2


def test_nothing_under_way_cannot_be_led_back(here):
    assert here("rollback", "cloud").code == 2


def test_a_wait_that_is_shorter_than_values_are_remembered_is_refused(here):
    here.config.write_text(here.config.read_text("utf-8").replace('"ttl_ms": 0', '"ttl_ms": 5000'), "utf-8")
    ran = here("run")
    assert (ran.code, "propagation_s" in ran.err) == (2, True)
