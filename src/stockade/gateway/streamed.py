"""A streamed answer: screened and restored piece by piece, ended honestly.

The client's stream ends with ``[DONE]`` only if the upstream's did, every text passed, and the record of it
is durable. Everything else ends with a typed error event.
"""

from __future__ import annotations
