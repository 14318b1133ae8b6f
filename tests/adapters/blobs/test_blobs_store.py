"""Bytes come back as they were put, and every way they can fail to has a name."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.blobs import ObstoreBlobs, open_blobs
from adapters.blobs.store import _key, _our_errors, _path
from core.app.errors import BlobMissing, SettingsFault, StorageFull, StorageUnavailable
from core.domain.ids import BlobKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def key_of(content: bytes, workspace: str = "slack:T1") -> BlobKey:
    """The key that content has in a workspace."""
    return BlobKey(f"{workspace}/{hashlib.sha256(content).hexdigest()}")


@pytest.fixture(params=["file", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ObstoreBlobs]:
    """A store in a folder that does not exist yet, and one in memory."""
    store = open_blobs("memory://" if request.param == "memory" else f"file://{tmp_path}/deep/pictures")
    yield store
    store.close()


@pytest.mark.parametrize("content", [b"", b"x", bytes(range(256)) * 20_000])
async def test_bytes_come_back_as_they_were_put(blobs: ObstoreBlobs, content: bytes) -> None:
    """Nothing, a little and five megabytes."""
    key = key_of(content)
    assert not await blobs.exists(key)
    await blobs.put(key, content)
    await blobs.put(key, content)
    assert await blobs.get(key) == content
    pieces = [piece async for piece in blobs.pieces(key)]
    assert b"".join(pieces) == content
    assert max(map(len, pieces), default=0) <= 256 * 1024
    assert await blobs.exists(key)


async def test_what_was_put_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file, its folder and, where that may be new, those above, unless nobody would miss it."""
    synced: list[int] = []
    sync = os.fsync

    def remember(handle: int) -> None:
        sync(handle)
        synced.append(os.fstat(handle).st_ino)

    monkeypatch.setattr(os, "fsync", remember)
    root = tmp_path / "pictures"
    blobs = open_blobs(f"file://{root}")
    for content, above in ((b"first", [root, tmp_path]), (b"second", [])):
        synced.clear()
        key = key_of(content)
        await blobs.put(key, content)
        file = root / _path(key)
        assert synced == [one.stat().st_ino for one in (file, file.parent, *above)]
    synced.clear()
    await blobs.put(key_of(b"a preview"), b"a preview", is_lasting=False)
    assert synced == []
    assert await blobs.get(key_of(b"a preview")) == b"a preview"
    blobs.close()


async def test_what_the_disk_did_not_take_is_not_said_to_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing goes into memory and seldom fails; the disk's own refusal comes with the sync."""
    blobs = open_blobs(f"file://{tmp_path}")
    for number, named in ((errno.EIO, StorageUnavailable), (errno.ENOSPC, StorageFull)):

        def refuse(_handle: int, number: int = number) -> None:
            raise OSError(number, os.strerror(number))

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", refuse)
            with pytest.raises(named):
                await blobs.put(key_of(b"a"), b"a")
    await blobs.put(key_of(b"a"), b"a")
    blobs.close()


async def test_what_is_not_there_is_missing_and_may_be_deleted(blobs: ObstoreBlobs) -> None:
    """Deleting twice is no fault; fetching afterwards is."""
    key = key_of(b"gone")
    await blobs.put(key, b"gone")
    await blobs.delete(key)
    await blobs.delete(key)
    assert not await blobs.exists(key)
    with pytest.raises(BlobMissing):
        await blobs.get(key)
    with pytest.raises(BlobMissing):
        await anext(blobs.pieces(key))


async def test_the_listing_names_all_blobs_with_size_and_time(blobs: ObstoreBlobs) -> None:
    """Keys come back as they were given, workspaces apart."""
    keys = {key_of(bytes([number]), f"discord:{number % 3}"): number for number in range(120)}
    for key, number in keys.items():
        await blobs.put(key, bytes(number))
    listed = [blob async for blob in blobs.listing()]
    assert {blob.key: blob.size_bytes for blob in listed} == keys
    assert all(blob.modified_at.tzinfo is not None for blob in listed)


async def test_the_listing_passes_over_what_is_not_ours(tmp_path: Path) -> None:
    """A note by an operator and a file that was never finished are not offered for deletion."""
    blobs = open_blobs(f"file://{tmp_path}")
    await blobs.put(key_of(b"a"), b"a")
    (tmp_path / "README").write_text("do not touch")
    (tmp_path / "slack__T1" / f"{'0' * 64}#1").write_bytes(b"half")
    assert [blob.key async for blob in blobs.listing()] == [key_of(b"a")]
    blobs.close()


@pytest.mark.parametrize(
    "key",
    [
        "",
        "a",
        "a/b",
        "../" + "0" * 64,
        "a/../" + "0" * 64,
        "a/b/" + "0" * 64,
        "/" + "0" * 64,
        "a//" + "0" * 64,
        "a..b/" + "0" * 64,
        "a__b/" + "0" * 64,
        "a_:b/" + "0" * 64,
        "a/" + "0" * 63,
        "a/" + "A" * 64,
        "a/" + "0" * 64 + "\n",
        "a\0/" + "0" * 64,
    ],
)
async def test_a_key_of_another_shape_goes_nowhere(blobs: ObstoreBlobs, key: str) -> None:
    """No call lets a path out of its folder, whatever asks."""
    for call in (blobs.get, blobs.exists, blobs.delete):
        with pytest.raises(ValueError, match="a blob key is"):
            await call(BlobKey(key))
    with pytest.raises(ValueError, match="a blob key is"):
        await blobs.put(BlobKey(key), b"x")


@given(
    workspace=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9:@._-]{0,40}", fullmatch=True),
    content=st.binary(max_size=8),
)
@example(workspace="0_:", content=b"")
def test_paths_lead_back_to_their_keys(workspace: str, content: bytes) -> None:
    """Every key that is taken has a path of its own, and the listing finds the way back."""
    key = key_of(content, workspace)
    try:
        path = _path(key)
    except ValueError:
        assert any(unclear in workspace for unclear in ("..", "__", "_:"))
        return
    assert _key(path) == key
    assert path.count("/") == 1
    assert ":" not in path


async def test_a_folder_that_became_a_file_is_unavailable(tmp_path: Path) -> None:
    """The folder may change under a running process; the message says what to look at."""
    blobs = open_blobs(f"file://{tmp_path}")
    (tmp_path / "slack__T1").write_text("in the way")
    with pytest.raises(StorageUnavailable, match="there and writable"):
        await blobs.put(key_of(b"a"), b"a")
    blobs.close()


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), StorageFull),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), StorageFull),
        (OSError(errno.EROFS, "Read-only file system"), StorageUnavailable),
        (PermissionError(errno.EACCES, "Permission denied"), StorageUnavailable),
        (TimeoutError("out of reach"), StorageUnavailable),
        (FileNotFoundError("no such key"), BlobMissing),
    ],
)
def test_faults_are_told_in_our_own_words(fault: OSError, named: type[Exception]) -> None:
    """Full, read-only and missing are three different things to do something about."""
    with pytest.raises(named) as caught, _our_errors(key_of(b"a")):
        raise fault
    assert caught.value.__cause__ is fault


@pytest.mark.parametrize("url", ["", "pictures", "ftp://host/x", "http://host/x", "file://", "s3://"])
def test_a_url_that_names_no_store_is_refused_at_start(url: str) -> None:
    """The setting is named, so that the operator knows where to look."""
    with pytest.raises(SettingsFault, match="STORAGE_URL"):
        open_blobs(url)


def test_a_secret_in_the_url_is_not_repeated() -> None:
    """Faults go into logs; what stands before an @ does not."""
    with pytest.raises(SettingsFault) as caught:
        open_blobs("az://key:hunter2@/nowhere")
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(StorageUnavailable, match="taken"):
        open_blobs(f"file://{tmp_path}/taken/pictures")


def test_folders_with_spaces_and_percent_signs_are_found(tmp_path: Path) -> None:
    """A URL's spelling is undone once."""
    open_blobs(f"file://{tmp_path}/My%20pictures").close()
    assert (tmp_path / "My pictures").is_dir()


@pytest.mark.parametrize("store", ["LocalStore('.')", "MemoryStore()"])
def test_a_process_ends_in_peace_after_using_blobs(tmp_path: Path, store: str) -> None:
    """The library's own async calls abort a process that ends soon after them; ours must not."""
    script = (
        "import asyncio\nfrom obstore.store import LocalStore, MemoryStore\n"
        "from adapters.blobs import ObstoreBlobs\n"
        f"async def main():\n    blobs = ObstoreBlobs({store})\n    key = 'w/' + '0' * 64\n"
        "    await blobs.put(key, b'x' * 400000)\n    await blobs.get(key)\n"
        "    return [blob async for blob in blobs.listing()]\nassert asyncio.run(main())\n"
    )
    for _ in range(3):
        ended = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=_environment(), check=False)
        assert ended.returncode == 0


def _environment() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(path for path in sys.path if path), "PATH": "/usr/bin:/bin"}
