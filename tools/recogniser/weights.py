"""Read the weights of an ONNX file back into the network, so that training can go on from it.

The export folds each batch normalisation into the convolution before it. Here the convolution takes
the folded weights, and its normalisation becomes the addition of a bias. Its statistics must then
stay as they are (`training.Plan.is_from_weights`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from tools.recogniser.network import Network

_Array = NDArray[np.float32]
_DEQUANTIZED = "_DequantizeLinear_Output"  # standard: how ONNX Runtime names such weights


def load_weights(file: Path) -> Network:
    """The network with the weights of an ONNX file, in evaluation mode.

    Raises:
        KeyError, RuntimeError: The file is of another network.
    """
    network = Network().eval()
    state = {name: torch.from_numpy(array) for name, array in _list_weights(onnx.load(str(file)))}
    for name, part in network.named_modules():
        if isinstance(part, nn.BatchNorm2d):
            bias = state.pop(_find_convolution(name) + ".bias")
            state |= _add_bias_only(part, name, bias)
    network.load_state_dict(state)
    return network


def _find_convolution(normalisation: str) -> str:
    """The name of the convolution before a normalisation: stem.1 → stem.0, mix.0.bn → mix.0.dw."""
    parent, _, name = normalisation.rpartition(".")
    return f"{parent}.dw" if name == "bn" else f"{parent}.0"


def _add_bias_only(
    part: nn.BatchNorm2d, name: str, bias: torch.Tensor
) -> Iterator[tuple[str, torch.Tensor]]:
    one, zero = torch.ones_like(bias), torch.zeros_like(bias)
    yield f"{name}.weight", one
    yield f"{name}.bias", bias
    yield f"{name}.running_mean", zero
    yield f"{name}.running_var", one - part.eps  # what is divided by is then 1
    yield f"{name}.num_batches_tracked", torch.tensor(0)


def _list_weights(model: onnx.ModelProto) -> Iterator[tuple[str, _Array]]:
    """Yield each weight by its name in the network; nodes say whose an unnamed one is."""
    arrays = {t.name.removesuffix("_h"): numpy_helper.to_array(t) for t in model.graph.initializer}
    integers = [n for n in model.graph.node if n.op_type == "DequantizeLinear"]
    arrays |= {n.output[0]: _dequantize(n, arrays) for n in integers if n.input[0] in arrays}
    for node in model.graph.node:
        owner = _name_module(node.name)
        given = [] if node in integers else [name for name in node.input if name in arrays]
        for name in given:
            array = arrays.pop(name).astype(np.float32)
            if name.startswith("net."):
                yield name.removeprefix("net.").removesuffix(_DEQUANTIZED), array
            elif node.op_type == "MatMul":  # a linear layer's weights are turned
                yield f"{owner}.weight", np.ascontiguousarray(array.T)
            elif node.op_type == "Conv":
                yield f"{owner}.{'weight' if array.ndim > 1 else 'bias'}", array


def _dequantize(node: onnx.NodeProto, arrays: Mapping[str, _Array]) -> _Array:
    """The weights that a node makes of integers; these are relative to 0."""
    integers, scale = arrays[node.input[0]], arrays[node.input[1]]
    axis = next((a.i for a in node.attribute if a.name == "axis"), 0)
    shape = [-1 if place == axis else 1 for place in range(integers.ndim)]
    return integers.astype(np.float32) * scale.reshape(shape)


def _name_module(node: str) -> str:
    """The module that a node is of: /s2/s2.0/a/a.0/Conv → s2.0.a.0."""
    parts = node.strip("/").split("/")[:-1]
    kept = [a for a, b in zip(parts, [*parts[1:], ""], strict=False) if not b.startswith(f"{a}.")]
    return ".".join(kept)
