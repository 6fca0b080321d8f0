"""The check of a whole log: every bit, every line, every file, the tail, and the fork."""

from __future__ import annotations

import shutil

import pytest

from stockade.audit.key import LogKey
from stockade_verify import ForgedError, UnreadableError, check_log
from stockade_verify.entries import divide
from stockade_verify.log import Report


def lines_of(folder):
    return [
        line
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_bytes().splitlines(keepends=True)
    ]


def lay(folder, lines):
    for path in folder.glob("*.jsonl"):
        path.unlink()
    (folder / "audit-000001.jsonl").write_bytes(b"".join(lines))


def refused(folder, key, **known):
    with pytest.raises(ForgedError) as caught:
        check_log(folder, [key.public], **known)
    return caught.value


def test_a_log_as_it_was_written_verifies(written, key):
    report = check_log(written(600), [key.public])
    assert isinstance(report, Report)
    assert (report.entries, report.covered, report.runs, report.unstopped) == (602, 602, 1, ())
    assert (report.origin, report.torn, report.damaged) == ("stockade/verify", 0, ())


def test_every_changed_bit_of_a_segment_is_found(written, key):
    folder = written(3, segment_bytes=10**6)
    path = folder / "audit-000001.jsonl"
    whole = path.read_bytes()
    missed = []
    for place in range(len(whole)):
        for bit in range(8):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
            try:
                check_log(folder, [key.public])
                missed.append((place, bit))
            except ForgedError:
                continue
    assert missed == []
    assert len(whole) * 8 > 4_000
    path.write_bytes(whole)
    assert check_log(folder, [key.public]).covered == 5


def test_every_changed_bit_of_the_checkpoint_is_found(written, key):
    path = written() / "checkpoint"
    whole = path.read_bytes()
    for place in range(len(whole)):
        for bit in range(8):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
            refused(path.parent, key)


@pytest.mark.parametrize("place", range(14))
def test_a_line_deleted_doubled_swapped_or_added_is_found(written, key, place):
    folder = written()
    lines = lines_of(folder)
    assert len(lines) == 14
    lay(folder, lines[:place] + lines[place + 1 :])
    assert refused(folder, key).sequence == place + 1
    lay(folder, lines[: place + 1] + lines[place:])
    assert refused(folder, key).sequence == place + 2
    if place:
        lay(folder, [*lines[: place - 1], lines[place], lines[place - 1], *lines[place + 1 :]])
        assert refused(folder, key).sequence == place
    lay(folder, lines)
    assert check_log(folder, [key.public]).entries == 14


def test_a_changed_entry_is_named_by_its_tile(written, key):
    folder = written(600, segment_bytes=10**6)
    lines = lines_of(folder)
    for n in (5, 299, 555):
        lay(folder, [*lines[:n], lines[n].replace(b'"pad":""', b'"pad":"!"'), *lines[n + 1 :]])
        assert refused(folder, key).sequence == n + 1
    shutil.rmtree(folder / "tile")
    error = refused(folder, key)
    assert (error.sequence, "somewhere up to entry 602" in str(error)) == (0, True)


def test_entries_renumbered_after_a_deletion_are_found(written, key):
    folder = written()
    lines = lines_of(folder)
    rest = [line.replace(b'"seq":%d}' % (n + 4), b'"seq":%d}' % (n + 3)) for n, line in enumerate(lines[3:])]
    lay(folder, [*lines[:2], *rest])
    assert refused(folder, key).sequence > 0


@pytest.mark.parametrize("which", [0, 1, -1])
def test_a_file_taken_away_is_found(written, key, which):
    folder = written(60)
    sorted(folder.glob("*.jsonl"))[which].unlink()
    refused(folder, key)


def test_a_dropped_tail_is_found(written, key):
    folder = written()
    lines = lines_of(folder)
    lay(folder, lines[:-3])
    error = refused(folder, key)
    assert (error.sequence, str(error)) == (12, "the log ends with entry 11 and 14 were signed")
    lay(folder, [])
    assert refused(folder, key).sequence == 1


def test_a_log_rolled_back_whole_is_found_with_a_checkpoint_from_elsewhere(written, key):
    folder = written(5)
    longer = written(9, name="longer")
    newest = (longer / "checkpoint").read_bytes()
    assert check_log(folder, [key.public]).covered == 7
    assert refused(folder, key, known=[newest]).sequence == 8


def test_a_fork_is_found_with_a_checkpoint_from_elsewhere(written, key):
    one, other = written(5), written(5, name="other", big=3)
    known = (one / "checkpoint").read_bytes()
    assert check_log(other, [key.public]).covered == 7
    assert "forked" in str(refused(other, key, known=[known]))
    # The fork went on: the known checkpoint is of an earlier size.
    longer = written(9, name="longer", big=3)
    assert "not those that were signed" in str(refused(longer, key, known=[known]))


def test_earlier_checkpoints_of_the_same_log_agree(written, key):
    folder = written(5)
    known = (folder / "checkpoint").read_bytes()
    longer = written(9, name="longer", stopped=False)
    assert check_log(folder, [key.public], [known, known]).covered == 7
    assert refused(longer, key, known=[known])  # the shorter one had been stopped


def test_a_log_with_another_key_or_name_is_refused(written, key):
    folder = written()
    for other in (LogKey("stockade/verify", b"x" * 32), LogKey("stockade/other", b"k" * 32)):
        with pytest.raises(ForgedError):
            check_log(folder, [other.public])
    stranger = LogKey("stockade/other", b"x" * 32)
    with pytest.raises(ForgedError, match="different logs"):
        check_log(folder, [key.public, stranger.public], [stranger.sign(1, bytes(32))])


def test_without_a_checkpoint_nothing_is_said(written, key):
    folder = written()
    known = (folder / "checkpoint").read_bytes()
    (folder / "checkpoint").unlink()
    with pytest.raises(UnreadableError, match="no checkpoint"):
        check_log(folder, [key.public])
    assert check_log(folder, [key.public], [known]).covered == 14


def test_what_was_written_after_the_checkpoint_is_counted_and_not_vouched_for(written, key):
    folder = written(stopped=False)
    report = check_log(folder, [key.public])
    assert (report.entries, report.covered) == (13, 1)
    with max(folder.glob("*.jsonl")).open("ab") as file:
        file.write(b'{"at_ms":17')
    assert check_log(folder, [key.public]).torn == 11
    with max(folder.glob("*.jsonl")).open("ab") as file:
        file.write(b"rubbish\n")
    assert refused(folder, key).sequence == 14


def resigned(folder, key, lines):
    """Lay *lines* out and sign them: what somebody with the key could do."""
    from stockade_verify import Tree, leaf_hash

    tree = Tree()
    tree.extend([leaf_hash(line[:-1]) for line in lines])
    shutil.rmtree(folder / "tile", ignore_errors=True)
    lay(folder, lines)
    (folder / "checkpoint").write_bytes(key.sign(tree.size, tree.root()))


def test_a_gap_in_the_numbers_of_a_key_is_found_even_if_it_was_signed(written, key):
    folder = written()
    lines = lines_of(folder)
    for old, new in ((b'"key_seq":2', b'"key_seq":3'), (b'"key_seq":1', b'"key_seq":0')):
        resigned(folder, key, [lines[0], *(line.replace(old, new) for line in lines[1:])])
        assert "gap" in str(refused(folder, key))
    resigned(folder, key, [lines[0].replace(b'"key_seq":0', b'"key_seq":1'), *lines[1:]])
    assert "gap" in str(refused(folder, key))


def test_a_wrong_count_at_the_stop_is_found_even_if_it_was_signed(written, key):
    folder = written()
    lines = lines_of(folder)
    for old, new in ((b'"k0":6', b'"k0":7'), (b'"k0":6,', b"")):
        assert old in lines[-1]
        resigned(folder, key, [*lines[:-1], lines[-1].replace(old, new)])
        assert "counts other entries" in str(refused(folder, key))
    resigned(folder, key, [*lines[:-1], lines[-1].replace(b'{"keys":', b'{"keys"::')])
    assert check_log(folder, [key.public]).covered == 14  # it says nothing, so nothing is compared


def test_a_run_out_of_order_is_found_even_if_it_was_signed(written, key):
    folder = written()
    lines = lines_of(folder)
    for run in (b'"run":2', b'"run":3'):
        resigned(folder, key, [*lines[:5], *(line.replace(b'"run":1', run) for line in lines[5:])])
        assert "out of order" in str(refused(folder, key))


def test_a_damaged_tile_is_told_and_is_not_a_forged_entry(written, key):
    folder = written(600)
    tile = folder / "tile/0/001"
    tile.write_bytes(bytes(8192))
    report = check_log(folder, [key.public])
    assert (report.covered, report.damaged) == (602, ("tile/0/001",))


def test_a_long_entry_is_checked_whole(written, key):
    folder = written(2, big=100_000)
    assert check_log(folder, [key.public]).covered == 4
    path = max(folder.glob("*.jsonl"), key=lambda one: one.stat().st_size)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"xxxxxx", b"xxxyxx", 1))
    refused(folder, key)
    path.write_bytes(whole.replace(divide(whole.splitlines(keepends=True)[0]).body, b"{}"))
    refused(folder, key)


def test_an_empty_log_with_an_empty_checkpoint_verifies(tmp_path, key):
    from stockade_verify.merkle import EMPTY

    (tmp_path / "checkpoint").write_bytes(key.sign(0, EMPTY))
    assert check_log(tmp_path, [key.public]).entries == 0


def test_a_log_that_is_not_there_cannot_be_checked(tmp_path, key):
    with pytest.raises(UnreadableError):
        check_log(tmp_path / "none", [key.public], [key.sign(1, bytes(32))])
    (tmp_path / "checkpoint").mkdir()
    with pytest.raises(UnreadableError):
        check_log(tmp_path, [key.public])
