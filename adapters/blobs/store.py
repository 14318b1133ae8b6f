"""Bytes kept in a folder or a bucket, through obstore.

Owns the mapping of our keys to paths and of obstore's errors to ours. Must never learn what the bytes are or
who refers to them. Puts are atomic: obstore writes a temporary file and renames it, and buckets show an
object only once it is whole. They are durable: a bucket's answer says so, and a folder is synced.
"""

from __future__ import annotations

import asyncio
import errno
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, from_url

from adapters.blobs.durable_folder import DurableFolder
from core.app.errors import BlobMissing, SettingsFault, StorageFull, StorageUnavailable
from core.app.ports import StoredBlob
from core.domain.ids import BlobKey

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from obstore.store import ObjectStore

_T = TypeVar("_T")

_THREADS = 8
_PIECE_BYTES = 256 * 1024
_SCHEMES = ("file", "memory", "s3", "gs", "az")
_KEY = re.compile(r"(?P<workspace>[A-Za-z0-9][A-Za-z0-9:@._-]{0,127})/(?P<digest>[0-9a-f]{64})")
# A colon is no character for a file's name on every system.
_COLON = "__"
_UNCLEAR = ("..", _COLON, "_:")
"""What no workspace may hold: a path could lead elsewhere, or back to another key."""
_FULL_WORDS = ("no space left", f"os error {errno.ENOSPC}", f"os error {errno.EDQUOT}", "quota exceeded")


class ObstoreBlobs:
    """The BlobStore port over any store that obstore speaks to.

    Calls block in threads of their own. obstore's own async functions end a process that has just used them
    with an abort, often enough to matter: its runtime calls into an interpreter that is shutting down
    (PyO3/pyo3-async-runtimes issue 40; seen with 0.12 in November 2026).
    """

    def __init__(self, store: ObjectStore, folder: DurableFolder | None = None) -> None:
        self._store = store
        self._folder = folder
        self._threads = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="blobs")

    async def put(self, key: BlobKey, content: bytes, *, is_lasting: bool = True) -> None:
        """Keep the bytes; the same key always means the same bytes, so that repeating is harmless."""
        path = _path(key)
        await self._off_loop(key, lambda: self._put(path, content, is_lasting=is_lasting))

    def _put(self, path: str, content: bytes, *, is_lasting: bool) -> None:
        obstore.put(self._store, path, content, use_multipart=False)
        if self._folder is not None and is_lasting:
            self._folder.keep(path)

    async def get(self, key: BlobKey) -> bytes:
        """Fetch the bytes; raises BlobMissing."""
        path = _path(key)
        return await self._off_loop(key, lambda: bytes(obstore.get(self._store, path).bytes()))

    async def pieces(self, key: BlobKey) -> AsyncIterator[bytes]:
        """Fetch the bytes piece by piece, each when it is asked for; raises BlobMissing at the first.

        Each is a request of its own: a bucket drops a connection whose reader is slow, and the bytes under a
        key never change.
        """
        path = _path(key)
        meta = await self._off_loop(key, lambda: obstore.head(self._store, path))
        for start in range(0, meta["size"], _PIECE_BYTES):
            end = min(start + _PIECE_BYTES, meta["size"])
            yield await self._off_loop(key, partial(self._range, path, start, end))

    def _range(self, path: str, start: int, end: int) -> bytes:
        return bytes(obstore.get_range(self._store, path, start=start, end=end))

    async def exists(self, key: BlobKey) -> bool:
        """Whether there are bytes under that key."""
        path = _path(key)
        try:
            await self._off_loop(key, lambda: obstore.head(self._store, path))
        except BlobMissing:
            return False
        return True

    async def delete(self, key: BlobKey) -> None:
        """Forget the bytes; deleting what is not there is no fault."""
        path = _path(key)
        try:
            await self._off_loop(key, lambda: obstore.delete(self._store, path))
        except BlobMissing:
            return

    async def listing(self) -> AsyncIterator[StoredBlob]:
        """Yield all blobs; files that are not ours (unfinished ones, an operator's notes) are passed over."""
        name = BlobKey("the listing")
        chunks = await self._off_loop(name, lambda: iter(obstore.list(self._store)))
        while True:
            chunk = await self._off_loop(name, lambda: next(chunks, None))
            if chunk is None:
                return
            for entry in chunk:
                key = _key(entry["path"])
                if key is not None:
                    yield StoredBlob(key, entry["size"], entry["last_modified"])

    def close(self) -> None:
        """Let the threads end once they have finished what they are at."""
        self._threads.shutdown(wait=False)

    async def _off_loop(self, key: BlobKey, work: Callable[[], _T]) -> _T:
        with _our_errors(key):
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def open_blobs(url: str) -> ObstoreBlobs:
    """Open the store a URL names; a local folder is created. Raises SettingsFault for a URL that names none.

    `file:///var/lib/inkthread/pictures`, `s3://bucket/prefix`, `gs://bucket/prefix`, `az://container/prefix`
    or `memory://`. Credentials of buckets come from the cloud's usual environment.
    """
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES:
        known = ", ".join(f"{scheme}://" for scheme in _SCHEMES)
        said = f"STORAGE_URL must begin with one of {known}."
        raise SettingsFault(said)
    if parts.scheme == "file":
        return _local(parts.netloc, parts.path)
    try:
        return ObstoreBlobs(from_url("memory:///" if parts.scheme == "memory" else url))
    except (BaseError, ValueError) as fault:
        # The text of the fault may repeat the URL, and a URL may hold a secret: only its kind is told.
        said = f"STORAGE_URL cannot be opened ({type(fault).__name__}). Check the bucket and its credentials."
        raise SettingsFault(said) from None


def _local(host: str, path: str) -> ObstoreBlobs:
    folder = unquote(f"{host}{path}")
    if not folder:
        said = "STORAGE_URL names no folder. Write file:// and its path, as in file:///data/pictures."
        raise SettingsFault(said)
    try:
        store = LocalStore(folder, automatic_cleanup=False, mkdir=True)
    except (BaseError, OSError, ValueError) as fault:
        said = f"The folder of STORAGE_URL cannot be used: {folder}. See that it exists and is writable."
        raise StorageUnavailable(said) from fault
    return ObstoreBlobs(store, DurableFolder(Path(folder).absolute()))


def _path(key: BlobKey) -> str:
    """Turn a key into a path; anything but `workspace/sha256` is our own mistake and goes nowhere."""
    match = _KEY.fullmatch(key)
    if match is None or any(unclear in match["workspace"] for unclear in _UNCLEAR):
        said = "a blob key is a workspace and a sha256 in hexadecimal, with one slash between"
        raise ValueError(said)
    return f"{match['workspace'].replace(':', _COLON)}/{match['digest']}"


def _key(path: str) -> BlobKey | None:
    """Turn a path back into its key; None for a file that no key leads to."""
    folder, _, name = path.rpartition("/")
    key = BlobKey(f"{folder.replace(_COLON, ':')}/{name}")
    return key if _KEY.fullmatch(key) and _path(key) == path else None


@contextmanager
def _our_errors(key: BlobKey) -> Iterator[None]:
    """Raise in the words of our own error tree whatever obstore or the system raises."""
    try:
        yield
    except (NotFoundError, FileNotFoundError) as fault:
        said = f"No bytes under {key}."
        raise BlobMissing(said) from fault
    except (BaseError, OSError) as fault:
        if _is_full(fault):
            said = "There is no room left where pictures are kept. Free some, then try again."
            raise StorageFull(said) from fault
        kind = type(fault).__name__
        said = f"The picture store cannot be used now ({kind}). See that it is there and writable."
        raise StorageUnavailable(said) from fault


def _is_full(fault: BaseException) -> bool:
    number = getattr(fault, "errno", None)
    return number in {errno.ENOSPC, errno.EDQUOT} or any(word in str(fault).lower() for word in _FULL_WORDS)
