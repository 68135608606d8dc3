"""What fuzzing by coverage begins with beside the kept corpus."""

import random
from collections.abc import Iterator

from awen_ref import npy
from awen_ref.digest import MANIFEST, TAG_MANIFEST
from campaigns import mutations
from campaigns.coverage_fuzz import in_bundle
from tests import bundles

__all__ = ["first_seeds"]


def first_seeds(name: str) -> Iterator[bytes]:
    """Valid files for a target, and archives made field by field.

    Args:
        name: The target.
    """
    files = bundles.files_of(bundles.sealed("validation"))
    documents = [data for path, data in files.items() if path.endswith(".json") and len(data) < 1024]
    match name:
        case "json":
            yield from documents
        case "lines":
            yield from (data + b"\n" for data in documents)
        case "array":
            yield from (data for path, data in files.items() if path.endswith(".npy"))
            yield from (npy.Header(descr, (2,)).render() + bytes(16) for descr in npy.ITEM_BYTES)
        case "manifest":
            yield files[MANIFEST][:800].rpartition(b"\n")[0] + b"\n"
            yield files[TAG_MANIFEST]
        case "archive":
            chance = random.Random(1)
            yield from (mutations.archive(chance) for _ in range(40))
        case "bundle":
            run = bundles.files_of(bundles.sealed("run"))
            yield from (bytes([at]) + run[path] for at, path in enumerate(in_bundle(run)))
