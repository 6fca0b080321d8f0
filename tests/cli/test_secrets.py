"""``stockade secrets``: what it prints, what it writes, and that no value is ever shown."""

from __future__ import annotations

import json

import pytest

VALUE = "canary-" + "4f9a1c"


@pytest.fixture
def config(tmp_path):
    file = tmp_path / "stockade.yaml"
    secret = tmp_path / "key"
    secret.write_text(VALUE, "utf-8")
    secret.chmod(0o600)
    file.write_text(
        "upstreams:\n"
        f"  a: {{base_url: 'https://a.example/v1', api_key: 'file://{secret}'}}\n"
        "  b: {base_url: 'https://b.example/v1', api_key: 'env://STOCKADE_TEST_KEY_B'}\n"
        "models: {'*': {upstream: a}}\n",
        "utf-8",
    )
    return str(file)


def test_every_reference_of_the_configuration_is_listed_with_its_setting(run, config, tmp_path):
    ran = run("secrets", "list", "--config", config, "--format", "json")
    assert json.loads(ran.out) == {
        "references": [
            {"setting": "upstreams.a.api_key", "reference": f"file://{tmp_path}/key", "backend": "file"},
            {"setting": "upstreams.b.api_key", "reference": "env://STOCKADE_TEST_KEY_B", "backend": "env"},
        ]
    }


def test_a_check_says_which_backend_answered_and_fails_while_one_does_not(run, config, monkeypatch):
    ran = run("secrets", "check", "--config", config)
    assert ran.code == 3
    assert "file  ok" in ran.out
    assert "STOCKADE_TEST_KEY_B is not set" in ran.out
    monkeypatch.setenv("STOCKADE_TEST_KEY_B", VALUE)
    ran = run("secrets", "check", "--config", config, "--format", "json")
    assert (ran.code, [row["ok"] for row in json.loads(ran.out)["references"]]) == (0, [True, True])
    assert VALUE not in ran.out + ran.err


def test_single_references_can_be_checked_and_a_literal_is_refused(run, tmp_path):
    assert run("secrets", "check", f"file://{tmp_path}/none").code == 3
    ran = run("secrets", "check", VALUE)
    assert ran.code == 2
    assert VALUE not in ran.out + ran.err


def test_a_secret_is_set_from_standard_input_and_read_back(run, tmp_path):
    ran = run("secrets", "set", f"file://{tmp_path}/new", stdin=VALUE + "\n")
    assert ran.code == 0
    assert (tmp_path / "new").read_text("utf-8") == VALUE
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600
    assert VALUE not in ran.out + ran.err


@pytest.mark.parametrize("stdin", ["", "\n", "  "])
def test_nothing_is_not_set(run, tmp_path, stdin):
    assert run("secrets", "set", f"file://{tmp_path}/new", stdin=stdin).code == 2
    assert not (tmp_path / "new").exists()


def test_an_environment_variable_cannot_be_set(run):
    ran = run("secrets", "set", "env://KEY", stdin=VALUE)
    assert ran.code == 2
    assert "only be read" in ran.err


ENV = "# ours\nDEBUG=true\nOPENAI_API_KEY='" + VALUE + "'  # the key\nPORT=8080\nHOST=example.org\n"


@pytest.fixture
def dotenv(tmp_path):
    file = tmp_path / ".env"
    file.write_text(ENV, "utf-8")
    file.chmod(0o640)
    (tmp_path / "store").mkdir()
    return file


def test_secrets_of_a_file_are_moved_and_references_stay(run, dotenv, tmp_path):
    store = f"{tmp_path}/store"
    ran = run("secrets", "import", str(dotenv), "--to", f"file://{store}", "--format", "json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out) == {
        "moved": [{"name": "OPENAI_API_KEY", "reference": f"file://{store}/OPENAI_API_KEY"}],
        "left": ["DEBUG", "PORT", "HOST"],
    }
    expected = ENV.replace(f"'{VALUE}'", f'"file://{store}/OPENAI_API_KEY"')
    assert dotenv.read_text("utf-8") == expected
    assert dotenv.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "store" / "OPENAI_API_KEY").read_text("utf-8") == VALUE
    assert VALUE not in ran.out + ran.err
    assert sorted(p.name for p in tmp_path.iterdir()) == [".env", "store"]


def test_an_imported_file_still_works_as_an_environment(run, dotenv, tmp_path, monkeypatch):
    run("secrets", "import", str(dotenv), "--to", f"file://{tmp_path}/store")
    monkeypatch.setenv("OPENAI_API_KEY", f"file://{tmp_path}/store/OPENAI_API_KEY")
    assert run("secrets", "check", "env://OPENAI_API_KEY").code == 0


def test_importing_twice_moves_nothing_more(run, dotenv, tmp_path):
    command = ("secrets", "import", str(dotenv), "--to", f"file://{tmp_path}/store")
    run(*command)
    before = dotenv.read_bytes()
    assert "0 moved" in run(*command).err
    assert dotenv.read_bytes() == before


def test_a_dry_run_writes_nothing_and_says_what_it_would(run, dotenv, tmp_path):
    ran = run("secrets", "import", str(dotenv), "--to", f"file://{tmp_path}/store", "--dry-run")
    assert "would become" in ran.out
    assert dotenv.read_text("utf-8") == ENV
    assert list((tmp_path / "store").iterdir()) == []


def test_another_value_that_lies_there_is_replaced_only_by_force(run, dotenv, tmp_path):
    there = tmp_path / "store" / "OPENAI_API_KEY"
    there.write_text("other", "utf-8")
    there.chmod(0o600)
    command = ("secrets", "import", str(dotenv), "--to", f"file://{tmp_path}/store")
    assert run(*command).code == 2
    assert (there.read_text("utf-8"), dotenv.read_text("utf-8")) == ("other", ENV)
    assert run(*command, "--force").code == 0
    assert there.read_text("utf-8") == VALUE


def test_a_place_that_cannot_be_written_leaves_the_file_as_it_was(run, dotenv, tmp_path):
    ran = run("secrets", "import", str(dotenv), "--to", f"file://{tmp_path}/nowhere")
    assert ran.code == 3
    assert dotenv.read_text("utf-8") == ENV


@pytest.mark.parametrize(
    ("options", "moved"),
    [(("--all",), ["DEBUG", "OPENAI_API_KEY", "PORT", "HOST"]), (("--only", "HOST"), ["HOST"])],
)
def test_what_is_moved_can_be_chosen(run, dotenv, tmp_path, options, moved):
    ran = run(
        "secrets", "import", str(dotenv), "--to", f"file://{tmp_path}/store", "--format", "json", *options
    )
    assert [row["name"] for row in json.loads(ran.out)["moved"]] == moved


@pytest.mark.parametrize(
    "options",
    [("--only", "NONE"), ("--only", "HOST", "--all"), ("--to", "env://X"), ("--to", "nowhere")],
)
def test_contradictions_are_usage_errors(run, dotenv, tmp_path, options):
    assert run("secrets", "import", str(dotenv), "--to", f"file://{tmp_path}/store", *options).code == 2
    assert dotenv.read_text("utf-8") == ENV
