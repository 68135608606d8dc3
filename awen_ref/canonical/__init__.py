"""Canonical JSON: the bytes of RFC 8785 (JCS) and the strict parse they are held against.

One value has one text. A stored document is accepted iff it parses strictly and its bytes are the canonical
text of what was parsed (`loads_canonical`); what people write by hand only has to parse (`parse_input`).
Findings point into the document with an RFC 6901 pointer wherever the flaw is one of a value; a document that
is no JSON at all has no pointers, and the message gives line and column.
"""

from awen_ref.canonical.documents import JSON, dumps, loads, loads_canonical, parse_input
from awen_ref.canonical.flaws import CanonicalError
from awen_ref.canonical.lines import iter_lines, loads_lines
from awen_ref.canonical.text import MAX_SAFE_INTEGER
from awen_ref.canonical.values import ValueCounter, count_values, outline, values_in

__all__ = [
    "JSON",
    "MAX_SAFE_INTEGER",
    "CanonicalError",
    "ValueCounter",
    "count_values",
    "dumps",
    "iter_lines",
    "loads",
    "loads_canonical",
    "loads_lines",
    "outline",
    "parse_input",
    "values_in",
]
