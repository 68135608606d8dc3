"""Every single bit of a signed bundle turned over: none may pass.

    python -m campaigns.flips [--kind KIND] [--step N] [--sampled N] [--out FILE]

The bundle is read as a STORED archive and, a file at a time, as a directory's content. An archive whose
container fields alone are odd may be read as the very same bundle with a warning: that is counted apart, and
is a problem where a byte of the bundle differs or the warning is missing. Under `signatures/`, which grows
and which no manifest covers, a flip may leave the bundle valid, but not trusted. The exception is the keyid
of a DSSE envelope, a hint that nobody signs and nothing rests on: counted apart too.

A check collects every finding, and none is ever taken back; so the rig ends a check at its first error, which
is the same answer in a third of the time. And a flip leaves all files but one as they were: what is made of
the octets of an unaltered document alone, its value and whether that is of its class, is made once. Of some
flips the check is made whole and anew too, and has to say the same; and the values that were kept have to be
at the end what they were at the beginning.

The control is the same rig with a verifier that takes every digest for granted.
"""

import io
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from awen_ref import archive, canonical, signing
from awen_ref.bundle import Bundle, Member, schema
from awen_ref.bundle.acceptance import plainly_valid
from awen_ref.canonical import documents
from awen_ref.canonical.plain import NOT_PLAIN, parse_plain
from awen_ref.errors import AwenError, Finding
from awen_ref.limits import DEFAULT, Limits
from awen_ref.signing import PrivateKey, TrustPolicy
from awen_ref.verify import check, members, phases
from awen_ref.verify.state import State
from campaigns.outcome import Begun, Control, Outcome, parser, report
from tests import bundles

__all__ = ["Golden", "campaign", "digests_off", "golden"]

NOW = datetime(2026, 1, 3, tzinfo=UTC)
SIGNED_AT = "2026-01-02T03:04:05+00:00"
SIGNATURES = "signatures/"
ON_DISK = 400
"""Flips that are also written to a real directory and read through its reader."""
WHOLE = 499
"""Of every so many flips, one is checked to the end."""


class _Refused(Exception):  # noqa: N818 - it ends a check, and is no error
    """A check has come to an error."""


class _Kept:
    """Values and verdicts of documents that are unaltered, made when they first come up."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = frozenset(files.values())
        self._values: dict[bytes, object] = {}
        self._verdicts: dict[tuple[str, int], bool] = {}

    def parse(self, data: bytes, limits: Limits, outlined: bytes | None = None) -> object:
        """As `parse_plain`."""
        if data not in self._files:
            return parse_plain(data, limits, outlined)
        if data not in self._values:
            self._values[data] = parse_plain(data, limits, outlined)
        return self._values[data]

    def judge(self, name: str, document: object) -> bool:
        """As `plainly_valid`; the values that are kept go on living, so that their identity stays theirs."""
        key = (name, id(document))
        if key not in self._verdicts:
            verdict = plainly_valid(name, document)
            if not any(document is value for value in self._values.values()):
                return verdict
            self._verdicts[key] = verdict
        return self._verdicts[key]

    @property
    def unchanged(self) -> bool:
        """Whether every value still has the text that it was made of."""
        values = ((data, value) for data, value in self._values.items() if value is not NOT_PLAIN)
        return bool(self._verdicts) and all(canonical.dumps(value) == data for data, value in values)

    @contextmanager
    def used(self) -> Iterator[None]:
        """Checks end at their first error, and make nothing of an unaltered document twice."""
        with (
            mock.patch.object(documents, "parse_plain", self.parse),
            mock.patch.object(schema, "plainly_valid", self.judge),
            mock.patch.object(phases, "State", _Hasty),
        ):
            yield

    @contextmanager
    def left_out(self) -> Iterator[None]:
        """Within `used`: checks are made whole and anew."""
        with (
            mock.patch.object(documents, "parse_plain", parse_plain),
            mock.patch.object(schema, "plainly_valid", plainly_valid),
            mock.patch.object(phases, "State", State),
        ):
            yield


class _Hasty(State):
    """A check that ends at its first error."""

    __slots__ = ()

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings up to the first error."""
        for finding in findings:
            if finding.severity == "error":
                raise _Refused
            super().extend((finding,))


def hasty(bundle: Bundle) -> tuple[Finding, ...] | None:
    """The findings of a bundle that has no error; `None` of one that has. Only where `_Kept` is used."""
    try:
        return tuple(phases.examine(bundle, DEFAULT).findings)
    except _Refused:
        return None


class Golden:
    """A signed bundle, its files, and who is trusted to have signed it."""

    def __init__(self, kind: str) -> None:
        """Seal and sign."""
        key: PrivateKey = signing.generate()
        self.kind = kind
        self.bundle = signing.sign(bundles.sealed(kind), kind, key, signed_at=SIGNED_AT)
        self.files = bundles.files_of(self.bundle)
        self.policy = TrustPolicy({key.public: "the signer"})
        stream = io.BytesIO()
        archive.write_zip(self.bundle, stream)
        self.archive = stream.getvalue()
        self.kept = _Kept(self.files)
        self.differing: list[str] = []
        self._turn = 0

    def trusted(self, bundle: Bundle) -> bool:
        """Whether the policy is met."""
        return signing.judge(bundle, self.kind, self.policy, now=NOW).accepted

    def judged(self, bundle: Bundle) -> str:
        """What is made of an altered bundle: `refused`, `warned`, `untrusted`, `keyid`, or `accepted`."""
        findings = hasty(bundle)
        self._turn += 1
        if self._turn % WHOLE == 0:
            with self.kept.left_out():
                valid = check(bundle).verdict == "valid"
            if valid is (findings is None):
                self.differing.append(f"{self.kind}: the whole check of flip {self._turn} says otherwise")
        if findings is None:
            return "refused"
        content = bundles.files_of(bundle)
        if content == self.files:
            return "warned" if findings else "accepted"
        changed = [path for path in content if content[path] != self.files.get(path)]
        if content.keys() != self.files.keys() or not all(path.startswith(SIGNATURES) for path in changed):
            return "accepted"
        if not self.trusted(bundle):
            return "untrusted"
        return "keyid" if _signed(bundle) == _signed(self.bundle) else "accepted"


def _signed(bundle: Bundle) -> list[tuple[bytes, list[bytes]]]:
    """What was signed and the signatures, without the hints."""
    found, _ = signing.marks(bundle)
    return [(mark.envelope.payload, [row.signature for row in mark.envelope.signatures]) for mark in found]


def golden(kind: str) -> Golden:
    """The bundle of a type that is turned over.

    Raises:
        ValueError: It is not accepted as it is: the rig is broken.
    """
    made = Golden(kind)
    if check(made.bundle).findings or not made.trusted(made.bundle):
        raise ValueError("the bundle is not accepted unaltered")
    return made


def flipped(octets: bytes, bit: int) -> bytes:
    """The octets with one bit turned over."""
    changed = bytearray(octets)
    changed[bit >> 3] ^= 1 << (bit & 7)
    return bytes(changed)


def in_archive(made: Golden, step: int) -> Iterator[tuple[str, str]]:
    """Turn over every `step`-th bit of the archive; gives the place and what was made of it."""
    for bit in range(0, 8 * len(made.archive), step):
        try:
            bundle = archive.read(io.BytesIO(flipped(made.archive, bit)))
        except AwenError:
            yield f"archive, bit {bit}", "refused"
            continue
        yield f"archive, bit {bit}", made.judged(bundle)


def in_files(files: Mapping[str, bytes], step: int) -> Iterator[tuple[str, int]]:
    """The path and bit of every `step`-th bit of a directory's content."""
    bits = [(path, bit) for path, data in files.items() for bit in range(8 * len(data))]
    yield from bits[::step]


def as_directory(made: Golden, step: int) -> Iterator[tuple[str, str]]:
    """Turn over every `step`-th bit of the files of a directory, whose reader gives them as they are."""
    for path, bit in in_files(made.files, step):
        altered = bundles.bundle_of({**made.files, path: flipped(made.files[path], bit)})
        yield f"{path}, bit {bit}", made.judged(altered)


def on_disk(made: Golden, count: int) -> Iterator[tuple[str, str]]:
    """The same through a real directory, for some bits spread over all files."""
    total = sum(map(len, made.files.values())) * 8
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "bundle")
        archive.write_directory(made.bundle, root)
        for path, bit in in_files(made.files, max(1, total // count)):
            (root / path).write_bytes(flipped(made.files[path], bit))
            yield f"directory, {path}, bit {bit}", made.judged(archive.read(root))
            (root / path).write_bytes(made.files[path])


def digests_off() -> AbstractContextManager[object]:
    """A verifier that takes every digest for granted."""
    honest = members._digest  # noqa: SLF001 - the control breaks the verifier from inside

    def member(state: State, path: str, content: Member) -> None:
        digest = honest(state, path, content)
        if digest is not None:
            state.digests[path] = state.payload.get(path) or state.tags.get(path) or digest

    return mock.patch.object(members, "_member", member)


def sources(made: Golden, step: int, disk: int) -> Iterator[tuple[str, str, str]]:
    """Where each flip of a bundle was made, at which place, and what was made of it."""
    with made.kept.used():
        for name, source in (
            ("archive", in_archive(made, step)),
            ("directory", as_directory(made, step)),
            ("on disk", on_disk(made, disk)),
        ):
            for place, verdict in source:
                yield name, place, verdict
    if not made.kept.unchanged:
        made.differing.append(f"{made.kind}: a check changed a value that it was given")


def campaign(kinds: tuple[str, ...], step: int, disk: int = ON_DISK, sampled: int = 0) -> Outcome:
    """Turn over every `step`-th bit of the bundles of some types.

    Args:
        kinds: The types.
        step: Take every so many bits.
        disk: How many flips of each type are made on disk too.
        sampled: Of the types that are not named, take every so many bits; 0 for none.
    """
    counts: Counter[str] = Counter()
    problems: list[str] = []
    taken: Counter[str] = Counter()
    found = 0
    others = tuple(kind for kind in bundles.KINDS if sampled and kind not in kinds)
    for kind in (*kinds, *others):
        made = golden(kind)
        stride = step if kind in kinds else sampled
        for name, place, verdict in sources(made, stride, disk):
            taken[name] += 1
            counts[verdict] += 1
            if verdict == "accepted":
                problems.append(f"{kind}: {place} was accepted")
        problems += made.differing
        with digests_off(), made.kept.used():
            found += sum(verdict == "accepted" for _, verdict in as_directory(made, 97 * stride))
    figures: dict[str, int | float | str] = {
        "flips": taken.total(),
        "flips_of_archives": taken["archive"],
        "flips_of_directory_content": taken["directory"],
        "of_them_on_disk": taken["on disk"],
        "refused": counts["refused"],
        "same_bundle_with_a_warning": counts["warned"],
        "signature_no_longer_trusted": counts["untrusted"],
        "keyid_hint_only": counts["keyid"],
        "accepted": counts["accepted"],
        "bundles": f"{', '.join(kinds)}: one bit of {step}" if step > 1 else f"{', '.join(kinds)}: every bit",
        **({"further_bundles": f"{', '.join(others)}: one bit of {sampled}"} if others else {}),
    }
    return Outcome(
        campaign="flips",
        promise="A bit altered outside signatures/ is found; inside, none makes trusted what nobody signed.",
        figures=figures,
        problems=tuple(problems),
        controls=(Control("a verifier that takes every digest for granted", found),),
    )


def main() -> int:
    """Run it."""
    line = parser(__doc__.splitlines()[0])
    line.add_argument("--kind", action="append", choices=bundles.KINDS, help="default: run and validation")
    line.add_argument("--step", type=int, default=1, help="take every N-th bit")
    line.add_argument("--sampled", type=int, default=13, help="take every N-th bit of the other types")
    options = line.parse_args()
    begun = Begun("flips")
    kinds = tuple(options.kind or ["validation", "run"])
    return report(campaign(kinds, options.step, sampled=options.sampled), begun, options.out)


if __name__ == "__main__":
    sys.exit(main())
