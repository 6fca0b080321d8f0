from __future__ import annotations

from stockade.core.finding import Finding, Rule, Span
from stockade.core.message import Message, Origin
from stockade.core.policy import Action, Clause, Mode, Policy
from stockade.core.screen import Verdict
from stockade.gateway.record import Call, answer_entry, checks_header, refusal_entry, request_entry

RULE = Rule("pii.x", "X")


def verdict(mode=Mode.ENFORCE, not_run=()):
    policy = Policy("p", (Clause(("pii.*",), Action.BLOCK, mode=mode),))
    findings = (Finding(RULE, 1.0, Span(0, 1)), Finding(RULE, 1.0, Span(2, 3)))
    return Verdict(
        policy.decide(findings, Origin.USER), findings, text="canary", checks=("a", "b"), not_run=not_run
    )


def test_an_entry_counts_findings_by_author_and_rule():
    call = Call("req_1", "/v1/x", verdicts=(("user", verdict()), ("tool", verdict())))
    entry = request_entry(call, [Message("canary")], lambda text: f"hmac:{len(text)}")
    assert entry["findings"] == {"user": {"pii.x": 2}, "tool": {"pii.x": 2}}
    assert entry["input"] == "hmac:6"
    assert "canary" not in str(entry)


def test_what_only_watched_keeps_its_true_verdict():
    call = Call("req_1", "/v1/x", verdicts=(("user", verdict(Mode.MONITOR)),))
    assert refusal_entry(call, 400, "x")["monitored"] == {"pii.x": "block"}


def test_what_did_not_run_is_named():
    call = Call("req_1", "/v1/x", verdicts=(("user", verdict(not_run=("c",))),))
    assert refusal_entry(call, 503, "check_unavailable")["not_run"] == ["c"]


def test_the_answers_entry_says_what_the_client_saw():
    entry = answer_entry(Call("req_1", "/v1/x"), "blocked", 200, [verdict()])
    assert (entry["outcome"], entry["status"], entry["findings"]) == ("blocked", 200, {"model": {"pii.x": 2}})


def test_the_header_tells_checks_that_ran_from_those_that_did_not_and_those_that_watch():
    names = {"a": "a:monitor", "b": "b"}
    assert checks_header([verdict(), verdict(not_run=("c",))], names) == "a:monitor,b,c:not_run"


def test_a_call_prints_no_verdict_and_no_key():
    assert "canary" not in repr(Call("req_1", "/v1/x", verdicts=(("user", verdict()),)))
