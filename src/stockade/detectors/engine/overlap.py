"""Which of several claims on the same characters is reported: a claim inside a stronger one is dropped.

Claims that merely overlap are all kept: dropping one would leave its tail in the clear (the edits are
merged later). Whether a claim is dropped depends only on the claims that contain it.
"""

from __future__ import annotations

from collections.abc import Sequence

from stockade.detectors.engine.spec import Hit


def strongest(hits: Sequence[Hit]) -> list[Hit]:
    """Return *hits* without those inside another that is wider, or as wide and surer; ordered by place."""
    if len(hits) < 2:
        return list(hits)
    kept: list[Hit] = []
    # Wider first at the same start, surer first at the same place: whatever contains a hit comes before it.
    ordered = sorted(hits, key=lambda hit: (hit.start, -hit.end, -hit.confidence, hit.rule.id))
    furthest = -1
    for hit in ordered:
        # Starts only grow, so a hit that ends no further than an earlier one lies inside it.
        if hit.end <= furthest:
            continue
        furthest = hit.end
        kept.append(hit)
    return kept
