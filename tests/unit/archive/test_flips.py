"""Every single bit of a small archive turned over: none makes another bundle, none passes unseen."""

import io

from awen_ref import archive
from awen_ref.bundle import Bundle, BytesMember
from awen_ref.errors import ContainerError

CONTENT = {
    "bagit.txt": b"BagIt-Version: 1.0\n",
    "data/a.json": b"{}",
    "data/empty": b"",
    "manifest.json": b'{"a":1}',
}


def canonical_archive() -> bytes:
    target = io.BytesIO()
    archive.write_zip(Bundle({path: BytesMember(data) for path, data in CONTENT.items()}), target)
    return target.getvalue()


def outcome(octets: bytes) -> str:
    """`refused`, `warned` (the same content, with a finding), `seen` by nobody, or `other` content."""
    try:
        bundle = archive.read(io.BytesIO(octets))
        content = {path: member.read() for path, member in bundle.members.items()}
    except ContainerError as error:
        return "refused" if error.findings else "refused without a finding"
    if content != CONTENT:
        return "other"
    return "warned" if bundle.findings else "unseen"


def test_every_flipped_bit_is_refused_or_warned_of_with_the_content_unchanged() -> None:
    octets = canonical_archive()
    assert outcome(octets) == "unseen"
    warned = []
    for position in range(len(octets)):
        for bit in range(8):
            flipped = bytearray(octets)
            flipped[position] ^= 1 << bit
            result = outcome(bytes(flipped))
            assert result in {"refused", "warned"}, (position, bit, result)
            if result == "warned":
                warned.append(position)
    directory = octets.index(b"PK\1\2")
    assert min(warned) > directory
    # Version made by, internal attributes, permission and DOS attribute bits: in the central header alone.
    assert _places(octets, warned) <= {4, 5, 36, 37, 38, 39, 40, 41}


def _places(octets: bytes, positions: list[int]) -> set[int]:
    """Places of the positions inside their central headers."""
    starts = [at for at in range(len(octets)) if octets[at : at + 4] == b"PK\1\2"]
    return {position - max(start for start in starts if start <= position) for position in positions}
