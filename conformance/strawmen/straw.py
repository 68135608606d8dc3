"""What strawmen share: the protocol, so that each is wrong in its own way only."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["VERBS", "Request", "Result", "joined", "main", "octets_of"]

Request = Mapping[str, Any]
Result = dict[str, Any]

VERBS = ("verify", "id", "canonicalize", "build", "export", "import", "run", "replay", "compare", "cite")


def main(name: str, act: Callable[[str, Request], Result], verbs: tuple[str, ...] = VERBS) -> None:
    """Answer as the protocol has it.

    Args:
        name: The strawman's.
        act: Gives the `result` of a verb; `{"unsupported": reason}` is taken as that.
        verbs: What it declares.
    """
    if sys.argv[1:] == ["serve"]:
        for line in sys.stdin:
            _say(_answer(name, act, json.loads(line), verbs))
        return
    verb, _, file = sys.argv[1:]
    request = {**json.loads(Path(file).read_text(encoding="utf-8")), "verb": verb}
    _say(_answer(name, act, request, verbs))


def _answer(
    name: str, act: Callable[[str, Request], Result], request: Request, verbs: tuple[str, ...]
) -> Result:
    verb = request["verb"]
    answer: Result = {"protocol": "awen-driver/1", "verb": verb}
    if "seq" in request:
        answer["seq"] = request["seq"]
    if verb == "hello":
        answer["result"] = {
            "implementation": name,
            "version": "0",
            "spec_versions": ["1.0"],
            "profiles": ["V1", "V2", "V3", "P1", "P2", "E1", "E2", "R1", "C1"],
            "verbs": list(verbs),
        }
        return answer
    result = act(verb, request)
    return answer | (result if "unsupported" in result else {"result": result})


def _say(answer: Result) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def octets_of(path: Path) -> bytes:
    """Everything that an input holds, in one order: what a digest look-up learns by heart."""
    if not path.is_dir():
        return path.read_bytes()
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return joined({file.relative_to(path).as_posix(): file.read_bytes() for file in files})


def joined(files: Mapping[str, bytes]) -> bytes:
    """Names and contents in one order."""
    return b"\0".join(name.encode() + b"\0" + files[name] for name in sorted(files))
