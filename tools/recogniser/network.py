"""The network: a convolutional encoder, one-dimensional mixing, self-attention, a gated head.

In: (lines, 1, 40, columns) float32, ink 1, paper 0, the columns a multiple of 4. The encoder gives
one vector for every 4 columns, a step. A gate says whether there is a character at a step; the head
says which, if there is one:

    log p(blank) = logsigmoid(-gate)        log p(c) = logsigmoid(gate) + log_softmax(head)[c]

So the head, half of all the work, need be computed only where the gate is open.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from tools.recogniser.charset import CHARACTERS

CHANNELS = (32, 64, 128, 256)  # judgement: of the stem, two stages and the steps
_BLOCKS = (3, 2)  # residual blocks of the two stages; judgement
_KERNEL = 15  # steps; judgement: two characters to each side
_HEADS = 4  # of the attention; judgement
_NECK = 128  # channels before the head; judgement: the head is as wide as half a step
_EXPANSION = 2  # of the perceptrons; judgement
_DROPOUT = 0.1  # share; judgement
_GATE_BIAS = -1.5  # logit; judgement: one step in six has a character
_MIX_SCALE = 0.1  # judgement: a mixing layer starts as next to nothing


def _convolve(
    before: int, after: int, kernel: tuple[int, int] = (3, 3), stride: tuple[int, int] = (1, 1)
) -> nn.Sequential:
    """A convolution that keeps the size, or divides it by the stride, with batch normalisation."""
    padding = (1, 1) if kernel == (3, 3) else (0, 0)
    layer = nn.Conv2d(before, after, kernel, stride, padding, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(after))


class Block(nn.Module):
    """Two convolutions beside the identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.a = _convolve(channels, channels)
        self.b = _convolve(channels, channels)
        nn.init.zeros_(self.b[1].weight)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.b(functional.relu(self.a(x))))


class Mix(nn.Module):
    """A depthwise convolution over the steps, then a perceptron; (lines, channels, 1, steps)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        padding = (0, _KERNEL // 2)
        self.dw = nn.Conv2d(
            channels, channels, (1, _KERNEL), padding=padding, groups=channels, bias=False
        )
        self.bn = nn.BatchNorm2d(channels)
        self.up = nn.Conv2d(channels, _EXPANSION * channels, 1)
        self.down = nn.Conv2d(_EXPANSION * channels, channels, 1)
        self.scale = nn.Parameter(torch.full((1, channels, 1, 1), _MIX_SCALE))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.scale * self.down(functional.relu(self.up(self.bn(self.dw(x)))))


class Attention(nn.Module):
    """Self-attention over the steps of a line, then a perceptron; (lines, steps, channels).

    Places need no encoding: the convolutions before know them.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.n1 = nn.LayerNorm(channels)
        self.qkv = nn.Linear(channels, 3 * channels)
        self.out = nn.Linear(channels, channels)
        self.n2 = nn.LayerNorm(channels)
        self.up = nn.Linear(channels, _EXPANSION * channels)
        self.down = nn.Linear(_EXPANSION * channels, channels)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.down.weight)

    def forward(self, x: Tensor) -> Tensor:
        lines, steps, channels = x.shape
        parts = self.qkv(self.n1(x)).reshape(lines, steps, 3, _HEADS, channels // _HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = _attend(query, key, value)
        x = x + self.out(mixed.transpose(1, 2).reshape(lines, steps, channels))
        return x + self.down(functional.relu(self.up(self.n2(x))))


def _attend(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    if not torch.onnx.is_in_onnx_export():
        return functional.scaled_dot_product_attention(query, key, value)
    weights = torch.softmax(query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5, -1)
    return weights @ value


class Network(nn.Module):
    """The whole network; the names of its parts are those in the ONNX file."""

    def __init__(self, classes: int = len(CHARACTERS)) -> None:
        super().__init__()
        stem, fine, coarse, steps = CHANNELS
        self.stem = _convolve(1, stem, stride=(2, 2))
        self.d1 = _convolve(stem, fine, stride=(2, 2))
        self.s2 = nn.Sequential(*(Block(fine) for _ in range(_BLOCKS[0])))
        self.d2 = _convolve(fine, coarse, stride=(2, 1))
        self.s3 = nn.Sequential(*(Block(coarse) for _ in range(_BLOCKS[1])))
        self.d3 = _convolve(coarse, steps, kernel=(5, 1))  # the 5 rows that are left
        self.mix = nn.Sequential(*(Mix(steps) for _ in range(3)))
        self.attend = nn.ModuleList([Attention(steps)])
        self.last = Mix(steps)
        self.norm = nn.LayerNorm(steps)
        self.drop = nn.Dropout(_DROPOUT)
        self.gate = nn.Linear(steps, 1)
        self.neck = nn.Linear(steps, _NECK)
        self.head = nn.Linear(_NECK, classes)
        nn.init.constant_(self.gate.bias, _GATE_BIAS)

    def encode(self, x: Tensor) -> Tensor:
        """The vectors of the steps: (lines, steps, channels)."""
        x = functional.relu(self.stem(x))
        x = self.s2(functional.relu(self.d1(x)))
        x = self.s3(functional.relu(self.d2(x)))
        x = self.mix(functional.relu(self.d3(x)))
        x = self.attend[0](x.squeeze(2).transpose(1, 2))
        x = self.last(x.transpose(1, 2).unsqueeze(2))
        return self.norm(x.squeeze(2).transpose(1, 2))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The logits of the gates (lines, steps), and what the head takes (lines, steps, 128)."""
        steps = self.encode(x)
        return self.gate(steps).squeeze(-1), self.neck(self.drop(steps))


class Exported(nn.Module):
    """What the ONNX file computes: each step's gate, and the likeliest classes of open steps."""

    def __init__(self, network: Network, kept: int, open_from: float) -> None:
        """Wrap a network.

        Args:
            network: The network, in evaluation mode.
            kept: How many classes are given for a step.
            open_from: Logit of a gate above which classes are computed.
        """
        super().__init__()
        self.net, self.kept, self.open_from = network, kept, open_from

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        steps = self.net.encode(x)
        gate = self.net.gate(steps).squeeze(-1)
        where = torch.nonzero(gate > self.open_from)  # (open, 2): line and step
        held = steps[where[:, 0], where[:, 1]]
        chances = torch.softmax(self.net.head(self.net.neck(held)), -1)
        best, kinds = torch.topk(chances, self.kept, -1)
        return torch.sigmoid(gate), where, kinds, best
