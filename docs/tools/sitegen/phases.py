"""The phases of finding codes, by name."""

from collections.abc import Mapping

PHASES: Mapping[str, str] = {
    "PKG": "Container",
    "ENC": "Bytes, JSON and NPY",
    "SCH": "Schema",
    "INV": "Inventory",
    "INT": "Digests",
    "IDN": "Identity",
    "SEM": "Cross-references and engine input",
    "RPL": "Replay",
    "CIT": "Citation",
    "LIM": "Limits",
    "SIG": "Signatures",
}
