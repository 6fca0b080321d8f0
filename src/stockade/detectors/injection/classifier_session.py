"""One network, opened from bytes: numbers of pieces in, a score for the window and for each piece out.

One thread and no spinning: a gateway serves many requests on few cores, and there two threads that wait
for each other lose to one. It opens bytes that were verified before; it reads no file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    import numpy as np


class Answer(NamedTuple):
    """What a network says, in log-odds.

    Attributes:
        window: of the window as a whole.
        pieces: of each piece handed in.
    """

    window: float
    pieces: Sequence[float]


class Network:
    """A network ready to be asked; may be shared by threads.

    Args:
        model: ONNX bytes.
    """

    __slots__ = ("_session",)

    def __init__(self, model: bytes) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def ask(self, ids: Sequence[int]) -> Answer:
        """Return the answer on one window, with all the pieces that frame it."""
        import numpy as np

        feed = {"input_ids": np.asarray([ids], dtype=np.int64)}
        window, pieces = cast("list[np.ndarray]", self._session.run(None, feed))
        return Answer(float(window[0]), cast("list[float]", pieces[0].tolist()))
