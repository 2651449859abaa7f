"""Train the recogniser for a given time, from nothing or from given weights."""

from __future__ import annotations

import copy
import dataclasses
import math
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from tools.recogniser.batches import stream
from tools.recogniser.faces import Faces
from tools.recogniser.look import Look
from tools.recogniser.losses import Losses, Tensors, compute_losses
from tools.recogniser.network import Network
from tools.recogniser.synthesis import LineMaker
from tools.recogniser.texts import TextStock
from tools.recogniser.weights import load_weights

CHECKPOINT = "checkpoint.pt"

_DECAY = 0.03  # of weights; judgement
_BETAS = (0.9, 0.98)  # of AdamW; judgement
_LONGEST_GRADIENT = 2.0  # norm; judgement: one odd batch must not undo the others
_SHOWN_EVERY = 10.0  # seconds; judgement
_CTC_RAMP = 0.04  # share of the time in which CTC's weight rises to 1; judgement
_LEAST_RATE = 0.005  # share of the peak rate; judgement


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """How to train; the defaults are for one GPU, from nothing."""

    seconds: float = 600.0
    columns: int = 160_000
    """Of the pictures of a batch together."""
    widest: int = 1600
    """Columns of the longest line."""
    peak: float = 2e-3
    """The highest learning rate."""
    ctc_from: float = 0.12
    """Share of the time after which CTC's loss is added."""
    places: float = 1.0
    """Weight of the known places at first; it falls to a tenth."""
    average: float = 0.999
    """Decay of the averaged weights."""
    look: Look = dataclasses.field(default_factory=Look)
    start: Path | None = None
    """An ONNX file to go on from. BatchNorm's statistics then stay as they are."""
    workers: int = 15
    """Processes that make lines."""
    half: bool = True
    """Run the network in bfloat16."""
    threads: int | None = None
    """Of a CPU; None: as many as it has."""
    seed: int = 1
    batches: int | None = None
    """How many, instead of a time: a trial that takes longer where the machine is busy."""

    def progress(self, seconds: float, batches: int) -> float:
        """How much of the training is done; 1 and more: all."""
        return seconds / self.seconds if self.batches is None else batches / self.batches

    @property
    def warm_up(self) -> float:
        """Share of the time in which the rate rises to its peak."""
        return 0.03 if self.start is None else 0.01

    def rate(self, progress: float) -> float:
        """The learning rate after a share of the time."""
        if progress < self.warm_up:
            return self.peak * progress / self.warm_up
        fall = (progress - self.warm_up) / (1 - self.warm_up)
        cosine = 0.5 * (1 + math.cos(math.pi * fall))
        return self.peak * (cosine * (1 - _LEAST_RATE) + _LEAST_RATE)

    def weigh(self, losses: Losses, progress: float) -> Tensor:
        """The loss that is minimised: places at first, the whole text at last."""
        if losses.ctc is None:
            return 2 * losses.gate + losses.kind
        share = max(0.1, self.places * (1 - 1.3 * progress))
        ramp = min(1.0, (progress - self.ctc_from) / _CTC_RAMP + 0.05)
        return share * (2 * losses.gate + losses.kind) + ramp * losses.ctc


class _Batches(IterableDataset[Tensors]):
    """Batches without end, others in each process that makes them."""

    def __init__(self, plan: Plan, faces: Faces, stock: TextStock) -> None:
        self._plan, self._faces, self._stock = plan, faces, stock

    def __iter__(self) -> Iterator[Tensors]:
        info, plan = get_worker_info(), self._plan
        seed = 1000 * plan.seed + (info.id if info else 0)
        maker = LineMaker(self._faces, self._stock, plan.look, seed)
        return map(Tensors.of, stream(maker, plan.columns, plan.widest, seed))


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """Means of the losses, in nats, over some ten seconds."""

    seconds: float
    lines: int
    """Learnt from so far."""
    gate: float
    kind: float
    ctc: float

    def __str__(self) -> str:
        parts = f"gate {self.gate:.4f}  class {self.kind:.4f}  ctc {self.ctc:.4f}"
        return f"{self.seconds:7.1f} s  {self.lines:8d} lines  {parts}"


def train(plan: Plan, faces: Faces, stock: TextStock, folder: Path) -> list[Report]:
    """Train, and write the averaged weights to `folder/checkpoint.pt`.

    Args:
        plan: How.
        faces: The faces of the lines.
        stock: Their texts.
        folder: Made if it is not there.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads or torch.get_num_threads())
    network = Network() if plan.start is None else load_weights(plan.start)
    network = network.to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    run = _Run(plan, network, device)
    loader = DataLoader(
        _Batches(plan, faces, stock), batch_size=None, num_workers=plan.workers,
        pin_memory=device.type == "cuda", prefetch_factor=6 if plan.workers else None,
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for batch in loader:
        if not run.step(batch.to(device)):
            break
    torch.save(run.averaged.cpu().state_dict(), folder / CHECKPOINT)
    return run.reports


class _Run:
    """A training while it goes on."""

    def __init__(self, plan: Plan, network: Network, device: torch.device) -> None:
        self._plan, self._network, self._half = plan, network, plan.half
        self.averaged = copy.deepcopy(network).eval().requires_grad_(False)
        matrices = [p for p in network.parameters() if p.ndim >= 2]
        vectors = [p for p in network.parameters() if p.ndim < 2]
        self._optimizer = torch.optim.AdamW(
            [{"params": matrices, "weight_decay": _DECAY}, {"params": vectors, "weight_decay": 0}],
            lr=plan.peak, betas=_BETAS, fused=device.type == "cuda",
        )  # fmt: skip
        self._begin: float | None = None  # of the first batch: making faces ready takes a while
        self._steps = self._lines = 0
        self._sums, self._counted, self._shown = torch.zeros(3, device=device), 0, 0.0
        self.reports: list[Report] = []

    def step(self, batch: Tensors) -> bool:
        """Learn from a batch; False: all is done, and it was not learnt from."""
        now, plan = time.monotonic(), self._plan
        self._begin = now if self._begin is None else self._begin
        spent = now - self._begin
        progress = plan.progress(spent, self._steps)
        if progress >= 1:
            self._show(spent)
            return False
        for group in self._optimizer.param_groups:
            group["lr"] = plan.rate(progress)
        self._set_training()
        losses = compute_losses(self._network, batch, progress >= plan.ctc_from, self._half)
        self._optimizer.zero_grad(set_to_none=True)
        plan.weigh(losses, progress).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._network.parameters(), _LONGEST_GRADIENT)
        self._optimizer.step()
        self._steps += 1
        self._lines += len(batch.pictures)
        self._average()
        self._count(losses)
        if spent - self._shown > _SHOWN_EVERY:
            self._show(spent)
        return True

    def _set_training(self) -> None:
        self._network.train()
        if self._plan.start is not None:
            for part in self._network.modules():
                if isinstance(part, nn.BatchNorm2d):
                    part.eval()

    @torch.no_grad()
    def _average(self) -> None:
        decay = min(self._plan.average, (1 + self._steps) / (10 + self._steps))
        state = self._network.state_dict()
        for name, mean in self.averaged.state_dict().items():
            if mean.is_floating_point():
                mean.lerp_(state[name], 1 - decay)

    @torch.no_grad()
    def _count(self, losses: Losses) -> None:
        ctc = losses.gate.new_zeros(()) if losses.ctc is None else losses.ctc
        self._sums += torch.stack([losses.gate, losses.kind, ctc]).detach()
        self._counted += 1

    def _show(self, spent: float) -> None:
        if not self._counted:
            return
        means = (self._sums / self._counted).tolist()
        self.reports.append(Report(spent, self._lines, *means))
        print(self.reports[-1], flush=True)
        self._sums.zero_()
        self._counted, self._shown = 0, spent
