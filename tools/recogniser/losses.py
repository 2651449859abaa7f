"""What the training minimises: the known places of characters, and CTC over the whole line."""

from __future__ import annotations

import dataclasses

import torch
from torch import Tensor
from torch.nn import functional

from tools.recogniser.batches import IS_CHARACTER, IS_GAP, Batch
from tools.recogniser.network import Network

_OPEN = -6.0  # logit of a gate; judgement: below it, a class has next to no probability
_ROUND = 256  # steps; judgement: few different shapes, for each of which a CPU builds its code
_CLOSED = -20.0  # log probability of a class at a closed step; judgement: nothing, but finite
_ABSENT = -60.0  # log probability of a class that the text lacks; judgement: less than nothing
_GAIN = (0.75, 1.1)  # times the ink; judgement: contrast varies a little more, at no cost
_NOISE = 0.04  # of the ink, at most; judgement: as above


@dataclasses.dataclass(frozen=True, slots=True)
class Tensors:
    """A `Batch` as tensors: processes pass them on without a copy."""

    pictures: Tensor
    labels: Tensor
    gates: Tensor
    classes: Tensor

    @classmethod
    def of(cls, batch: Batch) -> Tensors:
        """Take a batch over."""
        arrays = (batch.pictures, batch.labels, batch.gates, batch.classes)
        return cls(*map(torch.from_numpy, arrays))

    def _all(self) -> tuple[Tensor, ...]:
        return self.pictures, self.labels, self.gates, self.classes

    def pin_memory(self) -> Tensors:
        """Bring it to memory that a GPU reads while it computes; PyTorch's loader calls this."""
        return Tensors(*(tensor.pin_memory() for tensor in self._all()))

    def to(self, device: torch.device) -> Tensors:
        """Bring it to where the network is."""
        return Tensors(*(tensor.to(device, non_blocking=True) for tensor in self._all()))


@dataclasses.dataclass(frozen=True, slots=True)
class Losses:
    """Each the mean over what it is about, in nats."""

    gate: Tensor
    """Is there a character at a step?"""
    kind: Tensor
    """Which, at the steps where there is one."""
    ctc: Tensor | None
    """The whole text, by character; None: not asked for."""


def compute_losses(network: Network, batch: Tensors, with_ctc: bool, half: bool) -> Losses:
    """Run the network over a batch.

    Args:
        network: In training mode its input is varied a little.
        batch: Lines.
        with_ctc: Compute CTC's loss too.
        half: Run the network in bfloat16.
    """
    x = batch.pictures.unsqueeze(1).float() / 255
    if network.training:
        gain = torch.empty(len(x), 1, 1, 1, device=x.device)
        x = x * gain.uniform_(*_GAIN) + torch.randn_like(x) * gain.uniform_(0, _NOISE)
    x = x.contiguous(memory_format=torch.channels_last)
    is_on = batch.gates == IS_CHARACTER
    with torch.autocast(x.device.type, torch.bfloat16, enabled=half):
        gate, features = network(x)
        gate = gate.float()
        chosen = _choose(is_on, gate.detach() > _OPEN if with_ctc else None)
        logits = network.head(features[chosen]).float()
    log_sum = logits.logsumexp(-1)
    right = logits.gather(1, batch.classes[chosen].long()[:, None]).squeeze(1) - log_sum
    kind = -right[is_on[chosen]].mean()
    ctc = _ctc(gate, chosen, logits, log_sum, batch.labels) if with_ctc else None
    return Losses(_gate_loss(gate, batch.gates), kind, ctc)


def _gate_loss(gate: Tensor, aims: Tensor) -> Tensor:
    known = (aims >= IS_GAP).float()
    aim = (aims == IS_CHARACTER).float()
    loss = functional.binary_cross_entropy_with_logits(gate, aim, reduction="none")
    return (loss * known).sum() / known.sum()


def _choose(is_on: Tensor, is_open: Tensor | None) -> Tensor:
    """The steps whose classes are computed: those with a character, and open ones."""
    chosen = is_on if is_open is None else is_on | is_open
    chosen = chosen.clone()
    more = -int(chosen.sum()) % _ROUND
    chosen.view(-1)[(~chosen).view(-1).nonzero()[:more, 0]] = True
    return chosen


def _ctc(gate: Tensor, chosen: Tensor, logits: Tensor, log_sum: Tensor, labels: Tensor) -> Tensor:
    """CTC's loss by character, from the classes of chosen steps.

    Only the classes of a line's own text are kept, which makes CTC's part as good as free.
    """
    lines, steps = gate.shape
    own = labels.clamp(min=0)
    is_known = labels >= 0
    same = (labels[:, :, None] == labels[:, None, :]) & is_known[:, None, :]
    first = same.int().argmax(2)  # where in the text a character stands first
    picked = logits.gather(1, own[chosen.nonzero()[:, 0]]) - log_sum[:, None]
    log_own = picked.new_full((lines, steps, own.shape[1]), _CLOSED)
    log_own[chosen] = picked
    is_repeated = first != torch.arange(own.shape[1], device=own.device)
    log_own = log_own.masked_fill((is_repeated | ~is_known)[:, None, :], _ABSENT)
    log_own = log_own + functional.logsigmoid(gate)[..., None]
    log_all = torch.cat([functional.logsigmoid(-gate)[..., None], log_own], -1)
    lengths = is_known.sum(1)
    loss = functional.ctc_loss(
        log_all.transpose(0, 1), first + 1, torch.full_like(lengths, steps), lengths,
        reduction="none", zero_infinity=True,
    )  # fmt: skip
    # PyTorch's gradient takes the probabilities to sum to 1; these do not.
    surplus = (log_all.exp().sum((1, 2)) * (loss.detach() > 0)).sum()
    return (loss.sum() - surplus + surplus.detach()) / lengths.sum()
