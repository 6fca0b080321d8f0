"""The library's face: screen, anonymize, build a prompt. What most users meet.

Everything here is the shared pipeline behind another door. A ``Guard()`` made without arguments touches
neither network, clock nor disk; ``Guard.from_config`` reads the configuration and the installation's key,
so that its surrogates are those of the gateway. It records nothing: what is recorded is traffic, and a
library call sends none.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from stockade.bootstrap import Keys, default_pipeline, installation
from stockade.core.errors import BlockedError, InputError
from stockade.core.message import Message, Origin
from stockade.core.policy import Action
from stockade.core.restore import Restorer
from stockade.core.screen import Verdict
from stockade.core.surrogate import Style, Surrogates
from stockade.core.transform import TRANSFORMS, pseudonymizer
from stockade.detectors.injection.sanitize import Kind, sanitize
from stockade.detectors.injection.spotlight import Spotlight, spotlight
from stockade.pipeline import Exchange, Pipeline
from stockade.sealing.envelope import open_sealed, seal

_MAP_PURPOSE = b"stockade/pseudonym-map/v1"


@dataclass(frozen=True, slots=True)
class Anonymized:
    """A text with surrogates, and the way back.

    Attributes:
        text: what may leave.
        verdict: what was found in the original.
    """

    text: str
    verdict: Verdict
    _pairs: Mapping[str, str] = field(repr=False)
    _seal_key: bytes = field(repr=False)

    def restore(self, reply: str) -> str:
        """Return *reply* with the real values in place of the surrogates issued here."""
        return Restorer(self._pairs).restore(reply)

    def seal(self) -> bytes:
        """Return the map back, encrypted and authenticated with the guard's key."""
        return seal(self._seal_key, orjson.dumps(dict(self._pairs)), _MAP_PURPOSE)


class Prompt(list[dict[str, str]]):
    """Chat messages, ready for any client, and the way back for the surrogates in them.

    A list, because clients take a list; nothing of it is overridden.
    """

    def __init__(self, messages: Sequence[dict[str, str]], restorer: Restorer) -> None:
        super().__init__(messages)
        self._restorer = restorer

    def restore(self, reply: str) -> str:
        """Return *reply* with the real values in place of the surrogates issued for this prompt."""
        return self._restorer.restore(reply)


class Guard:
    """Screens text, and turns real values into surrogates and back.

    Args:
        pipeline: detectors and policy; the shipped ``balanced`` policy if left out.
        key: 32 bytes that surrogates derive from; fresh random ones if left out, so that surrogates of
            two guards differ. An installation hands over the keys that it derived already.
        style: how surrogates look, where a call does not say.
    """

    __slots__ = ("_keys", "_pipeline", "_style")

    def __init__(
        self, pipeline: Pipeline | None = None, *, key: bytes | Keys = b"", style: Style = Style.TAG
    ) -> None:
        secret = key or os.urandom(32)
        self._keys = Keys.derived(secret) if isinstance(secret, bytes) else secret
        self._pipeline = pipeline or default_pipeline(self._keys)
        self._style = style

    @classmethod
    def from_config(cls, path: str | Path | None = None, *, policy: str = "default") -> Guard:
        """Return a guard with the policy of a configuration file and the installation's key.

        Args:
            path: a ``stockade.yaml``; without one, ``STOCKADE_CONFIG`` or the defaults.
            policy: the name of the policy in it.

        Raises:
            ConfigError: the file cannot be used.
        """
        found = installation(path)
        return cls(found.pipeline(policy), key=found.keys, style=found.style(policy))

    def screen(self, text: str | Message, *, origin: str | Origin = Origin.USER) -> Verdict:
        """Inspect *text* and say what may be done with it.

        Args:
            text: the words, or a ``Message``.
            origin: who wrote them: system, user, document, tool or model.

        Raises:
            InputError: *text* is not a string, or the origin is unknown.
        """
        message = text if isinstance(text, Message) else Message(_string(text), _origin(origin))
        surrogates = Surrogates(self._keys.conversation(""), style=self._style, taken=[message.text])
        return self._pipeline.screen(message, {**TRANSFORMS, "pseudonymize": pseudonymizer(surrogates)})

    def anonymize(self, text: str, *, style: str | Style | None = None, conversation: str = "") -> Anonymized:
        """Replace what the policy pseudonymizes in *text*; the result can restore a reply.

        Args:
            text: what is about to leave.
            style: ``tag``, ``numbered`` or ``realistic``.
            conversation: texts of one conversation share their surrogates.

        Raises:
            BlockedError: the policy refuses the text.
            InputError: *text* is not a string.
        """
        wanted = Style(style) if style is not None else self._style
        made = self._anonymize(_string(text), wanted, conversation)
        if wanted is Style.REALISTIC and made.restore(made.text) != text:
            # A realistic surrogate met its like in the text; marks cannot, so exactness wins over looks.
            made = self._anonymize(text, Style.TAG, conversation)
        return made

    def prompt(
        self,
        *,
        user: str,
        system: str = "",
        documents: Sequence[str] = (),
        spotlighting: str | Spotlight = Spotlight.DELIMIT,
    ) -> Prompt:
        """Return chat messages in which a model can tell what others wrote from what it is told to do.

        Each document is sanitised (what a reader would not see goes), screened as a document (attacks in it
        are cut out), and marked as data with a nonce that its author cannot know.

        Args:
            user: the user's words, screened as such.
            system: instructions of the program itself.
            documents: texts that others wrote: retrieved, attached, returned by tools.
            spotlighting: ``delimit``, ``datamark``, ``encode``, or ``user_input``, which marks the user's
                words, too.

        Raises:
            BlockedError: the policy refuses one of the texts.
            InputError: a text is not a string, or the kind of marking is unknown.
        """
        way = _way(spotlighting)
        texts = [Message(_string(user), Origin.USER)]
        texts += [Message(sanitize(_string(d), Kind.AUTO), Origin.DOCUMENT) for d in documents]
        texts += [Message(_string(system), Origin.SYSTEM)] if system else []
        exchange = Exchange(self._pipeline, key=self._keys.conversation(""), style=self._style)
        safe = [_passed(m, v) for m, v in zip(texts, exchange.screen_request(texts), strict=True)]
        asked, quoted, said = safe[0], safe[1 : len(documents) + 1], safe[len(documents) + 1 :]
        nonce = secrets.token_hex(16)
        marked = Spotlight.DELIMIT if way is Spotlight.USER_INPUT else way
        lit = [spotlight(text, nonce, way=marked) for text in quoted]
        if way is Spotlight.USER_INPUT:
            lit.append(spotlight(asked, nonce, way=way))
            asked = ""
        said += [one.instruction for one in lit]
        messages = [{"role": "system", "content": "\n\n".join(dict.fromkeys(said))}] if said else []
        content = "\n\n".join(filter(None, [*(one.text for one in lit), asked]))
        return Prompt([*messages, {"role": "user", "content": content}], exchange.restorer)

    def open_map(self, sealed: bytes) -> Restorer:
        """Return the way back that ``Anonymized.seal`` stored.

        Raises:
            StoreError: it was sealed by another installation, or changed.
        """
        return Restorer(orjson.loads(open_sealed(self._keys.seal, sealed, _MAP_PURPOSE)))

    def _anonymize(self, text: str, style: Style, conversation: str) -> Anonymized:
        surrogates = Surrogates(self._keys.conversation(conversation), style=style, taken=[text])
        transforms = {**TRANSFORMS, "pseudonymize": pseudonymizer(surrogates)}
        verdict = self._pipeline.screen(Message(text), transforms)
        if verdict.action >= Action.BLOCK:
            raise BlockedError("the policy refuses this text", verdict=verdict, hint="see verdict.findings")
        return Anonymized(verdict.text, verdict, surrogates.pairs, self._keys.seal)


def _string(text: object) -> str:
    if not isinstance(text, str):
        raise InputError(f"the text is {type(text).__name__}, not str", hint="decode bytes as UTF-8 first")
    return text


def _passed(message: Message, verdict: Verdict) -> str:
    if verdict.action >= Action.BLOCK:
        raise BlockedError(
            f"the policy refuses a text by {message.origin.value}",
            verdict=verdict,
            hint="see verdict.findings",
        )
    return verdict.text


def _way(way: str | Spotlight) -> Spotlight:
    try:
        return Spotlight(way)
    except ValueError:
        names = ", ".join(w.value for w in Spotlight)
        raise InputError(f"unknown spotlighting; use one of {names}") from None


def _origin(origin: str | Origin) -> Origin:
    try:
        return Origin(origin)
    except ValueError:
        names = ", ".join(o.value for o in Origin)
        raise InputError(f"unknown origin; use one of {names}") from None
