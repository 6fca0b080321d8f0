"""The two networks: a small one that looks at everything, and a wider one for what the first does not clear.

Both answer for a window and for each piece in it, as logits.
"""

from __future__ import annotations

import torch
from torch import nn


class First(nn.Module):
    """Three convolutions over word pieces; cheap enough for every text.

    Args:
        table: what each piece starts from (the backbone's word embeddings, reduced).
        width: of the convolutions.
    """

    def __init__(self, table: torch.Tensor, width: int = 128) -> None:
        super().__init__()
        self.table = nn.Embedding.from_pretrained(table, freeze=False)
        self.near = nn.Conv1d(table.shape[1], width, 5, padding=2)
        self.far = nn.ModuleList(nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in (2, 4))
        self.window = nn.Sequential(nn.Linear(2 * width, 64), nn.ReLU(), nn.Linear(64, 1))
        self.piece = nn.Linear(width, 1)
        # What the start piece and the origin say reaches every place.
        self.origin = nn.Linear(table.shape[1], width)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the logits of the windows and of their pieces."""
        seen = self.table(input_ids)
        shown = attention_mask.unsqueeze(1).to(seen.dtype)
        origin = self.origin(seen[:, 1]).unsqueeze(-1)
        states = torch.relu(self.near(seen.transpose(1, 2) * shown) + origin) * shown
        for layer in self.far:
            states = states + torch.relu(layer(states)) * shown
        mean = states.sum(2) / shown.sum(2)
        both = torch.cat([mean, states.amax(2)], dim=1)
        return self.window(both).squeeze(-1), self.piece(states.transpose(1, 2)).squeeze(-1)


class Second(nn.Module):
    """Wider convolutions, read out by attention: what matters is picked out wherever it stands.

    Args:
        table: what each piece starts from (the backbone's word embeddings, reduced).
        width: of the convolutions.
        reads: how many places of interest are picked out.
    """

    def __init__(self, table: torch.Tensor, width: int = 192, reads: int = 8) -> None:
        super().__init__()
        self.table = nn.Embedding.from_pretrained(table, freeze=False)
        self.near = nn.Conv1d(table.shape[1], width, 5, padding=2)
        self.far = nn.ModuleList(nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in (1, 3, 6))
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3))
        self.origin = nn.Linear(table.shape[1], width)
        self.interest = nn.Linear(width, reads)
        self.window = nn.Sequential(nn.Linear((reads + 2) * width, 128), nn.ReLU(), nn.Linear(128, 1))
        self.piece = nn.Linear(width, 1)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the logits of the windows and of their pieces."""
        seen = self.table(input_ids)
        shown = attention_mask.unsqueeze(-1).to(seen.dtype)
        origin = self.origin(seen[:, 1]).unsqueeze(1)
        states = torch.relu(self.near((seen * shown).transpose(1, 2)).transpose(1, 2) + origin) * shown
        for layer, norm in zip(self.far, self.norms, strict=True):
            mixed = torch.relu(layer(norm(states).transpose(1, 2)).transpose(1, 2))
            states = states + mixed * shown
        share = torch.softmax(self.interest(states) + (1 - shown) * -1e4, dim=1)
        picked = (share.transpose(1, 2) @ states).flatten(1)
        mean = states.sum(1) / shown.sum(1)
        both = torch.cat([picked, mean, states.amax(1)], dim=1)
        return self.window(both).squeeze(-1), self.piece(states).squeeze(-1)
