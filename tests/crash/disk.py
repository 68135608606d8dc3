"""A disk that keeps only what it must: a model of what may be left after a loss of power.

The weakest reading of POSIX: `fsync` of a file keeps its bytes, `fsync` of a folder keeps its names; of
everything else any part may be there or not. Real file systems promise more, each something else.
"""

import os
import random
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Disk", "File", "Folder", "Image", "PathArgument", "lay_out", "load"]

PathArgument = str | os.PathLike[str]
Image = frozenset[tuple[str, int, bytes | None]]
"""What is left: path, number of the file or folder, content (`None` for a folder)."""

Keep = Callable[[int], int]
"""How many of so many unflushed changes have reached the disk."""


@dataclass(slots=True, eq=False)
class File:
    """Bytes as programs see them, and as they are on the disk for sure."""

    content: bytes = b""
    flushed: bytes = b""


@dataclass(slots=True, eq=False)
class Folder:
    """Names as programs see them, those on the disk for sure, and the changes between the two."""

    names: dict[str, "File | Folder"] = field(default_factory=dict)
    flushed: dict[str, "File | Folder"] = field(default_factory=dict)
    pending: list[tuple[str, "File | Folder | None"]] = field(default_factory=list)

    def change(self, name: str, node: "File | Folder | None") -> None:
        if node is None:
            del self.names[name]
        else:
            self.names[name] = node
        self.pending.append((name, node))


def _left(file: File, size: Keep) -> bytes:
    """What is left of a file: the flushed bytes, and of those written behind them as many as were kept."""
    if not file.content.startswith(file.flushed):
        return file.content[: size(len(file.content))]
    return file.content[: len(file.flushed) + size(len(file.content) - len(file.flushed))]


@dataclass(slots=True)
class Disk:
    """All files and folders below one real folder, followed through the calls that change them."""

    root: str
    top: Folder = field(default_factory=Folder)
    open: dict[int, File | Folder] = field(default_factory=dict)

    def find(self, path: PathArgument, dir_fd: int | None) -> tuple[Folder, str] | None:
        """The folder that a path's last name is in, and that name; none if it is not on this disk."""
        text = os.fsdecode(path)
        if dir_fd is not None:
            parent = self.open.get(dir_fd)
            return (parent, text) if isinstance(parent, Folder) else None
        if not text.startswith(self.root + "/"):
            return None
        *folders, name = text[len(self.root) + 1 :].split("/")
        folder = self.top
        for part in folders:
            below = folder.names[part]
            assert isinstance(below, Folder)
            folder = below
        return folder, name

    def flush(self, node: File | Folder) -> None:
        if isinstance(node, File):
            node.flushed = node.content
        else:
            node.flushed = dict(node.names)
            node.pending.clear()

    def images(self, draws: int, chance: random.Random) -> Iterator[Image]:
        """What may be left: the least, all names but no unflushed byte, everything, random mixtures."""
        yield self._image(lambda _: 0, lambda _: 0)
        yield self._image(lambda count: count, lambda _: 0)
        yield self._image(lambda count: count, lambda size: size)
        for _ in range(draws):
            yield self._image(
                lambda most: chance.randint(0, most), lambda most: chance.choice([0, most // 2, most])
            )

    def _image(self, names: Keep, size: Keep) -> Image:
        numbers: dict[int, int] = {}
        contents: dict[int, bytes] = {}
        rows: set[tuple[str, int, bytes | None]] = set()

        def walk(folder: Folder, prefix: str) -> None:
            left = dict(folder.flushed)
            for name, node in folder.pending[: names(len(folder.pending))]:
                if node is None:
                    left.pop(name, None)
                else:
                    left[name] = node
            for name, node in sorted(left.items()):
                number = numbers.setdefault(id(node), len(numbers))
                if isinstance(node, Folder):
                    rows.add((prefix + name, number, None))
                    walk(node, f"{prefix}{name}/")
                else:
                    if number not in contents:
                        contents[number] = _left(node, size)
                    rows.add((prefix + name, number, contents[number]))

        walk(self.top, "")
        return frozenset(rows)


def lay_out(image: Image, target: Path) -> None:
    """Make real folders and files of an image; names of one file become hard links."""
    first: dict[int, Path] = {}
    for name, number, content in sorted(image, key=lambda row: row[0]):
        if content is None:
            (target / name).mkdir()
        elif number in first:
            os.link(first[number], target / name)
        else:
            (target / name).write_bytes(content)
            first[number] = target / name


def load(disk: Disk) -> None:
    """Take over what lies in the real folder, as flushed long ago."""
    files: dict[int, File] = {}

    def walk(path: Path, folder: Folder) -> None:
        for item in sorted(path.iterdir()):
            status = item.lstat()
            node: File | Folder
            if stat.S_ISDIR(status.st_mode):
                node = Folder()
                walk(item, node)
            else:
                content = item.read_bytes()
                node = files.setdefault(status.st_ino, File(content, content))
            folder.names[item.name] = folder.flushed[item.name] = node

    walk(Path(disk.root), disk.top)
