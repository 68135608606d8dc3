"""What the JSON of a bundle takes together, summed up before it is parsed (AWB-R-361, 362).

One document within its limits is bearable; two dozen of them are not. Sizes are known from the start; values
are counted only where the sizes leave room for too many.
"""

from collections.abc import Mapping

from awen_ref.bundle.model import Member
from awen_ref.canonical import ValueCounter, values_in
from awen_ref.errors import Finding
from awen_ref.limits import Limits
from awen_schema.layout import FILES

__all__ = ["Tally"]


class Tally:
    """Octets and values of the JSON files of one bundle so far, and of its JSON Lines files.

    Attributes:
        findings: Each sum that went over its limit, once, by a key of its own. What comes behind is hashed,
            but not parsed.
    """

    __slots__ = ("_counts_documents", "_counts_lines", "_limits", "_lines", "_octets", "_values", "findings")

    def __init__(self, members: Mapping[str, Member], limits: Limits) -> None:
        """Sum the sizes up.

        Args:
            members: All files of the bundle.
            limits: What may be spent on it.
        """
        sizes = {"json": 0, "jsonl": 0}
        for path, entry in FILES.items():
            if entry.format in sizes and path in members:
                sizes[entry.format] += members[path].size
        self._limits = limits
        # A value takes an octet, and another one beside it; so there is a margin in this.
        self._counts_documents = sizes["json"] > limits.json_values
        self._counts_lines = sizes["jsonl"] > limits.json_line_values
        self._octets = self._values = 0
        self._lines = ValueCounter()
        self.findings: dict[str, Finding] = {}

    def may_read(self, path: str, size: int) -> bool:
        """Take account of the size of a document; whether it may be read."""
        self._octets += size
        most = self._limits.json_bytes_together
        return self._octets <= most or self._over("AWB-LIM-018", f"{self._octets} bytes", most, path)

    def may_parse(self, path: str, outlined: bytes) -> bool:
        """Take account of the values of a document of that outline; whether it may be parsed."""
        if self._counts_documents:
            self._values += values_in(outlined)
        most = self._limits.json_values
        return self._values <= most or self._over("AWB-LIM-017", f"{self._values} values", most, path)

    def pass_lines(self, chunk: bytes | memoryview) -> None:
        """Take account of a piece of a JSON Lines file."""
        if self._counts_lines:
            self._lines.update(bytes(chunk))

    def may_go_on(self, path: str) -> bool:
        """Whether further lines of JSON Lines may be parsed."""
        count = self._lines.lines + self._lines.inner
        most = self._limits.json_line_values
        return count <= most or self._over("AWB-LIM-017", f"{count} values in lines", most, path)

    def _over(self, code: str, text: str, most: int, path: str) -> bool:
        """Keep the first finding of each sum; gives False."""
        text = f"{text} of JSON up to this file, allowed are {most} in all"
        self.findings.setdefault(code + path.rpartition(".")[2], Finding(code, text, path))
        return False
