"""The faults the application can meet, by whose they are.

    InkthreadError
    ├── Conflict              somebody else wrote first: run the transaction again
    ├── StorageFault          the outside of us is broken; nothing was lost, an operator must act
    │   ├── BlobMissing       bytes that should be there are not
    │   ├── StorageFull       no room left
    │   └── StorageUnavailable  read-only, unreachable, or refused
    ├── DatabaseTooNew        written by a later version of Inkthread
    └── SettingsFault         a setting is wrong; says which and what to do

A refusal of a person's wish is never an exception: it is a value.
"""

from __future__ import annotations


class InkthreadError(Exception):
    """The root of our faults."""


class Conflict(InkthreadError):  # noqa: N818 - a fact about the database, not an error of anybody
    """Another transaction won; the whole unit of work may be run again."""


class StorageFault(InkthreadError):  # noqa: N818 - reads as what it is
    """Storage did not do what was asked."""


class BlobMissing(StorageFault):
    """No bytes under that key."""


class StorageFull(StorageFault):
    """No room left where bytes or rows are kept."""


class StorageUnavailable(StorageFault):
    """Storage is read-only, out of reach, or refuses us."""


class DatabaseTooNew(InkthreadError):  # noqa: N818 - reads as what it is
    """The database was written by a later version of Inkthread."""


class SettingsFault(InkthreadError):  # noqa: N818 - reads as what it is
    """A setting is wrong. The text says which one and what to do, never its secret value."""
