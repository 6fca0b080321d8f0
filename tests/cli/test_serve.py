"""The gateway as a process: started, asked, told to stop."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from tests.doors.upstream import RecordingUpstream, running

CONFIG = 'upstreams: {{cloud: {{wire: openai, base_url: "{url}", boundary: cloud}}}}\n'


def started(home, config=None, *arguments):
    command = [sys.executable, "-m", "stockade", "serve", "--port", "0", *arguments]
    if config is not None:
        path = home / "stockade.yaml"
        path.write_text(config)
        command += ["--config", str(path)]
    environment = {**os.environ, "STOCKADE_HOME": str(home / "state"), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def address_of(process):
    for line in process.stdout:
        found = re.search(r"listens on (\S+)", line)
        if found:
            return found[1]
    raise AssertionError(process.stderr.read())


def test_a_gateway_starts_answers_and_stops_with_its_record_closed(tmp_path, run, monkeypatch):
    with running(RecordingUpstream()) as upstream:
        process = started(tmp_path, CONFIG.format(url=upstream.base_url))
        try:
            address = address_of(process)
            monkeypatch.setenv("STOCKADE_HOME", str(tmp_path / "state"))
            key = json.loads(run("keys", "create", "--class", "production", "--format", "json").out)["key"]
            body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "hi"}]}).encode()
            request = urllib.request.Request(
                address + "/v1/chat/completions", body, {"authorization": f"Bearer {key}"}
            )
            with urllib.request.urlopen(request, timeout=20) as answer:
                assert b"You said: hi" in answer.read()
        finally:
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=20)
        assert process.returncode in {0, -signal.SIGTERM}
        assert "every other path is refused" in out
        assert "Traceback" not in err
        from stockade.audit import read

        kinds = [entry.kind for entry in read(tmp_path / "state" / "audit")]
        assert kinds == ["start", "request", "answer", "stop"]


def test_a_second_gateway_on_the_same_state_is_refused(tmp_path):
    first = started(tmp_path, CONFIG.format(url="http://127.0.0.1:9/v1"))
    try:
        address_of(first)
        second = started(tmp_path, CONFIG.format(url="http://127.0.0.1:9/v1"))
        _, err = second.communicate(timeout=30)
        assert second.returncode == 3
        assert err.startswith("stockade: ")
    finally:
        first.terminate()
        first.communicate(timeout=20)


CONFIGS = {
    "an unknown key": ("upstreamz: {}\n", "upstreamz"),
    "a public address without TLS": (
        CONFIG.format(url="http://127.0.0.1:9/v1") + "listen: {host: 0.0.0.0}\n",
        "tls",
    ),
    "not YAML": ("upstreams: [\n", "line"),
    "an upstream that is not there": ('models: {"*": {upstream: nowhere}}\n', "nowhere"),
}


@pytest.mark.parametrize("what", CONFIGS)
def test_a_configuration_that_cannot_be_used_is_one_line_with_what_to_do(tmp_path, run, what):
    text, word = CONFIGS[what]
    path = tmp_path / "s.yaml"
    path.write_text(text)
    ran = run("serve", "--config", str(path))
    assert ran.code == 2
    assert word in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_literal_key_in_the_configuration_is_refused_with_its_line_and_not_repeated(tmp_path, run):
    literal = "sk-proj-" + "Zk3vN8qT1xWb7LmR2cYd" + "T3BlbkFJ" + "Hs6pQ9uEa4gJ0fKiVo5z"
    path = tmp_path / "s.yaml"
    path.write_text(
        f'upstreams:\n  cloud:\n    base_url: "http://127.0.0.1:9/v1"\n    api_key: "{literal}"\n'
    )
    ran = run("serve", "--config", str(path))
    assert ran.code == 2
    assert "line 4" in ran.err
    assert literal not in ran.err


def test_a_port_that_is_taken_is_told(tmp_path, run):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        path = tmp_path / "s.yaml"
        path.write_text(CONFIG.format(url="http://127.0.0.1:9/v1"))
        process = started(
            tmp_path, CONFIG.format(url="http://127.0.0.1:9/v1"), "--port", str(taken.getsockname()[1])
        )
        _, err = process.communicate(timeout=30)
        assert process.returncode == 2
        assert "cannot listen" in err
