"""Read the weights of an ONNX file back into the network, so that training can go on from it.

The export folds each batch normalisation into the convolution before it. Here the convolution takes
the folded weights, and its normalisation becomes the addition of a bias. Its statistics must then
stay as they are (`training.Plan.is_from_weights`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from tools.recogniser.network import Network

_Array = NDArray[np.float32]


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
    for node in model.graph.node:
        owner = _name_module(node.output[0])
        given = [name for name in node.input if name in arrays]
        for name in given:
            array = arrays.pop(name).astype(np.float32)
            if name.startswith("net."):
                yield name.removeprefix("net."), array
            elif node.op_type == "MatMul":  # a linear layer's weights are turned
                yield f"{owner}.weight", np.ascontiguousarray(array.T)
            elif node.op_type == "Conv":
                yield f"{owner}.{'weight' if array.ndim > 1 else 'bias'}", array


def _name_module(output: str) -> str:
    """The module whose output this is: /s2/s2.0/a/a.0/Conv_output_0 → s2.0.a.0."""
    parts = output.strip("/").split("/")[:-1]
    kept = [a for a, b in zip(parts, [*parts[1:], ""], strict=False) if not b.startswith(f"{a}.")]
    return ".".join(kept)
