"""One small function per way to break a bundle: each takes a tree and gives a tree, and knows nothing else.

An operator has a name, arguments that a case states, and a statement of which digests are made anew after
it: `none` (the change is found by its digest), `tag_manifest` (the tag manifest follows), `tags` (the crate
follows, too), or `all` (a forger's work:
every digest, size and name follows, so that only the fault itself is left to be found).
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from awen_conformance import jcs
from awen_conformance.sealer import CRATE, Tree, names_of, reseal, reseal_tag_manifest, reseal_tags

__all__ = ["OPERATORS", "apply"]

Arguments = Mapping[str, Any]
MANIFESTS = ("manifest-sha256.txt", "tagmanifest-sha256.txt")


def keep(tree: Tree, arguments: Arguments) -> Tree:
    """Change nothing: the accepting case."""
    del arguments
    return tree


def put(tree: Tree, arguments: Arguments) -> Tree:
    """Write `text` at `path`, replacing what stands there."""
    return {**tree, arguments["path"]: arguments["text"].encode()}


def put_octets(tree: Tree, arguments: Arguments) -> Tree:
    """Write at `path` the octets `before`, `times` times `repeat`, and `after`, all in hexadecimal."""
    middle = bytes.fromhex(arguments["repeat"]) * arguments["times"]
    before, after = (bytes.fromhex(arguments.get(name, "")) for name in ("before", "after"))
    return {**tree, arguments["path"]: before + middle + after}


def remove(tree: Tree, arguments: Arguments) -> Tree:
    """Take the file at `path` away."""
    return {path: data for path, data in tree.items() if path != arguments["path"]}


def rename(tree: Tree, arguments: Arguments) -> Tree:
    """Move the file at `path` to `to`."""
    return {arguments["to"] if path == arguments["path"] else path: data for path, data in tree.items()}


def append(tree: Tree, arguments: Arguments) -> Tree:
    """Add `text` at the end of the file at `path`."""
    path = arguments["path"]
    return {**tree, path: tree[path] + arguments["text"].encode()}


def prepend(tree: Tree, arguments: Arguments) -> Tree:
    """Add `text` (or the octets `hex`) at the beginning of the file at `path`."""
    path = arguments["path"]
    first = bytes.fromhex(arguments["hex"]) if "hex" in arguments else arguments["text"].encode()
    return {**tree, path: first + tree[path]}


def flip(tree: Tree, arguments: Arguments) -> Tree:
    """Flip bit `bit` of octet `offset` of the file at `path`; a negative offset counts from its end."""
    data = bytearray(tree[arguments["path"]])
    data[arguments["offset"]] ^= 1 << arguments["bit"]
    return {**tree, arguments["path"]: bytes(data)}


def overwrite(tree: Tree, arguments: Arguments) -> Tree:
    """Write the octets `hex` at `offset` of the file at `path`."""
    data, new = bytearray(tree[arguments["path"]]), bytes.fromhex(arguments["hex"])
    start = arguments["offset"] % len(data)
    data[start : start + len(new)] = new
    return {**tree, arguments["path"]: bytes(data)}


def truncate(tree: Tree, arguments: Arguments) -> Tree:
    """Cut the last `octets` off the file at `path`."""
    path = arguments["path"]
    return {**tree, path: tree[path][: -arguments["octets"]]}


def substitute(tree: Tree, arguments: Arguments) -> Tree:
    """Replace the text `old`, once, by `new` in the file at `path`."""
    path = arguments["path"]
    return {**tree, path: tree[path].replace(arguments["old"].encode(), arguments["new"].encode(), 1)}


def set_member(tree: Tree, arguments: Arguments) -> Tree:
    """Set the member at `pointer` of the JSON document at `path` to `value`, in canonical form."""
    document, place, token = _place(tree, arguments)
    place[token] = arguments["value"]
    return {**tree, arguments["path"]: jcs.dumps(document)}


def drop_member(tree: Tree, arguments: Arguments) -> Tree:
    """Take the member at `pointer` out of the JSON document at `path`."""
    document, place, token = _place(tree, arguments)
    del place[token]
    return {**tree, arguments["path"]: jcs.dumps(document)}


def edit(tree: Tree, arguments: Arguments) -> Tree:
    """Make one change that takes several edits: a list of `{path, pointer, value}` or `{path, pointer}`."""
    for one in arguments["edits"]:
        tree = set_member(tree, one) if "value" in one else drop_member(tree, one)
    return tree


def envelope(tree: Tree, arguments: Arguments) -> Tree:
    """Put a DSSE envelope at `path` whose Statement names this bundle, with a signature that nobody made.

    `statement` and `envelope` replace members; `encoding` may be `unpadded` or `url`, both not DSSE's.
    """
    names = names_of(tree)
    subject = [_subject(name, names[name]) for name in ("artifact_id", "seal")]
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": subject,
        "predicateType": "https://w3id.org/awen/seal/v1",
        "predicate": {"artifact_type": "run", "signed_at": "2026-01-02T03:04:05+00:00"},
        **arguments.get("statement", {}),
    }
    payload = base64.b64encode(jcs.dumps(statement)).decode()
    match arguments.get("encoding"):
        case "unpadded":
            payload = payload.rstrip("=")
        case "url":
            payload = base64.urlsafe_b64encode(jcs.dumps(statement) + b"\xff\xff").decode()
    signature = base64.b64encode(bytes(64)).decode()
    sealed = {
        "payloadType": "application/vnd.in-toto+json",
        "payload": payload,
        "signatures": [{"keyid": "nobody", "sig": signature}],
        **arguments.get("envelope", {}),
    }
    return {**tree, arguments["path"]: jcs.dumps(sealed)}


def _subject(name: str, value: str) -> dict[str, Any]:
    return {"name": name, "digest": {"sha256": value.partition("_")[2]}}


def superseded(tree: Tree, arguments: Arguments) -> Tree:
    """Keep a tag manifest of before under `signatures/`, with `text` before it, named by its own digest."""
    old = arguments.get("text", "").encode() + tree["tagmanifest-sha256.txt"]
    return _superseded(tree, old)


def _superseded(tree: Tree, old: bytes) -> Tree:
    return {**tree, f"signatures/tagmanifest-{hashlib.sha256(old).hexdigest()}.txt": old}


def relist(tree: Tree, arguments: Arguments) -> Tree:
    """Let a manifest list further files, `add` by their paths or `lines` as they are, each in its place."""
    lines = tree[arguments["manifest"]].decode().splitlines()
    digests = [f"{hashlib.sha256(tree[path]).hexdigest()}  {path}" for path in arguments.get("add", ())]
    listed = sorted([*lines, *digests, *arguments.get("lines", ())], key=lambda line: line[66:].encode())
    return {**tree, arguments["manifest"]: "".join(f"{line}\n" for line in listed).encode()}


def drop_first_octet(tree: Tree, arguments: Arguments) -> Tree:
    """Cut the first octet off the file at `path`."""
    return {**tree, arguments["path"]: tree[arguments["path"]][1:]}


def drop_entity(tree: Tree, arguments: Arguments) -> Tree:
    """Take the entity whose name begins with `prefix` out of the provenance at `path`."""
    account: Any = jcs.loads(tree[arguments["path"]])
    kept = {
        name: entity for name, entity in account["entity"].items() if not name.startswith(arguments["prefix"])
    }
    return {**tree, arguments["path"]: jcs.dumps({**account, "entity": kept})}


def crate_entity(tree: Tree, arguments: Arguments) -> Tree:
    """Set `member` of the crate's entity `id` to `value`."""
    crate: Any = jcs.loads(tree[CRATE])
    for entity in crate["@graph"]:
        if entity["@id"] == arguments["id"]:
            entity[arguments["member"]] = arguments["value"]
    return {**tree, CRATE: jcs.dumps(crate)}


def crate_without(tree: Tree, arguments: Arguments) -> Tree:
    """Take the entity `id` out of the crate, with every reference to it."""
    crate: Any = jcs.loads(tree[CRATE])
    graph = [entity for entity in crate["@graph"] if entity["@id"] != arguments["id"]]
    for entity in graph:
        for member, value in entity.items():
            if isinstance(value, list):
                entity[member] = [one for one in value if one != {"@id": arguments["id"]}]
    return {**tree, CRATE: jcs.dumps({**crate, "@graph": graph})}


def many(tree: Tree, arguments: Arguments) -> Tree:
    """Write `count` files, `{}` in `path` and in `text` being their number in `digits` digits."""
    numbers = (f"{number:0{arguments['digits']}}" for number in range(arguments["count"]))
    made = {
        arguments["path"].replace("{}", number): arguments["text"].replace("{}", number).encode()
        for number in numbers
    }
    return {**tree, **made}


def envelopes(tree: Tree, arguments: Arguments) -> Tree:
    """Put `count` envelopes of the right form."""
    for number in range(arguments["count"]):
        tree = envelope(tree, {"path": f"signatures/s{number}.dsse.json"})
    return tree


def superseded_long(tree: Tree, arguments: Arguments) -> Tree:
    """Keep a superseded tag manifest of a number of `octets`, named by its own digest."""
    old = b"#" * (arguments["octets"] - 1) + b"\n"
    return _superseded(tree, old)


def append_often(tree: Tree, arguments: Arguments) -> Tree:
    """Add `text`, `times` times, at the end of the file at `path`."""
    path = arguments["path"]
    return {**tree, path: tree[path] + arguments["text"].encode() * arguments["times"]}


def long_document(tree: Tree, arguments: Arguments) -> Tree:
    """Give `experiment.json` an extension of a number of `strings`, each of a number of `letters`.

    Another `letter` and the documents at `paths` take the place of `a` and of `experiment.json`.
    """
    string = b'"' + arguments.get("letter", "a").encode() * arguments["letters"] + b'"'
    value = b"[" + b",".join([string] * arguments["strings"]) + b"]"
    return _extended(tree, value, *arguments.get("paths", [_EXPERIMENT]))


def many_members(tree: Tree, arguments: Arguments) -> Tree:
    """Give `experiment.json` an extension that is an object of a number of members, the `count`."""
    value = b"{" + b",".join(b'"%07d":0' % n for n in range(arguments["count"])) + b"}"
    return _extended(tree, value, _EXPERIMENT)


_EXPERIMENT = "data/inputs/experiment.json"


def _extended(tree: Tree, value: bytes, *paths: str) -> Tree:
    """Documents with an extension; put in as text, for it may be large."""
    made = dict(tree)
    for path in paths:
        document: Any = jcs.loads(tree[path])
        made[path] = jcs.dumps({**document, "extensions": {"org.example.long": "@"}}).replace(b'"@"', value)
    return made


def _place(tree: Tree, arguments: Arguments) -> tuple[Any, Any, Any]:
    """The document, the value that holds the member, and the member's name or index."""
    document: Any = jcs.loads(tree[arguments["path"]])
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in arguments["pointer"].split("/")[1:]]
    place = document
    for token in tokens[:-1]:
        place = place[int(token) if isinstance(place, list) else token]
    return document, place, int(tokens[-1]) if isinstance(place, list) else tokens[-1]


def swap_lines(tree: Tree, arguments: Arguments) -> Tree:
    """Exchange the first two lines of the file at `path`."""
    first, second, *rest = tree[arguments["path"]].splitlines(keepends=True)
    return {**tree, arguments["path"]: b"".join([second, first, *rest])}


def double_line(tree: Tree, arguments: Arguments) -> Tree:
    """Repeat the first line of the file at `path`."""
    first, *rest = tree[arguments["path"]].splitlines(keepends=True)
    return {**tree, arguments["path"]: b"".join([first, first, *rest])}


def drop_line(tree: Tree, arguments: Arguments) -> Tree:
    """Leave out the first line of the file at `path` that holds `text`."""
    lines = tree[arguments["path"]].splitlines(keepends=True)
    index = next(number for number, line in enumerate(lines) if arguments["text"].encode() in line)
    return {**tree, arguments["path"]: b"".join(lines[:index] + lines[index + 1 :])}


def upper_case_digits(tree: Tree, arguments: Arguments) -> Tree:
    """Write the digest of the first line of the manifest at `path` in upper case."""
    data = tree[arguments["path"]]
    return {**tree, arguments["path"]: data[:64].upper() + data[64:]}


def dot_slash_path(tree: Tree, arguments: Arguments) -> Tree:
    """Put `./` before the path of the first line of the manifest at `path`."""
    data = tree[arguments["path"]]
    return {**tree, arguments["path"]: data[:66] + b"./" + data[66:]}


OPERATORS: Mapping[str, Callable[[Tree, Arguments], Tree]] = {
    operator.__name__: operator
    for operator in (
        keep,
        put,
        put_octets,
        remove,
        rename,
        append,
        prepend,
        flip,
        overwrite,
        truncate,
        substitute,
        set_member,
        drop_member,
        edit,
        envelope,
        envelopes,
        superseded,
        superseded_long,
        append_often,
        long_document,
        many_members,
        relist,
        drop_first_octet,
        drop_entity,
        crate_entity,
        crate_without,
        many,
        swap_lines,
        double_line,
        drop_line,
        upper_case_digits,
        dot_slash_path,
    )
}
"""Every operator by name."""


def apply(tree: Tree, operator: Mapping[str, Any]) -> Tree:
    """The tree after an operator as a case states it: `{name, arguments, reseal}`.

    Raises:
        KeyError: There is no such operator, or an argument is missing.
    """
    changed = OPERATORS[operator["name"]](tree, operator.get("arguments", {}))
    match operator["reseal"]:
        case "all":
            return reseal(changed, tree)
        case "tags":
            return reseal_tags(changed)
        case "tag_manifest":
            return reseal_tag_manifest(changed)
        case _:
            return changed
