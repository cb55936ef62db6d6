"""Products on disk: all of a build or none of it, and nobody's own file lost."""

from __future__ import annotations

import errno
import itertools
import json
import multiprocessing
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from office import snapshot

from disclosure import store as storing
from disclosure.lock import only_one
from disclosure.model.place import DisclosureError, Problem
from disclosure.store import KEPT, MANIFEST, Stored, read_manifest, recover, store

REPORT, FIRST, SECOND = "报告.docx", "附件1 甲.docx", "charts/图1.png"
OLD = {REPORT: b"report", FIRST: b"first", SECOND: b"chart"}
NEW = {REPORT: b"report corrected", FIRST: b"first", SECOND: b"chart corrected"}


def with_manifest(products: Mapping[str, bytes], **beside: bytes) -> dict[str, bytes]:
    """The products and the manifest that lists them."""
    listed = [
        {"kind": "report", "number": n, "path": name, "sha256": sha256(data).hexdigest()}
        for n, (name, data) in enumerate(products.items())
    ]
    return {**products, **beside, MANIFEST: json.dumps({"products": listed}).encode()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The products of an earlier build."""
    folder = tmp_path / "output" / "2023"
    store(folder, with_manifest(OLD))
    return folder


@pytest.fixture
def untouched(folder: Path) -> Iterator[None]:
    """Nothing below the parent of the products changes, and nothing is left there."""
    before = snapshot(folder.parent)
    yield
    assert snapshot(folder.parent) == before


def refusal(folder: Path, products: Mapping[str, bytes] = NEW) -> Problem:
    with pytest.raises(DisclosureError) as caught:
        store(folder, with_manifest(products))
    (problem,) = caught.value.problems
    assert problem.stops
    return problem


# ------------------------------------------------------------------ what stands afterwards


def test_products_replace_those_of_the_last_build(folder: Path) -> None:
    store(folder, with_manifest({REPORT: b"new", FIRST: b"first"}))

    assert set(snapshot(folder)) == {REPORT, FIRST, MANIFEST}
    assert (folder / REPORT).read_bytes() == b"new"


def test_the_same_products_again_change_nothing(folder: Path) -> None:
    before = (folder / REPORT).stat().st_mtime_ns, folder.stat().st_ino

    assert store(folder, with_manifest(OLD)) == Stored(folder, (), {})
    assert ((folder / REPORT).stat().st_mtime_ns, folder.stat().st_ino) == before


def test_a_product_that_did_not_change_is_not_written_again(folder: Path) -> None:
    before = (folder / FIRST).stat().st_ino

    store(folder, with_manifest(NEW))

    assert (folder / FIRST).stat().st_ino == before


def test_files_and_folders_of_others_stay(folder: Path) -> None:
    (folder / "charts" / "我的图.png").write_bytes(b"mine")
    (folder / "批注" / "空的").mkdir(parents=True)
    (folder / "批注" / "领导意见.txt").write_text("改", encoding="utf-8")
    (folder / "链接").symlink_to("批注/领导意见.txt")

    store(folder, with_manifest({REPORT: b"new"}))

    assert (folder / "charts" / "我的图.png").read_bytes() == b"mine"
    assert (folder / "批注" / "空的").is_dir()
    assert (folder / "链接").is_symlink() and (folder / "链接").read_text("utf-8") == "改"
    assert not (folder / SECOND).exists()


def test_an_emptied_folder_of_ours_goes(folder: Path) -> None:
    store(folder, with_manifest({REPORT: b"new"}))

    assert not (folder / "charts").exists()


def test_a_product_changed_by_hand_is_kept_under_a_telling_name(folder: Path) -> None:
    (folder / REPORT).write_bytes(b"by hand")
    os.utime(folder / REPORT, (1_710_000_000, 1_710_000_000))

    stored = store(folder, with_manifest(NEW))

    (copy,) = stored.kept.values()
    assert stored.kept.keys() == {REPORT}
    assert copy.startswith(f"{KEPT}/报告（改于 2024-03-0") and copy.endswith("）.docx")
    assert (folder / copy).read_bytes() == b"by hand"
    assert (folder / REPORT).read_bytes() == NEW[REPORT]


def test_hand_edits_of_one_minute_are_all_kept(folder: Path) -> None:
    for words in (b"by hand", b"by hand again"):
        (folder / REPORT).write_bytes(words)
        os.utime(folder / REPORT, (1_710_000_000, 1_710_000_000))
        store(folder, with_manifest(OLD))

    assert {path.read_bytes() for path in (folder / KEPT).iterdir()} == {
        b"by hand",
        b"by hand again",
    }


def test_a_removed_product_changed_by_hand_is_kept(folder: Path) -> None:
    (folder / FIRST).write_bytes(b"by hand")

    stored = store(folder, with_manifest({REPORT: b"report"}))

    assert (folder / stored.kept[FIRST]).read_bytes() == b"by hand"


def test_a_foreign_file_in_the_way_is_kept(tmp_path: Path) -> None:
    (tmp_path / REPORT).write_bytes(b"not ours")
    (tmp_path / MANIFEST).write_bytes(b'{"name": "a web page"}')

    stored = store(tmp_path, with_manifest(NEW))

    assert (tmp_path / stored.kept[REPORT]).read_bytes() == b"not ours"
    assert (tmp_path / stored.kept[MANIFEST]).read_bytes() == b'{"name": "a web page"}'


@pytest.mark.parametrize(
    "damaged", [b"", b"[]", b'{"products": 1}', b'{"products": [{}]}', b"\xff"]
)
def test_products_of_a_damaged_manifest_are_kept(folder: Path, damaged: bytes) -> None:
    (folder / MANIFEST).write_bytes(damaged)

    stored = store(folder, with_manifest(NEW))

    assert (folder / stored.kept[REPORT]).read_bytes() == OLD[REPORT]


def test_files_beside_the_products_are_not_taken_for_hand_edits(folder: Path) -> None:
    store(folder, with_manifest(OLD, **{"findings.json": b"[]"}))

    stored = store(folder, with_manifest(OLD, **{"findings.json": b"[1]"}))

    assert stored.changed == ("findings.json",) and not stored.kept


def test_a_partial_build_keeps_the_others_and_the_manifest_in_step(folder: Path) -> None:
    listed = with_manifest({**OLD, FIRST: b"first corrected"})[MANIFEST]

    store(folder, {FIRST: b"first corrected", MANIFEST: listed}, partial=True)

    assert (folder / REPORT).read_bytes() == OLD[REPORT]
    for product in read_manifest(folder)["products"]:  # type: ignore[attr-defined]
        digest = sha256((folder / product["path"]).read_bytes()).hexdigest()
        assert digest == product["sha256"]


def test_a_partial_build_removes_what_its_manifest_no_longer_lists(folder: Path) -> None:
    renamed = {"附件1 乙.docx": b"first"}
    listed = with_manifest({REPORT: OLD[REPORT], SECOND: OLD[SECOND], **renamed})[MANIFEST]

    store(folder, {**renamed, MANIFEST: listed}, partial=True)

    assert set(snapshot(folder)) == {REPORT, SECOND, "附件1 乙.docx", MANIFEST}


def test_a_product_deleted_by_hand_leaves_the_manifest(folder: Path) -> None:
    (folder / FIRST).unlink()

    paths = [product["path"] for product in read_manifest(folder)["products"]]  # type: ignore[attr-defined]
    assert paths == [REPORT, SECOND]


# ------------------------------------------------------------------ where it cannot be written


@pytest.mark.parametrize("failing", [1, 2, 3])
@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "磁盘满了"),
        (errno.EDQUOT, "磁盘配额用完了"),
        (errno.EROFS, "只读"),
        (errno.EIO, "磁盘读写出错"),
        (errno.ENAMETOOLONG, "太长"),
    ],
)
@pytest.mark.usefixtures("untouched")
def test_a_disk_that_fails_on_any_file_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failing: int, code: int, words: str
) -> None:
    written = []

    def fails(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) == failing:
            with open(path, "wb") as file:
                file.write(data[:2])
            raise OSError(code, os.strerror(code), str(path))
        with open(path, "wb") as file:
            return file.write(data)

    monkeypatch.setattr(Path, "write_bytes", fails)
    message = str(refusal(folder))
    monkeypatch.undo()

    assert len(written) == failing
    assert words in message and "没有变" in message and os.strerror(code) not in message


@pytest.mark.usefixtures("untouched")
def test_a_file_that_windows_holds_open_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def held(source: Path, target: Path) -> None:
        if Path(source) == folder:
            raise PermissionError(errno.EACCES, "Access is denied", str(source))
        replace(source, target)

    monkeypatch.setattr(storing, "_exchanged", lambda one, other: False)
    monkeypatch.setattr(os, "replace", held)
    message = str(refusal(folder))
    monkeypatch.undo()

    assert "正被别的程序打开" in message and "关闭" in message and "denied" not in message


@pytest.mark.usefixtures("untouched")
def test_a_second_rename_that_fails_is_undone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def once(source: Path, target: Path) -> None:
        if Path(source).name == ".2023.new":
            raise PermissionError(errno.EACCES, "Access is denied", str(source))
        replace(source, target)

    monkeypatch.setattr(storing, "_exchanged", lambda one, other: False)
    monkeypatch.setattr(os, "replace", once)
    refusal(folder)
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("product", "mark"),
    [
        (REPORT, "~$报告.docx"),  # Word and WPS, a short name
        (FIRST, "~$件1 甲.docx"),  # Word, one character replaced
        (FIRST, "~$1 甲.docx"),  # Word, two characters replaced
        (FIRST, "~$附件1 甲.docx"),  # Excel
        (FIRST, ".~附件1 甲.docx"),  # WPS
        (FIRST, ".~lock.附件1 甲.docx#"),  # LibreOffice
    ],
)
def test_a_product_open_in_an_office_program_is_refused(
    folder: Path, product: str, mark: str
) -> None:
    (folder / mark).write_bytes(b"owner")
    before = snapshot(folder.parent)

    problem = refusal(folder, {**OLD, product: b"corrected"})

    assert product in str(problem) and mark in problem.advice
    assert snapshot(folder.parent) == before


def test_an_open_product_that_does_not_change_is_no_obstacle(folder: Path) -> None:
    (folder / ".~lock.报告.docx#").write_bytes(b"owner")

    store(folder, with_manifest({**OLD, FIRST: b"corrected"}))

    assert (folder / FIRST).read_bytes() == b"corrected"


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"a file")

    for folder in (tmp_path / "output", tmp_path / "output" / "2023"):
        assert f"{tmp_path.as_posix()}/output：这是一个文件，不是文件夹" in str(refusal(folder))


def test_the_root_of_a_disk_is_refused() -> None:
    assert "根目录" in str(refusal(Path("/")))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="changes the user")
def test_a_folder_without_the_right_to_write_is_refused(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    base = Path(tmp_path_factory.mktemp("shared")).resolve()
    for path in (base, *base.parents[:-2]):
        path.chmod(0o755)
    os.seteuid(65534)
    try:
        problem = refusal(base / "output")
    finally:
        os.seteuid(0)
    assert "没有写的权限" in str(problem)
    assert not list(base.iterdir())


# ------------------------------------------------------------------ other disks and systems


def test_a_disk_without_hard_links_copies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(source: str, target: str) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    (folder / "我的.txt").write_bytes(b"mine")
    monkeypatch.setattr(os, "link", refuses)
    store(folder, with_manifest(NEW))

    assert (folder / "我的.txt").read_bytes() == b"mine"
    assert (folder / FIRST).read_bytes() == OLD[FIRST]


def test_a_linked_output_folder_stays_a_link(tmp_path: Path, folder: Path) -> None:
    elsewhere = tmp_path / "网盘" / "公开"
    elsewhere.parent.mkdir()
    shutil.move(folder, elsewhere)
    folder.symlink_to(elsewhere)

    store(folder, with_manifest(NEW))

    assert folder.is_symlink()
    assert (elsewhere / REPORT).read_bytes() == NEW[REPORT]
    assert [path.name for path in elsewhere.parent.iterdir()] == ["公开"]


def test_read_only_products_are_replaced(folder: Path) -> None:
    (folder / REPORT).chmod(0o444)
    (folder / "charts").chmod(0o555)

    store(folder, with_manifest(NEW))

    assert (folder / SECOND).read_bytes() == NEW[SECOND]
    assert [path.name for path in folder.parent.iterdir()] == ["2023"]


def test_the_folder_keeps_its_rights(folder: Path) -> None:
    folder.chmod(0o770)

    store(folder, with_manifest(NEW))

    assert folder.stat().st_mode & 0o777 == 0o770


@pytest.mark.parametrize("system", ["one step", "two renames"])
def test_both_ways_of_changing_folders_leave_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    if system == "two renames":
        monkeypatch.setattr(storing, "_exchanged", lambda one, other: False)

    store(folder, with_manifest(NEW))

    assert (folder / REPORT).read_bytes() == NEW[REPORT]
    assert [path.name for path in folder.parent.iterdir()] == ["2023"]


# ------------------------------------------------------------------ killed, and two at once

STEPS = ((os, "replace"), (os, "link"), (os, "rmdir"), (os, "unlink"), (Path, "write_bytes"))


def killed_at(step: int, folder: Path, *, two_renames: bool) -> bool:
    """Whether a process that stores NEW was killed at its n-th step on disk."""
    process = multiprocessing.get_context("fork").Process(
        target=_store_and_die, args=(step, folder, two_renames)
    )
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _store_and_die(step: int, folder: Path, two_renames: bool) -> None:
    taken = itertools.count(1)

    def dies(function: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*arguments: object, **named: object) -> object:
            if next(taken) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **named)

        return stepped

    for owner, name in STEPS:
        setattr(owner, name, dies(getattr(owner, name)))
    exchanged = (lambda one, other: False) if two_renames else storing._exchanged
    storing._exchanged = dies(exchanged)
    store(folder, with_manifest(NEW))


@pytest.mark.skipif(sys.platform != "linux", reason="needs SIGKILL and renameat2")
def test_a_kill_at_any_step_leaves_whole_products_and_the_next_build_no_rubbish(
    folder: Path,
) -> None:
    old, new = with_manifest(OLD), with_manifest(NEW)
    steps = 0
    while killed_at(steps + 1, folder, two_renames=False):
        steps += 1
        found = {name: (folder / name).read_bytes() for name in old}
        assert found in (old, new)

        store(folder, old)
        assert set(snapshot(folder.parent)) == {f"2023/{name}" for name in old}
        assert (folder / REPORT).read_bytes() == OLD[REPORT]
    assert steps > len(NEW)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_kill_between_two_renames_is_mended_by_the_next_build(folder: Path) -> None:
    gone = 0
    step = 0
    while killed_at(step := step + 1, folder, two_renames=True):
        gone += not folder.exists()
        recover(folder)
        assert (folder / REPORT).read_bytes() in (OLD[REPORT], NEW[REPORT])
        store(folder, with_manifest(OLD))
        assert [path.name for path in folder.parent.iterdir()] == ["2023"]
    assert gone == 1


def test_a_second_build_waits_for_the_first(folder: Path) -> None:
    lock = folder.with_name(".2023.lock")
    with only_one(lock, 0):
        second = threading.Thread(target=store, args=(folder, with_manifest(NEW)))
        second.start()
        second.join(0.2)
        assert second.is_alive() and (folder / REPORT).read_bytes() == OLD[REPORT]
    second.join(5)
    assert (folder / REPORT).read_bytes() == NEW[REPORT]
    assert not lock.exists()


@pytest.mark.usefixtures("untouched")
def test_a_build_that_does_not_end_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "PATIENCE", 0)
    with only_one(folder.with_name(".2023.lock"), 0):
        problem = refusal(folder)
    assert f"另一个生成（进程号 {os.getpid()}）正在写" in str(problem)


def test_the_lock_of_a_dead_process_is_taken_over(folder: Path) -> None:
    folder.with_name(".2023.lock").write_text("4194304")

    store(folder, with_manifest(NEW))

    assert [path.name for path in folder.parent.iterdir()] == ["2023"]
