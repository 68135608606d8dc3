"""Array files: digest and elements in one pass (AWB-R-110 to 118)."""

import hashlib

from awen_ref.bundle.model import Member
from awen_ref.npy import Scan
from awen_ref.verify.state import State

__all__ = ["read"]


def read(state: State, path: str, member: Member) -> str:
    """The digest of an array file; its header is kept for the cross-references.

    Args:
        state: Receives findings and header.
        path: The file.
        member: Its content.

    Raises:
        ContainerError: The file cannot be read.
    """
    digest = hashlib.sha256(usedforsecurity=False)
    scan = Scan(path=path, limits=state.limits)
    for chunk in member.chunks():
        digest.update(chunk)
        scan.update(chunk)
    state.extend(scan.finish())
    if scan.header is not None:
        state.headers[path] = scan.header
    return digest.hexdigest()
