"""Screening a text that arrives in pieces: the same verdict as for the whole, with little held back.

The law: for any cutting into pieces, what ``feed`` and ``close`` return, joined, equals the text that
``screen`` returns for the whole. A detector says how far a growing text is settled; what lies before that
is decided and released, the rest is held. Not one character of a blocked span is ever returned.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from stockade.core.finding import DETECTOR_FAILED, Detector, Finding, SettlingDetector, Span
from stockade.core.limits import FINDING_CHARS_MAX, HOLD_CHARS_MAX, TEXT_CHARS_MAX
from stockade.core.message import Message, Origin
from stockade.core.policy import Action, Decision, Mode, Policy
from stockade.core.screen import Verdict, detect_many, settle_reach
from stockade.core.transform import Edit, Transform, apply, edits_for

# Up to here a look at what is held costs less than the piece that came.
_PATIENCE_CHARS = 1024
# The first words are shown at once; once an answer runs, it is looked at every few words and not for each
# token, which costs a fifth and delays a token by less than a tenth of a second at reading speed.
_STEP_CHARS_MAX = 24


class Stream:
    """Screens one growing text.

    Args:
        message: an empty message that names the origin and the pointer.
        detectors: those for other origins are ignored.
        policy: decides.
        transforms: make the edits.
        exempt: texts that are never a finding here: the surrogates this request issued.
    """

    __slots__ = (
        "_base",
        "_blocked",
        "_clean",
        "_detectors",
        "_done",
        "_edits",
        "_exempt",
        "_failed",
        "_findings",
        "_origin",
        "_patience",
        "_policy",
        "_reach",
        "_reasons",
        "_settles",
        "_settling",
        "_transforms",
        "_window",
    )

    def __init__(
        self,
        message: Message,
        *,
        detectors: Sequence[Detector],
        policy: Policy,
        transforms: Mapping[str, Transform],
        exempt: Collection[str] = (),
    ) -> None:
        self._origin: Origin = message.origin
        self._detectors = tuple(d for d in detectors if message.origin in d.origins)
        self._reach = settle_reach(self._detectors, message.origin)
        self._policy = policy
        self._transforms = transforms
        self._exempt = exempt
        self._window = ""
        self._base = 0  # offset of the window in the whole text
        self._done = 0  # how much of the window was released; what is left of it is context
        self._clean = 0  # the last cut from which a scan sees the same as one from the start
        # Not asked again for every piece: isinstance of a protocol is slow.
        self._settling = tuple(d.settled for d in self._detectors if isinstance(d, SettlingDetector))
        self._settles = len(self._settling) == len(self._detectors)
        self._patience = 0  # the window is not looked at again before it is this long
        self._findings: list[Finding] = []
        self._edits: list[Edit] = []
        self._reasons: list[Decision] = []
        self._failed: tuple[str, ...] = ()
        self._blocked = False

    @property
    def blocked(self) -> bool:
        """Whether a policy stopped this text; nothing more will come out."""
        return self._blocked

    @property
    def verdict(self) -> Verdict:
        """The verdict so far; offsets are those of the whole text, which is not kept."""
        reasons = tuple(r for d in self._reasons for r in d.reasons)
        action = max((d.action for d in self._reasons), default=Action.ALLOW)
        ran = tuple(d.name for d in self._detectors if d.name not in self._failed)
        decision = Decision(action, reasons)
        return Verdict(decision, tuple(self._findings), tuple(self._edits), "", ran, self._failed)

    def feed(self, piece: str) -> str:
        """Take the next *piece* and return what is decided and allowed."""
        if self._blocked or not piece:
            return ""
        if not self._detectors:
            return piece
        self._window += piece
        if len(self._window) < self._patience:
            return ""
        try:
            settled = self._settled()
        except Exception:  # noqa: BLE001 - a check that cannot say how far it is has not run: refuse
            return self._fail("settled")
        out = self._release(settled) if settled > self._done else ""
        held = len(self._window) - self._done
        if held > _PATIENCE_CHARS and not self._blocked:
            if held > (FINDING_CHARS_MAX if self._reach is not None else TEXT_CHARS_MAX):
                return out + self._fail("hold-limit")
            # What is held this long is mostly held for long: a look at all of it for every word adds up.
            self._patience = len(self._window) + held // 8
        else:
            self._patience = len(self._window) + min(_STEP_CHARS_MAX, self._base // 16)
        return out

    def close(self) -> str:
        """Return what was held back; the text ends here."""
        if self._blocked or len(self._window) == self._done:
            return ""
        return self._release(len(self._window), final=True)

    def _settled(self) -> int:
        """Return how far the window is settled for every detector; a finding that crosses comes later."""
        if self._reach is None:
            return self._done
        window, settled = self._window, len(self._window)
        for ask in self._settling:
            settled = min(settled, ask(window, self._done))
        if not self._settles:
            settled = min(settled, len(window) - 2 * self._reach)
        if settled <= self._done and len(window) - self._done > HOLD_CHARS_MAX:
            # Nothing legitimate is this long without a break. What could still grow is the last reach.
            settled = len(window) - self._reach
        return settled

    def _release(self, upto: int, *, final: bool = False) -> str:
        window, done = self._window, self._done
        found, failed = detect_many((window,), self._detectors)
        if failed:
            return self._fail(*failed)
        clean = upto
        if not final:
            upto = _before_crossing(found[0], upto)
            if upto <= done:
                return ""
        fresh = tuple(f for f in found[0] if done <= f.span.start < upto and not self._is_exempt(f))
        if done and found[0]:
            # A claim on the whole text is made at its end, and speaks of what is left of it.
            whole = (f for f in found[0] if f.span.end > len(window))
            fresh += tuple(replace(f, span=Span(done, len(window))) for f in whole)
        if upto == clean and self._may_trim(found[0], upto):
            self._clean = upto
        if not fresh:
            self._trim(upto)
            return window[done:upto]
        return self._decide(fresh, upto)

    def _may_trim(self, found: tuple[Finding, ...], upto: int) -> bool:
        """Say whether a scan that begins *reach* before *upto* sees the same as one from the start."""
        if self._settles or not self._reach:
            return True
        # A scan that goes from match to match depends on where it began, unless a stretch is free of matches.
        return all(f.span.end <= upto - 2 * self._reach or f.span.start >= upto for f in found)

    def _decide(self, fresh: tuple[Finding, ...], upto: int) -> str:
        window, done = self._window, self._done
        decision = self._policy.decide(fresh, self._origin)
        self._note(decision, fresh)
        if decision.action >= Action.ROUTE_LOCAL:
            # The words are already on their way back: an answer cannot be routed elsewhere, so it stops.
            upto = min(
                r.finding.span.start
                for r in decision.reasons
                if r.action >= Action.ROUTE_LOCAL and r.mode is Mode.ENFORCE
            )
            self._blocked = True
        edits = tuple(e for e in edits_for(window, decision.reasons, self._transforms) if e.span.start < upto)
        self._edits += [Edit(_shift(e.span, self._base), e.replacement, e.restorable) for e in edits]
        if self._blocked:
            upto = min((e.span.start for e in edits if e.span.end > upto), default=upto)
            edits = tuple(e for e in edits if e.span.end <= upto)
        local = [Edit(_shift(e.span, -done), e.replacement, e.restorable) for e in edits]
        out = apply(window[done : max(upto, max((e.span.end for e in edits), default=upto))], local)
        self._trim(upto)
        return out

    def _note(self, decision: Decision, fresh: tuple[Finding, ...]) -> None:
        base = self._base
        self._reasons.append(decision)
        self._findings += [
            Finding(f.rule, f.confidence, _shift(f.span, base), f.subject) if base else f for f in fresh
        ]

    def _fail(self, *names: str) -> str:
        finding = Finding(DETECTOR_FAILED, 1.0, Span(0, 0), subject=",".join(names))
        self._failed = names
        decision = self._policy.decide((finding,), self._origin)
        self._note(decision, (finding,))
        if decision.action >= Action.ROUTE_LOCAL:
            self._blocked = True
            return ""
        out = self._window[self._done :]
        self._window, self._done, self._clean, self._base = "", 0, 0, self._base + len(self._window)
        self._detectors = ()
        return out

    def _trim(self, upto: int) -> None:
        cut = max(0, self._clean - (self._reach or 0))
        self._window = self._window[cut:]
        self._base += cut
        self._clean -= cut
        self._done = upto - cut

    def _is_exempt(self, finding: Finding) -> bool:
        return bool(self._exempt) and self._window[finding.span.start : finding.span.end] in self._exempt


def _before_crossing(found: tuple[Finding, ...], upto: int) -> int:
    for finding in reversed(found):  # by start, so one pass from the right finds the leftmost chain
        if finding.span.start < upto < finding.span.end:
            upto = finding.span.start
    return upto


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
