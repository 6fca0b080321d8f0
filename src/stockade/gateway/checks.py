"""The checks alone over HTTP: screen, anonymize and restore, for texts that another program sends on its own.

They answer with what the library answers. Each call leaves its record like any other interaction; the sealed
map of ``anonymize`` is handed to the caller and kept nowhere.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from types import MappingProxyType

import orjson

from stockade.core.errors import CheckError, InputError
from stockade.core.message import Message, Origin
from stockade.core.policy import Action
from stockade.core.restore import Restorer
from stockade.core.screen import Verdict
from stockade.gateway.app import Request, reply
from stockade.gateway.incoming import Receive, Send, read_body, read_headers
from stockade.gateway.record import Call, checks_header, refusal_entry, request_entry
from stockade.gateway.replies import refusal_for
from stockade.gateway.services import Services
from stockade.pipeline import Exchange, strictest
from stockade.sealing.envelope import open_sealed, seal
from stockade.wires.body import decode

TEXTS_MAX = 1_000
_MAP_PURPOSE = b"stockade/pseudonym-map/v1"
Body = dict[str, object]


class CheckRoute:
    """One of the checks as a route.

    Args:
        name: of the check: ``screen``, ``anonymize`` or ``restore``.
        services: the rooms behind the door.
    """

    __slots__ = ("_check", "_services", "path")

    def __init__(self, name: str, services: Services) -> None:
        self.path = f"/stockade/v1/{name}"
        self._check = CHECKS[name]
        self._services = services

    async def __call__(self, request: Request, receive: Receive, send: Send) -> None:
        """Answer one call."""
        services = self._services
        call = Call(request.request_id, self.path, policy=services.policy_label)
        try:
            incoming = read_headers(request.scope)
            call.key = services.authenticator.authenticate(incoming.credential)
            services.authenticator.permit(call.key, self.path, "")
            raw = await read_body(receive, incoming, services.bounds.body_bytes)
            answer = self._check(call, decode(raw, bytes_max=services.bounds.body_bytes), services)
        except Exception as error:
            refusal = refusal_for(error)
            await services.ledger.record("refused", refusal_entry(call, refusal.status, refusal.code))
            raise
        await services.ledger.record("check", call.entry)
        services.metrics.answered(self.path, 200, call.action.word, "", call.own_ns)
        await reply(send, 200, orjson.dumps(answer), call.headers())


def _screen(call: Call, body: Body, services: Services) -> Body:
    """Screen each text by its own author."""
    texts = _texts(body, "texts")
    messages = [_message(text, f"/texts/{index}") for index, text in enumerate(texts)]
    verdicts = _verdicts(call, messages, services)
    return {"results": [_as_dict(v) for v in verdicts], "policy": services.policy_label}


def _anonymize(call: Call, body: Body, services: Services) -> Body:
    """Replace sensitive values in all texts with one set of surrogates; hand over the sealed way back."""
    messages = [_message(t, f"/texts/{i}") for i, t in enumerate(_texts(body, "texts"))]
    exchange = _exchange(call, body, services)
    verdicts = _noted(call, messages, exchange.screen_request(messages), services)
    sealed = seal(services.keys.seal, orjson.dumps(dict(exchange.surrogates.pairs)), _MAP_PURPOSE)
    return {
        "results": [_as_dict(v) for v in verdicts],
        "map": base64.b64encode(sealed).decode(),
        "policy": services.policy_label,
    }


def _restore(call: Call, body: Body, services: Services) -> Body:
    """Put the values back that a sealed map holds."""
    sealed = body.get("map")
    if not isinstance(sealed, str):
        raise InputError("`map` is missing or not a string", code="invalid_type", pointer="/map")
    try:
        opened = open_sealed(services.keys.seal, base64.b64decode(sealed, validate=True), _MAP_PURPOSE)
    except (binascii.Error, ValueError):
        raise InputError("`map` is not base64", code="invalid_value", pointer="/map") from None
    texts = [_string(t, f"/texts/{i}") for i, t in enumerate(_texts(body, "texts"))]
    call.entry = request_entry(call, [Message(t) for t in texts], services.keys.commit)
    restorer = Restorer(orjson.loads(opened))
    return {"texts": [restorer.restore(text) for text in texts]}


CHECKS: Mapping[str, Callable[[Call, Body, Services], Body]] = MappingProxyType(
    {"screen": _screen, "anonymize": _anonymize, "restore": _restore}
)


def _verdicts(call: Call, messages: list[Message], services: Services) -> list[Verdict]:
    exchange = _exchange(call, {}, services)
    return _noted(call, messages, exchange.screen_request(messages), services)


def _noted(call: Call, messages: list[Message], verdicts: list[Verdict], services: Services) -> list[Verdict]:
    call.action = strictest(verdicts)
    call.checks = checks_header(verdicts, services.check_names)
    call.verdicts = tuple((m.origin.value, v) for m, v in zip(messages, verdicts, strict=True))
    not_run = {name for v in verdicts for name in v.not_run}
    if not_run and call.action is Action.BLOCK:
        raise CheckError("a check could not run", checks=tuple(sorted(not_run)))
    call.entry = request_entry(call, messages, services.keys.commit)
    return verdicts


def _exchange(call: Call, body: Body, services: Services) -> Exchange:
    conversation = _string(body.get("conversation", ""), "/conversation")
    key = services.keys.conversation(conversation, call.key.tenant)
    return Exchange(services.pipeline, key=key, style=services.style)


def _texts(body: Body, name: str) -> list[object]:
    texts = body.get(name)
    if not isinstance(texts, list) or not 0 < len(texts) <= TEXTS_MAX:
        hint = f"send 1 to {TEXTS_MAX} texts"
        raise InputError(
            f"`{name}` is missing or not a list", code="invalid_type", pointer=f"/{name}", hint=hint
        )
    return texts


def _message(text: object, pointer: str) -> Message:
    if isinstance(text, str):
        return Message(text, Origin.USER, pointer)
    if not isinstance(text, dict):
        raise InputError("a text is a string or an object", code="invalid_type", pointer=pointer)
    origin = text.get("origin", "user")
    if origin not in set(Origin):
        names = ", ".join(o.value for o in Origin)
        raise InputError(
            f"the origin is not one of {names}", code="invalid_value", pointer=f"{pointer}/origin"
        )
    return Message(_string(text.get("text"), f"{pointer}/text"), Origin(origin), pointer)


def _string(value: object, pointer: str) -> str:
    if not isinstance(value, str):
        raise InputError("the value must be a string", code="invalid_type", pointer=pointer)
    return value


def _as_dict(verdict: Verdict) -> Body:
    found: Body = {
        "action": verdict.action.word,
        "findings": [f.as_dict() for f in verdict.findings],
        "checks": list(verdict.checks),
        "not_run": list(verdict.not_run),
    }
    if verdict.action < Action.BLOCK:
        found["text"] = verdict.text
    return found
