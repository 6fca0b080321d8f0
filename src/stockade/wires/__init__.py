"""Wires: providers' body formats, and the texts in them. One object for each, one line in the catalogue.

There is one place to ask for a wire, by the path it is served on. A path that is not here has no
inspection and is refused by the doors. Nothing here opens a socket.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from stockade.wires.anthropic_messages import AnthropicMessages, count_tokens
from stockade.wires.openai_chat import OpenAIChat
from stockade.wires.openai_completions import OpenAICompletions
from stockade.wires.openai_inputs import embeddings, moderations
from stockade.wires.openai_responses import OpenAIResponses
from stockade.wires.part import Part, Uninspected
from stockade.wires.wire import AnswerStream, Body, Lane, LaneFactory, LaneKind, Wire, WireError

WIRES: Mapping[str, Wire] = MappingProxyType(
    {
        "/v1/chat/completions": OpenAIChat(),
        "/v1/messages": AnthropicMessages(),
        "/v1/messages/count_tokens": count_tokens(),
        "/v1/completions": OpenAICompletions(),
        "/v1/responses": OpenAIResponses(),
        "/v1/embeddings": embeddings(),
        "/v1/moderations": moderations(),
    }
)

__all__ = [
    "WIRES",
    "AnswerStream",
    "Body",
    "Lane",
    "LaneFactory",
    "LaneKind",
    "Part",
    "Uninspected",
    "Wire",
    "WireError",
]
