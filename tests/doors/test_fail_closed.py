"""What happens when a part of the gateway itself cannot do its job: nothing is sent, nothing is shown."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from stockade.access.key import KeyClass, KeyRequest, KeyState
from stockade.audit import MemoryLog
from stockade.core.errors import StoreError
from stockade.core.finding import Finding, Rule, Span
from stockade.core.message import ALL_ORIGINS, Origin
from stockade.pipeline import Pipeline
from tests.doors.gateway import CONFIG, door
from tests.doors.upstream import RecordingUpstream, completion, stream, whole

LEGAL = Rule("legal.marked", "Marked as privileged", data_class="legal_privileged", probe="PRIVILEGED")


class Probe:
    """A detector that does what the test says."""

    name = "probe"
    reach = 64

    def __init__(self, act, origins=ALL_ORIGINS, rules=(LEGAL,)):
        self.act, self.origins, self.rules = act, origins, rules

    def detect(self, text):
        return self.act(text)


def explode(_):
    raise RuntimeError("canary-in-an-exception")


def marked(text):
    at = text.find("PRIVILEGED")
    return [Finding(LEGAL, 1.0, Span(at, at + 10))] if at >= 0 else []


def with_detector(detector):
    def adapt(services):
        old = services.pipeline
        pipeline = Pipeline(
            detectors=(*old.detectors, detector), policy=old.policy, cache_key=services.keys.cache
        )
        return replace(
            services, pipeline=pipeline, silent=pipeline.silent_rules() if detector.act is not explode else ()
        )

    return adapt


WRONG = {
    "raises": explode,
    "answers nothing": lambda _: None,
    "answers the wrong type": lambda _: ["finding"],
    "points outside": lambda text: [Finding(LEGAL, 1.0, Span(0, len(text) + 1))],
    "is more than sure": lambda _: [Finding(LEGAL, 7.0, Span(0, 0))],
}


@pytest.mark.parametrize("how", WRONG)
def test_a_detector_that_fails_is_a_refusal(tmp_path, how):
    detector = Probe(WRONG[how])
    with door(tmp_path, adapt=lambda s: replace(with_detector(detector)(s), silent=())) as gate:
        for streamed in (False, True):
            answer = gate.say("hello", stream=streamed)
            assert (answer.status, answer.json["error"]["code"]) == (503, "check_unavailable")
        assert gate.upstream.bodies == []
        assert gate.record[-1].body["not_run"] == ["probe"]
        assert b"canary-in-an-exception" not in gate.on_disk()


def test_a_detector_that_fails_on_the_answer_stops_it(tmp_path):
    detector = Probe(explode, origins=frozenset({Origin.MODEL}))
    with door(tmp_path, adapt=with_detector(detector)) as gate:
        answer = gate.say("hello")
        assert (answer.status, answer.json["error"]["code"]) == (503, "check_unavailable")
        streamed = gate.say("hello", stream=True)
        assert not streamed.done
        assert json.loads(streamed.events[-1])["error"]["code"] == "check_unavailable"
        assert "You said" not in streamed.streamed


def test_a_blocked_answer_ends_as_a_content_filter_and_shows_nothing_of_it(tmp_path):
    said = "Here it is: PRIVILEGED memo."
    upstream = RecordingUpstream(
        script=lambda b: stream(list(said)) if b.get("stream") else whole(completion(said))
    )
    with door(tmp_path, upstream=upstream, adapt=with_detector(Probe(marked))) as gate:
        answer = gate.say("hello")
        assert answer.status == 200
        assert answer.json["choices"][0]["finish_reason"] == "content_filter"
        assert "PRIVILEGED" not in answer.raw.decode()
        streamed = gate.say("hello", stream=True)
        assert not streamed.done
        assert json.loads(streamed.events[-1])["error"]["code"] == "content_filter"
        assert "P" not in streamed.streamed.removeprefix("Here it is: ")
        assert gate.record[-1].body["outcome"] == "blocked"


def test_a_silent_rule_keeps_the_gateway_from_becoming_ready_and_from_serving(tmp_path):
    with door(tmp_path, adapt=with_detector(Probe(lambda _: []))) as gate:
        ready = gate.send("GET", "/readyz", b"", [])
        assert ready.status == 503
        assert "legal.marked" in ready.json["silent_rules"]
        answer = gate.say("hello")
        assert (answer.status, answer.json["error"]["code"]) == (503, "check_unavailable")
        assert gate.upstream.bodies == []


def test_without_a_record_nothing_is_sent(tmp_path):
    log = MemoryLog()
    with door(tmp_path, log=log) as gate:
        log.reason = "disk_full"
        answer = gate.say("hello")
        assert (answer.status, answer.json["error"]["code"]) == (503, "audit_unavailable")
        assert gate.upstream.bodies == []
        assert gate.send("GET", "/readyz", b"", []).status == 503
        log.reason = ""
        assert gate.say("hello").status == 200


class RequestsOnly(MemoryLog):
    """A log whose disk fills up between the request and the answer."""

    def submit(self, kind, body, done):
        if kind == "answer":
            raise StoreError("full")
        super().submit(kind, body, done)


def test_without_a_record_of_the_answer_no_answer_is_shown(tmp_path):
    with door(tmp_path, log=RequestsOnly()) as gate:
        answer = gate.say("hello")
        assert (answer.status, answer.json["error"]["code"]) == (503, "audit_unavailable")
        streamed = gate.say("hello", stream=True)
        assert not streamed.done
        assert json.loads(streamed.events[-1])["error"]["code"] == "audit_unavailable"


def test_a_provider_key_that_cannot_be_read_is_a_refusal(tmp_path, monkeypatch):
    with door(tmp_path, config=CONFIG.replace("UPSTREAM_KEY", "STOCKADE_NO_SUCH_VARIABLE")) as gate:
        answer = gate.say("hello")
        assert (answer.status, answer.json["error"]["code"]) == (503, "secret_unavailable")
        assert gate.upstream.bodies == []


def test_what_must_stay_on_the_device_goes_nowhere_without_an_upstream_there(tmp_path):
    with door(tmp_path, adapt=with_detector(Probe(marked))) as gate:
        answer = gate.say("PRIVILEGED: hello")
        assert (answer.status, answer.json["error"]["code"]) == (503, "no_device_upstream")
        assert gate.upstream.bodies == []


def test_what_must_stay_on_the_device_is_answered_there(tmp_path):
    from tests.doors.upstream import running

    device = RecordingUpstream()
    with running(device):
        config = CONFIG.replace(
            "models:",
            '  here: {{wire: openai, base_url: "'
            + device.base_url
            + '", boundary: device}}\nmodels:\n  "here": {{upstream: here, model: small}}',
        )
        with door(tmp_path, config=config, adapt=with_detector(Probe(marked))) as gate:
            answer = gate.say("PRIVILEGED: hello")
            assert answer.status == 200
            assert answer.headers["x-stockade-upstream"] == "here (device)"
            assert answer.headers["x-stockade-action"] == "route_local"
            assert gate.upstream.bodies == []
            assert device.bodies[0]["model"] == "small"
            assert gate.say("hello").headers["x-stockade-upstream"] == "cloud (cloud)"


def test_a_key_may_do_what_its_class_allows_and_no_more(tmp_path):
    request = KeyRequest(KeyClass.SCOPED, models=("small-*",))
    with door(tmp_path, request=request) as gate:
        assert gate.ask({"model": "small-1", "messages": [{"role": "user", "content": "hi"}]}).status == 200
        refused = gate.ask({"model": "large", "messages": [{"role": "user", "content": "hi"}]})
        assert (refused.status, refused.json["error"]["code"]) == (403, "not_allowed")
        assert len(gate.upstream.bodies) == 1


def test_a_revoked_key_is_refused_within_two_seconds(tmp_path):
    with door(tmp_path) as gate:
        assert gate.say("hello").status == 200
        store = gate.installation.access().store
        store.set_state(store.list()[0].id, KeyState.REVOKED)
        until = time.monotonic() + 2
        while gate.say("hello").status != 401:
            assert time.monotonic() < until
            time.sleep(0.05)
