"""The bugs that matter most: a text of a module, what it is replaced by, and the test that has to fail."""

from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from campaigns import planting

__all__ = ["BUGS", "Bug", "plant"]


@dataclass(frozen=True, slots=True)
class Bug:
    """One bug.

    Attributes:
        name: What is wrong.
        module: Where; below `awen_ref`.
        old: What stands there, once.
        new: What stands there instead.
        test: The test that has to fail.
    """

    name: str
    module: str
    old: str
    new: str
    test: str


def plant(bug: Bug) -> None:
    """Let the module be imported with the bug in it.

    Raises:
        RuntimeError: It has been imported already.
    """

    def changed(path: str) -> CodeType:
        source = Path(path).read_text(encoding="utf-8")
        if source.count(bug.old) != 1:
            raise ImportError(f"{bug.name}: {bug.old!r} does not stand once in awen_ref.{bug.module}")
        return compile(source.replace(bug.old, bug.new), path, "exec")

    planting.plant(f"awen_ref.{bug.module}", changed)


ODD = "tests/unit/archive/test_odd_archives.py::test_odd_archive_is_refused_with_its_code"
DAMAGED = (
    "tests/unit/archive/test_odd_archives.py::test_damaged_member_is_refused_when_its_content_is_asked_for"
)
POWER = "tests/crash/test_power.py::test_nothing_acknowledged_is_lost_and_nothing_torn_is_visible"
WRITING = "tests/unit/archive/test_writing.py"
STRANGE = "tests/unit/storage/test_strange_stores.py"
DIRECTORY = "tests/unit/archive/test_directory.py"
DOCUMENTS = "tests/unit/canonical/test_documents.py"
SIGNING = "tests/unit/signing/test_signing.py"
PHASES = "tests/unit/verify/test_phases.py"

WRITTEN = "                view = view[os.write(descriptor, view) :]\n"
SYNCED = f"{WRITTEN}        _sync(descriptor, path)\n"

BUGS = (
    # Nothing lost
    Bug("file not flushed", "storage.durable", SYNCED, WRITTEN, f"{POWER}[put]"),
    Bug(
        "folder of records not flushed",
        "storage.filesystem",
        "            won = True\n        sync_folder(self._layout.records)\n",
        "            won = True\n",
        f"{POWER}[put]",
    ),
    Bug(
        "record visible before its files are flushed",
        "storage.filesystem",
        "            if not self._share(blob, target):\n                write_new(target, blob.chunks())\n",
        "            if not self._share(blob, target):\n"
        "                target.write_bytes(b''.join(blob.chunks()))\n",
        f"{POWER}[first put]",
    ),
    Bug(
        "archive named before it is flushed",
        "archive.placing",
        "                yield descriptor\n                os.fsync(descriptor)\n",
        "                yield descriptor\n                os.link(temporary, target)\n"
        "                os.fsync(descriptor)\n                target.unlink()\n",
        f"{WRITING}::test_everything_is_flushed_before_it_gets_its_name",
    ),
    Bug(
        "flush tried again after it failed",
        "storage.filesystem",
        "                self._broken = error.message\n",
        "",
        "tests/unit/storage/test_filesystem.py::test_a_failed_flush_is_final_for_this_process",
    ),
    Bug(
        "put not logged at its second try",
        "catalog.catalog",
        'if self.log and self.log.last(entry.seal, _COMING_AND_GOING) in {"", "delete"}:',
        "if False:",
        "tests/unit/catalog/test_catalog.py::"
        "test_a_put_that_was_interrupted_before_its_line_is_logged_by_the_next_one",
    ),
    Bug(
        "record forgotten that could not be read once",
        "catalog.upkeep",
        "again=isinstance(found, _NOT_GIVEN)",
        "again=False",
        "tests/unit/catalog/test_index.py::"
        "test_a_record_that_could_not_be_read_once_is_named_and_read_again_at_the_next_search",
    ),
    Bug(
        "log not chained",
        "audit",
        '    if values.get("previous") != previous:',
        "    if False:",
        "tests/unit/test_audit.py::test_lines_removed_doubled_or_moved_break_the_chain",
    ),
    Bug(
        "index without a full flush",
        "catalog.index",
        '"synchronous": 2',
        '"synchronous": 1',
        "tests/unit/catalog/test_index.py::test_the_database_is_flushed_fully_and_in_wal_mode",
    ),
    # Nothing let in: containers
    Bug(
        "zipfile instead of our reader",
        "archive.reading",
        "    entries, findings = read_index(source, limits)\n",
        "    import io, zipfile\n    from awen_ref.bundle.model import BytesMember\n"
        "    with zipfile.ZipFile(io.BytesIO(source.read_at(0, source.size))) as peer:\n"
        "        return Bundle({name: BytesMember(peer.read(name)) for name in sorted(peer.namelist())})\n"
        "    entries, findings = read_index(source, limits)\n",
        ODD,
    ),
    Bug("overlap allowed", "archive.index", "if entry.offset != self._end:", "if False:", ODD),
    Bug(
        "octets before the directory allowed",
        "archive.index",
        "if self._end != directory.offset:",
        "if False:",
        ODD,
    ),
    Bug("local header not compared", "archive.index", "if found not in agreeing:", "if False:", ODD),
    Bug("CRC unchecked", "archive.members", "if crc != self._entry.crc:", "if False:", DAMAGED),
    Bug(
        "octets after the deflate end allowed",
        "archive.members",
        "if inflate.unused_data or (pending and inflate.eof):",
        "if False:",
        DAMAGED,
    ),
    Bug("ratio limit off", "archive.index", "if entry.size > max(", "if False and entry.size > max(", ODD),
    Bug(
        "symbolic link followed",
        "archive.directory",
        "entry.is_file(follow_symlinks=False)",
        "entry.is_file(follow_symlinks=True)",
        f"{DIRECTORY}::test_symbolic_links_are_findings_and_not_members",
    ),
    Bug(
        "file opened that is another than the one seen",
        "archive.directory",
        "        info.st_ino == seen.st_ino\n",
        "        True or info.st_ino == seen.st_ino\n",
        f"{DIRECTORY}::test_file_changed_after_it_was_looked_at_is_an_error_and_never_read",
    ),
    Bug(
        "FIFO of a store waited for",
        "storage.durable",
        "    if stat.S_ISREG(os.fstat(descriptor).st_mode):\n        return descriptor\n",
        "    return descriptor\n",
        f"{STRANGE}::test_a_log_that_is_no_file_is_refused_at_once",
    ),
    Bug(
        "signature written through a symbolic link",
        "storage.filesystem",
        "if link := next(filter(Path.is_symlink, folders), None):",
        "if link := None:",
        f"{STRANGE}::test_nothing_is_added_through_a_symbolic_link",
    ),
    Bug(
        "entry that names a place outside",
        "storage.entries",
        ' or not is_key(values["artifact_id"])',
        "",
        f"{STRANGE}::test_an_entry_cannot_name_a_place_outside_of_the_index",
    ),
    Bug(
        "content of an OCFL object outside of it",
        "archive.ocfl",
        "read_directory(folder, below=(version, below), limits=limits)",
        "read_directory(folder / version / below, limits=limits)",
        "tests/unit/archive/test_ocfl.py::test_a_symbolic_link_on_the_way_to_the_content_is_not_followed",
    ),
    Bug(
        "path grammar loosened",
        "paths",
        '{{0,{limits.segment_bytes - 1}}}+(?<!\\.)/"',
        '{{0,{limits.segment_bytes - 1}}}+/"',
        "tests/unit/test_paths.py::test_unsound_path_has_its_code_and_a_printable_message",
    ),
    # Nothing let in: bytes
    Bug(
        "lax JSON",
        "canonical.documents",
        "    if left := departure(tree, data, limits.json_depth):",
        "    if left := None:",
        f"{DOCUMENTS}::test_other_spelling_is_parsed_but_not_canonical",
    ),
    Bug(
        "duplicate keys allowed",
        "canonical.documents",
        "    if len(members) == len(pairs):",
        "    if True:",
        f"{DOCUMENTS}::test_flawed_value_is_refused_with_its_place",
    ),
    Bug(
        "NaN allowed",
        "canonical.flaws",
        "    elif not math.isfinite(value):",
        "    elif False:",
        f"{DOCUMENTS}::test_flawed_value_is_refused_with_its_place",
    ),
    Bug(
        "pickle allowed",
        "npy",
        '"|b1": 1}',
        '"|b1": 1, "|O": 8}',
        "tests/unit/test_npy.py::test_broken_array_file_has_one_precise_finding",
    ),
    # Nothing let in: digests and claims
    Bug(
        "digest check skipped",
        "verify.members",
        "    if listed is not None and listed != digest:",
        "    if False:",
        f"{PHASES}::test_altered_file_is_a_finding",
    ),
    Bug(
        "tag manifest not checked",
        "verify.members",
        "    listed = state.payload.get(path) or state.tags.get(path)\n",
        "    listed = state.payload.get(path)\n",
        f"{PHASES}::test_altered_file_is_a_finding",
    ),
    Bug(
        "digest not checked again on reading",
        "verify.verified",
        "        if sha256_hex(data) != self._digests[path]:",
        "        if False:",
        "tests/unit/verify/test_verified.py::"
        "test_file_that_changes_after_it_was_verified_is_an_error_and_not_a_result",
    ),
    Bug(
        "tolerance loosened",
        "compare",
        "tolerance.absolute + tolerance.relative * np.abs(recorded)))",
        "10 * (tolerance.absolute + tolerance.relative * np.abs(recorded))))",
        "tests/unit/test_compare.py::test_an_output_perturbed_above_the_sealed_tolerance_is_different",
    ),
    # Nobody trusted who is not
    Bug(
        "keyid believed",
        "signing.judge",
        "(key for key in policy.keys if key.verifies(row.signature, message))",
        "(key for key in policy.keys if key.keyid == row.keyid)",
        f"{SIGNING}::test_a_tampered_envelope_is_a_finding",
    ),
    Bug(
        "key from the bundle trusted",
        "signing.judge",
        "    ids = {key.keyid for key in policy.keys}\n",
        "    ids = {key.keyid for key in policy.keys}\n"
        "    if mark.envelope.signatures:\n        yield next(iter(policy.keys))\n",
        f"{SIGNING}::test_an_unknown_signer_counts_for_nothing",
    ),
    Bug(
        "seal not compared",
        "signing.marks",
        'return "record" if statement.seal == ids.seal else "artifact"',
        'return "record"',
        f"{SIGNING}::test_a_signature_of_another_record_speaks_for_the_artifact_only",
    ),
    Bug(
        "artifact not compared",
        "signing.marks",
        "    if statement.artifact_id != ids.artifact_id:",
        "    if False:",
        f"{SIGNING}::test_a_signature_of_another_artifact_says_nothing",
    ),
    # No secret out
    Bug(
        "an environment variable recorded",
        "environment",
        '        system["release"] = platform.release()\n',
        '        system["release"] = os.environ.get("AWEN_TEST_TOKEN", platform.release())\n',
        "tests/campaigns/test_secrecy.py::test_nothing_of_the_environment_is_captured",
    ),
)
