"""Trained networks to the int8 ONNX files that are shipped."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn


class Unpadded(nn.Module):
    """A network for one window without padding."""

    def __init__(self, trained: nn.Module) -> None:
        super().__init__()
        self.trained = trained

    def forward(self, input_ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the logits of the window and of its pieces."""
        return self.trained(input_ids, torch.ones_like(input_ids))


def export(network: nn.Module, target: Path) -> float:
    """Write *network* to *target* as int8 ONNX; return the largest difference to it on random windows."""
    plain = Unpadded(network).eval()
    example = torch.randint(1000, 20000, (1, 40))
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            plain, (example,), whole, input_names=["input_ids"], output_names=["window", "pieces"],
            dynamic_axes={"input_ids": {1: "length"}, "pieces": {1: "length"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quant_pre_process(whole, ready, skip_symbolic_shape=True)
        # The table of words is nearly all of the file; the convolutions are small, and exact as floats.
        quantize_dynamic(
            ready, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip
        onnx.checker.check_model(onnx.load(target))
        return _difference(plain, target)


def _difference(plain: nn.Module, target: Path) -> float:
    session = onnxruntime.InferenceSession(target.read_bytes(), providers=["CPUExecutionProvider"])
    worst = 0.0
    for length in (5, 40, 100):
        example = torch.randint(1000, 20000, (1, length))
        with torch.no_grad():
            wanted = float(plain(example)[0])
        worst = max(worst, abs(float(session.run(None, {"input_ids": example.numpy()})[0][0]) - wanted))
    return worst
