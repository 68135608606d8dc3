"""One small function per way to break a bundle: each takes a tree and gives a tree, and knows nothing else.

An operator has a name, arguments that a case states, and a statement of which digests are made anew after
it: `none` (the change is found by its digest), `tags` (the tag manifest follows), or `all` (a forger's work:
every digest, size and name follows, so that only the fault itself is left to be found).
"""

from collections.abc import Callable, Mapping
from typing import Any

from awen_conformance import jcs
from awen_conformance.sealer import Tree, reseal, reseal_tags

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
        case _:
            return changed
