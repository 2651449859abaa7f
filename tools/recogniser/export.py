"""Write the network as the ONNX file that besshi reads lines with.

Large weights are stored as fp16, which halves the file; ONNX Runtime makes them fp32 when it loads
it. The names of the classes are in its metadata.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from pipeline.extract.ocr.engine.recognizer import HEIGHT
from tools.recogniser.charset import CHARACTERS
from tools.recogniser.network import Exported, Network
from tools.recogniser.weights import load_weights

KEPT = 6  # classes of a step; judgement: the seventh is never right
OPEN_FROM = -4.6  # logit of a gate, probability 0.01; judgement: besshi asks nothing of others
_OPSET = 17  # standard: ONNX; 17 came with ONNX Runtime 1.12
_LARGE = 1024  # weights; judgement: smaller arrays save nothing
_OUTPUTS = {
    "gate": {0: "lines", 1: "steps"},
    "where": {0: "open"},
    "kinds": {0: "open"},
    "chances": {0: "open"},
}


def export(network: Network, file: Path) -> None:
    """Write a network."""
    whole = file.with_suffix(".fp32.onnx")
    with warnings.catch_warnings():  # of negative places in a gather: here are none
        warnings.simplefilter("ignore", UserWarning)
        _export_whole(network, whole)
    model = onnx.load(str(whole))
    whole.unlink()
    helper.set_model_props(model, {"character": "\n".join(CHARACTERS)})
    halve(model)
    onnx.save(model, str(file))


def _export_whole(network: Network, file: Path) -> None:
    """Write a network with all weights as fp32."""
    torch.onnx.export(
        Exported(network.eval(), KEPT, OPEN_FROM).eval(), (torch.rand(1, 1, HEIGHT, 400),),
        str(file), opset_version=_OPSET, input_names=["x"], output_names=[*_OUTPUTS],
        dynamic_axes={"x": {0: "lines", 3: "width"}, **_OUTPUTS}, dynamo=False,
    )  # fmt: skip


def export_checkpoint(checkpoint: Path, file: Path, other: Path | None, share: float) -> None:
    """Write a checkpoint, or its mean with another model.

    Args:
        checkpoint: What `training.train` wrote.
        file: The ONNX file to write.
        other: An ONNX file to take the mean with; None: none.
        share: The checkpoint's share in the mean, 0-1.
    """
    network = Network()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True))
    export(network, file)
    if other is not None:  # of weights without BatchNorm, which only an exported file has
        mean, others = load_weights(file), load_weights(other).state_dict()
        for name, weight in mean.state_dict().items():
            if weight.is_floating_point():
                weight.lerp_(others[name], 1 - share)
        export(mean, file)


def halve(model: onnx.ModelProto) -> None:
    """Store the large weights as fp16, each under its name with `_h`, and cast them first."""
    kept, casts = [], []
    for tensor in model.graph.initializer:
        array = numpy_helper.to_array(tensor)
        if tensor.data_type == TensorProto.FLOAT and array.size > _LARGE:
            name = f"{tensor.name}_h"
            kept.append(numpy_helper.from_array(array.astype(np.float16), name))
            casts.append(helper.make_node("Cast", [name], [tensor.name], to=TensorProto.FLOAT))
        else:
            kept.append(tensor)
    nodes = [*casts, *model.graph.node]
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(nodes)
