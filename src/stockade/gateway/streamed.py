"""A streamed answer: screened and restored piece by piece, ended honestly.

The client's stream ends with ``[DONE]`` only if the upstream's did, every text passed, and the record of it
is durable. Everything else ends with a typed error event.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from stockade.core.errors import StockadeError
from stockade.gateway.connection import UpstreamError
from stockade.gateway.incoming import Send
from stockade.gateway.record import Call
from stockade.gateway.replies import Refusal
from stockade.gateway.upstream import Exchange as UpstreamExchange
from stockade.pipeline import Exchange
