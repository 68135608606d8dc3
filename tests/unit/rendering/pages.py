"""A page as a browser's parser takes it apart."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """The tags, the links and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.values: list[str] = []
        self.points: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "xlink:href")]
        self.values += [value or "" for name, value in attrs if name == "value"]
        self.points += [value or "" for name, value in attrs if name == "points"]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(source: str) -> Page:
    page = Page()
    page.feed(source)
    page.close()
    return page
