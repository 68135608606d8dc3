"""For requirements that no single finding code stands for: a small change of the reference that breaks each.

The rest of what wants a case is broken by not reporting a code; `conformance/make_registers.py` does that.
"""

from dataclasses import dataclass

from campaigns.bugs import Bug

__all__ = ["CHANGES", "Change"]


@dataclass(frozen=True, slots=True)
class Change:
    """What breaks requirements.

    Attributes:
        requirements: Which; a case that cites one has to fail, for each of them.
        what: The change in words.
        module: Where, below `awen_ref`.
        old: What stands there, once.
        new: What stands there instead.
    """

    requirements: tuple[str, ...]
    what: str
    module: str
    old: str
    new: str

    def bug(self) -> Bug:
        """The change as it is planted."""
        return Bug(self.what, self.module, self.old, self.new, "")


def _change(numbers: str, what: str, module: str, old: str, new: str) -> Change:
    return Change(tuple(f"AWB-R-{number}" for number in numbers.split()), what, module, old, new)


_ARTIFACT = 'sha256_hex("".join(artifact).encode())'
_PARENT = "    if part is not None:\n"
_SAME = "    if dict(recorded.digests) == dict(replayed.digests):\n"
_IDENTITY = "    identity.compare(state)\n"
_NAME = "    name = path.removeprefix(_SIGNATURES)\n"
_ATTACHED = "sha256_of(member) if path.startswith(ATTACHMENTS)"
_BROKEN = "        state.extend(error.findings)\n    return sha256_hex(data)\n"
_CHANGED = "    inputs = _changed(inputs_of(verified), changes)\n"
_RECORD = '    record: Mapping[str, Any] = verified.document("metadata.json")\n    claim'
_STORED = '            data = b"".join(map(bytes, exactly(member)))\n'
_ORDER = "sorted(bundle.members.items())"

CHANGES = (
    # Names
    _change(
        "055",
        "ids from a manifest that breaks the grammar",
        "digest",
        "    findings += tag_findings\n    if findings:\n",
        "    findings += tag_findings\n    if False:\n",
    ),
    _change(
        "056",
        "inputs_id over lines in the order of their digests",
        "digest",
        '"".join(parts["data/inputs/"])',
        '"".join(sorted(parts["data/inputs/"]))',
    ),
    _change(
        "057",
        "results_id without the line feeds",
        "digest",
        '"".join(parts["data/results/"])',
        '"".join(parts["data/results/"]).replace("\\n", "")',
    ),
    _change(
        "058",
        "artifact_id without the results",
        "digest",
        _ARTIFACT,
        'sha256_hex("".join(parts["data/inputs/"] + parts["data/claim/"]).encode())',
    ),
    _change(
        "059",
        "seal without the last line feed",
        "digest",
        "sha256_hex(tag_manifest)",
        "sha256_hex(tag_manifest.rstrip())",
    ),
    _change("060", "an id of an empty selection", "digest", "    if empty:\n", "    if False:\n"),
    _change(
        "062",
        "names of documents that are written anew",
        "driver",
        '        return _opened(request["input"]).ids._asdict()\n',
        '        bundle = _opened(request["input"])\n'
        '        name = "data/inputs/experiment.json"\n'
        "        raw = bundle.members[name].read()\n"
        "        import hashlib\n"
        "        old = hashlib.sha256(raw).hexdigest()\n"
        "        anew = hashlib.sha256(canonical.dumps(json.loads(raw))).hexdigest()\n"
        '        lines = bundle.members["manifest-sha256.txt"].read().replace(old.encode(), anew.encode())\n'
        "        from awen_ref.digest import ids_of\n"
        '        return ids_of(lines, bundle.members["tagmanifest-sha256.txt"].read())._asdict()\n',
    ),
    _change(
        "065 066",
        "the description in the artifact's name",
        "digest",
        _ARTIFACT,
        'sha256_hex(("".join(artifact) + sha256_hex(tag_manifest)).encode())',
    ),
    _change(
        "214",
        "the evidence in the artifact's name",
        "digest",
        f'    {_PARENT}            text = f"{{sha256}}  {{path}}\\n"\n            part.append(text)\n'
        "            artifact.append(text)\n",
        '        text = f"{sha256}  {path}\\n"\n        artifact.append(text)\n'
        "        if part is not None:\n            part.append(text)\n",
    ),
    _change(
        "011",
        "an archive known by the end of its name",
        "archive.reading",
        "    return _read_directory(source, limits) if is_directory else _read_archive(source, limits)\n",
        '    if not is_directory and source.suffix != ".zip":\n'
        '        raise MissingError("no archive")\n'
        "    return _read_directory(source, limits) if is_directory else _read_archive(source, limits)\n",
    ),
    # Bytes
    _change(
        "085",
        "a negative zero kept",
        "canonical.text",
        '        return "0" if value == 0 else shortest[:-2]\n',
        "        return shortest[:-2]\n",
    ),
    _change(
        "086",
        "members by code points",
        "canonical.text",
        "            keys.sort(key=_utf16)\n",
        "            pass\n",
    ),
    _change(
        "097",
        "an extension rewritten on the way",
        "archive.writing",
        _STORED,
        _STORED.rstrip("\n") + '.replace(b"org.example", b"org.exemple")\n',
    ),
    _change("117", "no scalars", "npy", "shape': \\(([0-9, ]*)", "shape': \\(([0-9, ]+)"),
    _change("135", "compressed unasked", "driver", 'request.get("compress", False)', "True"),
    _change("153", "entries in another order", "archive.writing", _ORDER, f"{_ORDER}[::-1]"),
    _change(
        "154",
        "entries in another order where they are compressed",
        "archive.writing",
        _ORDER,
        "sorted(bundle.members.items(), reverse=compress)",
    ),
    # Documents
    _change(
        "184",
        "a producer that is not trusted",
        "verify.phases",
        _IDENTITY,
        f'{_IDENTITY}    head = state.sound.get("manifest.json", {{}})\n'
        '    if head.get("tool", {}).get("url", "").startswith("https://w3id.org/awen") is False:\n'
        '        state.report("AWB-IDN-002", "made by a stranger", "manifest.json")\n',
    ),
    _change(
        "215",
        "attachments judged as documents",
        "verify.members",
        f"{_ATTACHED} else",
        f'_document(state, path, member) if path.endswith(".json") and path.startswith(ATTACHMENTS) '
        f"else {_ATTACHED} else",
    ),
    _change(
        "290",
        "titles compared letter by letter, signs included",
        "verify.references.citation",
        '_bare(wanted["title"]) in bare',
        'wanted["title"] in text',
    ),
    # Citation
    _change(
        "067",
        "the id in its short form",
        "citation",
        'artifact_id=ids["artifact_id"],',
        'artifact_id=ids["artifact_id"][:21],',
    ),
    _change(
        "287",
        "a DOI that nobody has registered",
        "citation",
        _RECORD,
        '    made_up = {"type": "doi", "value": f"10.5072/{verified.ids.artifact_id}"}\n'
        '    record: Mapping[str, Any] = {**verified.document("metadata.json"), "identifiers": [made_up]}\n'
        "    claim",
    ),
    _change("286 300", "bundles taken unverified", "verify.verified", "    if errors:\n", "    if False:\n"),
    # Replay and comparison
    _change("301 312", "never bit exact", "compare", _SAME, "    if recorded.digests is replayed:\n"),
    _change(
        "302",
        "no tolerance",
        "compare",
        "tolerance.absolute + tolerance.relative * np.abs(recorded)",
        "0.0 * np.abs(recorded)",
    ),
    _change(
        "303",
        "a looser tolerance applied",
        "compare",
        "        return Tolerance(min(self.absolute, other.absolute), min(self.relative, other.relative))\n",
        "        return other\n",
    ),
    _change("304", "consistent where it is not", "compare", '"p_value"] >= level', '"p_value"] < level'),
    _change(
        "305", "the best verdict of all", "compare", "    return max(verdicts", "    return min(verdicts"
    ),
    _change(
        "306",
        "another seed overlooked",
        "compare",
        '(here["sampled"]) and seeds_differ',
        '(here["sampled"]) and False',
    ),
    _change(
        "307",
        "expiry judged at the beginning of the clock",
        "replay.replay",
        '    return str(inputs.experiment.get("clock", {}).get("origin_ps", "0"))\n',
        '    return "0"\n',
    ),
    _change(
        "308",
        "the coherence window left out",
        "replay.replay",
        _CHANGED,
        f"{_CHANGED}    kept = {{k: v for k, v in inputs.experiment.items() if k != 'coherence_window'}}\n"
        "    inputs = replace(inputs, experiment=kept)\n",
    ),
    _change("310", "units not compared", "compare", '"shape", "unit", "quantity"', '"shape", "quantity"'),
    _change(
        "311",
        "nothing attributed",
        "compare",
        "    elif here != there or isinstance(here, bool) != isinstance(there, bool):\n",
        "    elif False:\n",
    ),
    _change(
        "313",
        "one unit in the last place too many",
        "compare",
        "there - here).max())",
        "there - here).max()) + 1",
    ),
    _change(
        "314",
        "a statistic that is not used",
        "compare",
        "0.11 / effective) * statistic",
        "0.11 / effective) * 0.0",
    ),
    # Validation
    _change(
        "320",
        "valid with one error",
        "verify.report",
        'any(finding.severity == "error" for finding in self.findings)',
        "len(self.findings) > 1",
    ),
    _change(
        "321",
        "findings without a place",
        "driver",
        "finding.as_dict() for finding in findings",
        '{**finding.as_dict(), "pointer": ""} for finding in findings',
    ),
    _change(
        "322",
        "a digest not looked at where a document is broken",
        "verify.members",
        _BROKEN,
        "        state.extend(error.findings)\n        return None\n    return sha256_hex(data)\n",
    ),
    _change(
        "323",
        "the header of an array executed",
        "npy",
        "    match = re.fullmatch(_HEADER, body)\n",
        "    match = re.fullmatch(_HEADER, repr(eval(body)).encode())\n",
    ),
    _change(
        "390",
        "files of time stamps looked into",
        "verify.members",
        _NAME,
        f'{_NAME}    if name.endswith((".tsr", ".sigstore.json")) and member.read()[:1] not in b"{{0":\n'
        '        state.report("AWB-SEM-035", "no token", path)\n',
    ),
)
"""Every change, in the order of the specification's sections."""
