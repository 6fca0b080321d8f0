"""The inspection pipeline that every door shares: detectors, one policy, and what was seen before.

``Pipeline`` is built once. ``Exchange`` is one request and its answer: it screens what goes out, mints the
surrogates, screens what comes back and restores the caller's values. Neither of them sends, stores or
records anything; the doors do that, in this order: screen, record, send, screen, record, answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from stockade.core.errors import InputError
from stockade.core.finding import Detector, Finding
from stockade.core.limits import CACHE_ENTRIES_MAX, TEXT_CHARS_MAX
from stockade.core.message import Message, Origin
from stockade.core.policy import Action, Policy
from stockade.core.restore import Restorer
from stockade.core.screen import Verdict, detect_many, verdict_for
from stockade.core.stream import Stream
from stockade.core.surrogate import Style, Surrogates
from stockade.core.transform import TRANSFORMS, Transform, keep, pseudonymizer

# On the way back a pseudonym has no meaning: the caller's own values are restored there, and replacing
# what the model wrote itself would give the caller marks that nobody can turn back.
ANSWER_TRANSFORMS: Mapping[str, Transform] = {**TRANSFORMS, "pseudonymize": keep}


class Pipeline:
    """Detectors and a policy, with a memory of what was found in texts seen before.

    Args:
        detectors: run on every text whose origin they name.
        policy: decides.
        cache_key: 32 bytes; texts are remembered only as keyed hashes.
    """

    __slots__ = ("_by_origin", "_cache", "_cache_key", "_older", "_slow", "detectors", "policy")

    def __init__(self, *, detectors: Sequence[Detector], policy: Policy, cache_key: bytes) -> None:
        # A check that costs milliseconds is left out where no clause would hear it: `off` means off.
        self.detectors = tuple(d for d in detectors if not is_slow(d) or _is_heard(d, policy))
        self.policy = policy
        self._cache_key = cache_key
        # Two generations stand in for an LRU list: no lock, no bookkeeping on a hit.
        self._cache: dict[bytes, tuple[Finding, ...]] = {}
        self._older: dict[bytes, tuple[Finding, ...]] = {}
        self._slow = frozenset(o for d in self.detectors if is_slow(d) for o in d.origins)
        self._by_origin = {o: tuple(d for d in self.detectors if o in d.origins) for o in Origin}

    @property
    def checks(self) -> tuple[str, ...]:
        """The names of all checks."""
        return tuple(d.name for d in self.detectors)

    def with_policy(self, policy: Policy) -> Pipeline:
        """Return a pipeline with the same detectors and another policy."""
        return Pipeline(detectors=self.detectors, policy=policy, cache_key=self._cache_key)

    def takes_long(self, messages: Sequence[Message]) -> bool:
        """Say whether looking at *messages* takes milliseconds: a door with other work does it elsewhere."""
        if not self._slow:
            return False
        return any(
            m.text and m.origin in self._slow and self._recall(self._digest(m)) is None for m in messages
        )

    def screen(self, message: Message, transforms: Mapping[str, Transform] = TRANSFORMS) -> Verdict:
        """Inspect one message and say what may be done with it."""
        return self.screen_many((message,), transforms)[0]

    def screen_many(
        self, messages: Sequence[Message], transforms: Mapping[str, Transform] = TRANSFORMS
    ) -> list[Verdict]:
        """Inspect messages together: each detector is asked once for all texts it has not seen.

        Raises:
            InputError: a text is longer than any prompt.
        """
        findings, failed = self.findings(messages)
        return [
            verdict_for(
                m,
                findings[i],
                policy=self.policy,
                transforms=transforms,
                checks=self._by_origin[m.origin],
                not_run=failed[i],
            )
            for i, m in enumerate(messages)
        ]

    def findings(
        self, messages: Sequence[Message]
    ) -> tuple[list[tuple[Finding, ...]], list[tuple[str, ...]]]:
        """Return what is found in each message, and which checks did not run on it.

        Raises:
            InputError: a text is longer than any prompt.
        """
        findings: list[tuple[Finding, ...]] = [()] * len(messages)
        failed: list[tuple[str, ...]] = [()] * len(messages)
        fresh: dict[tuple[Detector, ...], list[tuple[int, bytes]]] = {}
        for index, message in enumerate(messages):
            detectors = self._by_origin[message.origin]
            if not message.text or not detectors:
                continue
            if len(message.text) > TEXT_CHARS_MAX:
                raise InputError(
                    "a text is too long to be inspected", code="too_large", pointer=message.pointer
                )
            digest = self._digest(message)
            known = self._recall(digest)
            if known is None:
                fresh.setdefault(detectors, []).append((index, digest))
            else:
                findings[index] = known
        for detectors, asked in fresh.items():
            found, not_run = detect_many([messages[i].text for i, _ in asked], detectors)
            for (index, digest), one in zip(asked, found, strict=True):
                findings[index], failed[index] = one, not_run
                if not not_run:
                    self._cache[digest] = one
        return findings, failed

    def answer(self, messages: Sequence[Message], exempt: Mapping[str, str]) -> list[Verdict]:
        """Inspect whole texts of an answer; the surrogates in *exempt* are never a finding in them."""
        found, failed = self.findings(messages)
        verdicts = []
        for message, findings, not_run in zip(messages, found, failed, strict=True):
            text = message.text
            fresh = tuple(f for f in findings if text[f.span.start : f.span.end] not in exempt)
            verdicts.append(
                verdict_for(
                    message,
                    fresh,
                    policy=self.policy,
                    transforms=ANSWER_TRANSFORMS,
                    checks=self._by_origin[message.origin],
                    not_run=not_run,
                )
            )
        return verdicts

    def stream(self, message: Message, exempt: Mapping[str, str]) -> Stream:
        """Return an incremental screener for an answer that arrives in pieces."""
        return Stream(
            message,
            detectors=self._by_origin[message.origin],
            policy=self.policy,
            transforms=ANSWER_TRANSFORMS,
            exempt=exempt,
        )

    def silent_rules(self) -> tuple[str, ...]:
        """Try every rule on its known-bad string and return the ids of those that stayed silent.

        A guard that looks on but does nothing is found here, before it is trusted with traffic.
        """
        return _silent_rules(self.detectors)

    def _digest(self, message: Message) -> bytes:
        text = message.text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(
            text, digest_size=16, key=self._cache_key, person=_PERSON[message.origin]
        ).digest()

    def _recall(self, digest: bytes) -> tuple[Finding, ...] | None:
        known = self._cache.get(digest)
        if known is None:
            known = self._older.get(digest)
            if known is not None:
                self._cache[digest] = known
        if len(self._cache) > CACHE_ENTRIES_MAX:
            self._older, self._cache = self._cache, {}
        return known


# Detectors hold no state, so what they find once they find always: another policy over them costs no new try.
@lru_cache(maxsize=8)
def _silent_rules(detectors: tuple[Detector, ...]) -> tuple[str, ...]:
    silent: list[str] = []
    for detector in detectors:
        probed = [rule for rule in detector.rules if rule.probe]
        found, failed = detect_many([rule.probe for rule in probed], (detector,))
        if failed or not probed:
            silent.append(detector.name)
            continue
        silent += [
            rule.id
            for rule, findings in zip(probed, found, strict=True)
            if all(f.rule.id != rule.id for f in findings)
        ]
    return tuple(silent)


def is_slow(detector: Detector) -> bool:
    """Say whether *detector* says of itself (``slow = True``) that it takes milliseconds."""
    return bool(getattr(detector, "slow", False))


def _is_heard(detector: Detector, policy: Policy) -> bool:
    if policy.default is not Action.ALLOW:
        return True
    return any(c.speaks_of(r.id, o) for r in detector.rules for o in detector.origins for c in policy.clauses)


_PERSON = {origin: origin.value.encode().ljust(16, b"\0") for origin in Origin}


_NOTHING_TO_RESTORE = Restorer({})


class Exchange:
    """One request and its answer.

    Args:
        pipeline: shared by all requests.
        key: 32 bytes, derived for this tenant and conversation.
        style: how surrogates look.
    """

    __slots__ = ("_key", "_pipeline", "_restorer", "_style", "answers", "requests", "surrogates")

    def __init__(self, pipeline: Pipeline, *, key: bytes, style: Style = Style.TAG) -> None:
        self._pipeline = pipeline
        self._key = key
        self._style = style
        self._restorer: Restorer | None = None
        self.surrogates = Surrogates(key, style=style)
        self.requests: list[Verdict] = []
        self.answers: list[Verdict | Stream] = []

    def screen_request(self, messages: Sequence[Message]) -> list[Verdict]:
        """Screen everything that would leave, all of it with one set of surrogates."""
        surrogates = Surrogates(self._key, style=self._style, taken=[m.text for m in messages])
        transforms = {**TRANSFORMS, "pseudonymize": pseudonymizer(surrogates)}
        self.surrogates = surrogates
        self.requests = self._pipeline.screen_many(messages, transforms)
        return self.requests

    @property
    def restorer(self) -> Restorer:
        """The way back for the surrogates of this request."""
        if self._restorer is None:
            self._restorer = Restorer(self.surrogates.pairs)
        return self._restorer

    def screen_answer(self, messages: Sequence[Message]) -> list[tuple[Verdict, str]]:
        """Screen the whole texts of an answer; return each verdict with the text, values restored.

        The text of a verdict that stops the answer is empty.
        """
        verdicts = self._pipeline.answer(messages, self.surrogates.pairs)
        self.answers += verdicts
        restore = self.restorer.restore
        return [(v, "" if v.action >= Action.ROUTE_LOCAL else restore(v.text)) for v in verdicts]

    def lane(self, pointer: str = "", *, in_json: bool = False, intact: bool = False) -> Lane:
        """Return the lane for one text channel of a streamed answer; *intact*: surrogates in it stay."""
        stream = self._pipeline.stream(Message("", Origin.MODEL, pointer), self.surrogates.pairs)
        self.answers.append(stream)
        return Lane(stream, _NOTHING_TO_RESTORE if intact else self.restorer, in_json=in_json)

    @property
    def answer_verdicts(self) -> list[Verdict]:
        """The verdicts on the answer's texts so far."""
        return [a.verdict if isinstance(a, Stream) else a for a in self.answers]


class Lane:
    """One text channel of a streamed answer: screened, then restored."""

    __slots__ = ("_back", "_stream")

    def __init__(self, stream: Stream, restorer: Restorer, *, in_json: bool) -> None:
        self._stream = stream
        self._back = restorer.stream(in_json=in_json)

    @property
    def blocked(self) -> bool:
        """Whether the policy stopped this channel."""
        return self._stream.blocked

    def feed(self, piece: str) -> str:
        """Take the next piece and return what may be shown."""
        return self._back.feed(self._stream.feed(piece))

    def close(self) -> str:
        """Return what was held back; the channel ends here."""
        tail = self._stream.close()
        return self._back.feed(tail) + self._back.close()


def strictest(verdicts: Iterable[Verdict]) -> Action:
    """Return the strictest action of *verdicts*."""
    return max((v.action for v in verdicts), default=Action.ALLOW)
