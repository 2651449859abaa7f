"""Turn the large layers of a recogniser to 8-bit integers, which halves the time of a line.

Activations take the range that they have on sample lines. Weights take 7 bits: a processor without
VNNI adds two products in 16 bits, which 8 bits could overflow. The gate and the head stay as they
are: they decide.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static

from pipeline.extract.ocr.engine.recognizer import as_input
from tools.recogniser.export import halve
from tools.recogniser.synthesis import LineMaker

_SAMPLES = 200  # lines; judgement: enough that none of a page is far out of their range


class _Samples(CalibrationDataReader):  # type: ignore[misc]  # untyped
    def __init__(self, maker: LineMaker, count: int) -> None:
        self._lines = (maker.make() for _ in range(count))

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        line = next(self._lines, None)
        return None if line is None else {"x": as_input(line.picture)}


def quantize(model: Path, maker: LineMaker, file: Path, samples: int = _SAMPLES) -> None:
    """Write a model with integer layers.

    Args:
        model: The ONNX file that `export` wrote.
        maker: Makes the sample lines.
        file: The ONNX file to write.
        samples: How many sample lines.
    """
    whole = file.with_suffix(".fp32.onnx")
    loaded = _unhalve(onnx.load(str(model)))
    onnx.save(loaded, str(whole))
    quantize_static(
        whole, file, _Samples(maker, samples), per_channel=True, reduce_range=True,
        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
        nodes_to_quantize=[node.name for node in loaded.graph.node if _is_large(node, loaded)],
    )  # fmt: skip
    whole.unlink()
    quantized = onnx.load(str(file))
    halve(quantized)
    onnx.save(quantized, str(file))


def _unhalve(model: ModelProto) -> ModelProto:
    """Make the weights fp32 that `export` stored as fp16; return the model."""
    halves = {t.name: t for t in model.graph.initializer if t.name.endswith("_h")}
    for node in [n for n in model.graph.node if n.op_type == "Cast" and n.input[0] in halves]:
        tensor = halves[node.input[0]]
        array = numpy_helper.to_array(tensor).astype(np.float32)
        tensor.CopyFrom(numpy_helper.from_array(array, node.output[0]))
        model.graph.node.remove(node)
    return model


def _is_large(node: NodeProto, model: ModelProto) -> bool:
    """Whether a node multiplies many channels by weights, or is the activation after such a one."""
    shapes = {tensor.name: tensor.dims for tensor in model.graph.initializer}
    weights = [shapes[name] for name in node.input if len(shapes.get(name, ())) > 1]
    if node.op_type in ("Conv", "MatMul"):
        return any(min(shape[:2]) > 1 for shape in weights)
    return bool(node.op_type == "Relu")
