"""Validate CITATION.cff texts with cffconvert: a JSON list of texts on stdin, of errors on stdout."""

import json
import sys

from cffconvert import Citation


def verdict(text: str) -> str:
    try:
        Citation(text).validate()
    except Exception as error:  # noqa: BLE001 - cffconvert and its validator raise what they like
        return f"{type(error).__name__}: {error}"
    return ""


def main() -> None:
    texts = json.load(sys.stdin)
    json.dump([verdict(text) for text in texts], sys.stdout)


if __name__ == "__main__":
    main()
