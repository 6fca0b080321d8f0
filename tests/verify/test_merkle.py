"""RFC 6962's tree against published values, and its proofs against every kind of forgery."""

from __future__ import annotations

import random

import pytest

from stockade_verify import ForgedError
from stockade_verify.merkle import (
    EMPTY,
    Tree,
    check_consistency,
    check_inclusion,
    leaf_hash,
    node_hash,
    tree_hash,
)

# The leaves and roots that the reference implementation of Certificate Transparency publishes.
LEAVES = [
    bytes.fromhex(text)
    for text in [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]


def proof_of(index, hashes):
    """RFC 6962, 2.1.1, word for word."""
    if len(hashes) <= 1:
        return []
    half = 1 << (len(hashes) - 1).bit_length() - 1
    if index < half:
        return [*proof_of(index, hashes[:half]), tree_hash(hashes[half:])]
    return [*proof_of(index - half, hashes[half:]), tree_hash(hashes[:half])]


def growth_of(first, hashes, whole=True):
    """RFC 6962, 2.1.2, word for word."""
    if first == len(hashes):
        return [] if whole else [tree_hash(hashes)]
    half = 1 << (len(hashes) - 1).bit_length() - 1
    if first <= half:
        return [*growth_of(first, hashes[:half], whole), tree_hash(hashes[half:])]
    return [*growth_of(first - half, hashes[half:], False), tree_hash(hashes[:half])]


def many(count):
    return [leaf_hash(b"%d" % n) for n in range(count)]


def test_published_hashes_of_single_values():
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    node = node_hash(b"N123", b"N456").hex()
    assert node == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots_come_out(size):
    assert tree_hash(HASHES[:size]).hex() == ROOTS[size - 1]
    tree = Tree()
    tree.extend(HASHES[:size])
    assert (tree.size, tree.root().hex()) == (size, ROOTS[size - 1])


def test_an_empty_tree_has_the_published_root():
    assert Tree().root() == tree_hash([]) == EMPTY


@pytest.mark.parametrize(
    ("index", "size", "expected"),
    [
        (0, 1, []),
        (
            0,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ],
)
def test_published_inclusion_proofs_hold(index, size, expected):
    proof = [bytes.fromhex(one) for one in expected]
    assert proof_of(index, HASHES[:size]) == proof
    check_inclusion(HASHES[index], index, size, proof, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (1, 1, []),
        (
            1,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ],
)
def test_published_consistency_proofs_hold(first, second, expected):
    proof = [bytes.fromhex(one) for one in expected]
    assert growth_of(first, HASHES[:second]) == proof
    roots = [(size, bytes.fromhex(ROOTS[size - 1])) for size in (first, second)]
    check_consistency(*roots, proof)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 33, 64, 65])
def test_every_honest_proof_holds(size):
    hashes = many(size)
    root = tree_hash(hashes)
    for index in range(size):
        check_inclusion(hashes[index], index, size, proof_of(index, hashes), root)
    for first in range(1, size + 1):
        check_consistency((first, tree_hash(hashes[:first])), (size, root), growth_of(first, hashes))
    check_consistency((0, EMPTY), (size, root), [])


def test_a_tree_hands_on_every_tile_once_and_in_order():
    tiles = []
    tree = Tree(lambda level, index, tile: tiles.append((level, index, len(tile))))
    hashes = many(256 * 256 + 700)
    tree.extend(hashes)
    assert [one for one in tiles if one[0] == 0] == [(0, n, 8192) for n in range(258)]
    assert [one for one in tiles if one[0] > 0] == [(1, 0, 8192)]
    assert tree.root() == tree_hash(hashes)
    assert Tree.resumed(tree.size, tree.edge(), None).root() == tree.root()


# --- forgeries -------------------------------------------------------------------------------------------


def accepted(check, *arguments):
    try:
        check(*arguments)
    except ForgedError:
        return False
    return True


def flipped(value, chance):
    place = chance.randrange(len(value) * 8)
    return bytes(b ^ (1 << place % 8 if n == place // 8 else 0) for n, b in enumerate(value))


def forged_proofs(proof, chance):
    """Yield *proof* with each of its hashes changed, dropped, doubled, swapped, cut or replaced."""
    for n, one in enumerate(proof):
        for _ in range(3):
            yield [*proof[:n], flipped(one, chance), *proof[n + 1 :]]
        yield proof[:n] + proof[n + 1 :]
        yield [*proof[:n], one, *proof[n:]]
        yield [*proof[:n], one[:-1], *proof[n + 1 :]]
        yield [*proof[:n], one + b"\0", *proof[n + 1 :]]
        yield [*proof[:n], EMPTY, *proof[n + 1 :]]
        yield [*proof[:n], b"", *proof[n + 1 :]]
        if n and proof[n - 1] != one:
            yield [*proof[: n - 1], one, proof[n - 1], *proof[n + 1 :]]
    yield [*proof, bytes(32)]
    yield [bytes(32), *proof]
    yield [*proof, *([bytes(32)] * (64 - len(proof)))]
    if proof:
        yield []
        yield proof[::-1] if proof[::-1] != proof else []


SIZES = [2, 3, 5, 8, 13, 33, 64, 100, 257]
WRONG_SIZES = [0, -1, 2**63 - 1, 2**63, 2**64]


def test_no_forged_inclusion_proof_is_accepted():
    chance, tried, taken = random.Random(6962), 0, []
    for size in SIZES:
        hashes = many(size)
        root = tree_hash(hashes)
        for index in range(size):
            proof, leaf = proof_of(index, hashes), hashes[index]
            forgeries = [(leaf, index, size, one, root) for one in forged_proofs(proof, chance)]
            forgeries += [(flipped(leaf, chance), index, size, proof, root) for _ in range(3)]
            forgeries += [(leaf, index, size, proof, flipped(root, chance)) for _ in range(3)]
            forgeries += [
                (leaf, other, size, proof, root) for other in {index - 1, index + 1, -1, size, 2**64}
            ]
            forgeries += [(leaf, index, other, proof, root) for other in WRONG_SIZES]
            forgeries += [(one, index, size, proof, root) for one in (b"", leaf[:-1], root) if one != leaf]
            tried += len(forgeries)
            taken += [one for one in forgeries if accepted(check_inclusion, *one)]
    assert taken == []
    assert tried > 30_000, tried


def test_no_forged_consistency_proof_is_accepted():
    chance, tried, taken = random.Random(9162), 0, []
    for size in SIZES:
        hashes = many(size)
        root = tree_hash(hashes)
        for first in range(1, size):
            proof, old = growth_of(first, hashes), tree_hash(hashes[:first])
            forgeries = [((first, old), (size, root), one) for one in forged_proofs(proof, chance)]
            forgeries += [((first, flipped(old, chance)), (size, root), proof) for _ in range(3)]
            forgeries += [((first, old), (size, flipped(root, chance)), proof) for _ in range(3)]
            forgeries += [((other, old), (size, root), proof) for other in [*WRONG_SIZES, size, size + 1]]
            forgeries += [((first, old), (other, root), proof) for other in [*WRONG_SIZES, first, first - 1]]
            forgeries += [((first, root), (size, old), proof), ((size, root), (first, old), proof)]
            tried += len(forgeries)
            taken += [one for one in forgeries if accepted(check_consistency, *one)]
    assert taken == []
    assert tried > 30_000, tried


def test_a_node_is_not_taken_for_a_leaf():
    """The second preimage attack that the two prefixes are there against."""
    left, right = many(2)
    root = node_hash(left, right)
    assert not accepted(check_inclusion, leaf_hash(left + right), 0, 1, [], root)


def test_equal_trees_need_no_proof_and_take_none():
    root = tree_hash(many(5))
    check_consistency((5, root), (5, root), [])
    assert not accepted(check_consistency, (5, root), (5, root), [bytes(32)])
    assert not accepted(check_consistency, (5, root), (5, bytes(32)), [])
    assert not accepted(check_consistency, (0, root), (5, root), [])
    assert not accepted(check_consistency, (3, root), (5, root), [])
