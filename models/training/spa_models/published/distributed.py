"""Several processes, one for each GPU, started by `torchrun`: they see different images and share their gradients."""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch
import torch.distributed
import torch.nn as nn


@dataclass(frozen=True)
class Processes:
    """`rank` 0 writes checkpoints and tells the progress."""

    rank: int
    count: int
    device: torch.device

    @property
    def first(self) -> bool:
        return self.rank == 0

    def average_gradients(self, parameters: list[nn.Parameter]) -> None:
        """The mean over all processes, in one exchange.

        Not DistributedDataParallel: a step calls the decoder once a round and goes backward each time, and other networks learn in
        other steps; one exchange after all rounds says the same.
        """
        if self.count == 1:
            return
        for parameter in parameters:
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
        joined = torch.cat([parameter.grad.flatten() for parameter in parameters])
        torch.distributed.all_reduce(joined)
        parts = (joined / self.count).split([parameter.numel() for parameter in parameters])
        for parameter, part in zip(parameters, parts):
            parameter.grad.copy_(part.view_as(parameter))

    def agree(self, value: float) -> float:
        """The first process' value: clocks differ, and all must stop after the same step."""
        if self.count == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64, device=self.device)
        torch.distributed.broadcast(shared, 0)
        return float(shared)


def join() -> Processes:
    """Of WORLD_SIZE processes when `torchrun` started this one; else the only one."""
    count, local = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("LOCAL_RANK", "0"))
    cuda = torch.cuda.is_available()
    device = torch.device("cuda", local) if cuda else torch.device("cpu")
    if cuda:
        torch.cuda.set_device(device)
    if count > 1:
        torch.distributed.init_process_group("nccl" if cuda else "gloo")
    return Processes(int(os.environ.get("RANK", "0")), count, device)


def leave(processes: Processes) -> None:
    if processes.count > 1:
        torch.distributed.destroy_process_group()
