"""Addresses under which a picture's unchanged bytes can be fetched for a while.

For places that take only smaller files. Whoever has such an address needs no account and no cookie; nobody
can make one or change one, since it is sealed.
"""

from adapters.downloads.links import PATH, SealedLinks
from adapters.downloads.serving import Downloads

__all__ = ["PATH", "Downloads", "SealedLinks"]
