"""Put the RO-Crate 1.2 context into the HTTP cache that roc-validator reads offline.

Run as `python seed_context.py CONTEXT_JSON CACHE_PREFIX`, as a process: roc-validator patches requests.
"""

import io
import sys
from pathlib import Path

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter, HTTPAdapter
from requests_cache import CachedSession
from urllib3 import HTTPResponse

URL = "https://w3id.org/ro/crate/1.2/context"


class _FromFile(BaseAdapter):
    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content

    def send(self, request: PreparedRequest, *_: object, **__: object) -> Response:
        body = HTTPResponse(
            body=io.BytesIO(self.content),
            status=200,
            headers={"Content-Type": "application/ld+json"},
            preload_content=False,
        )
        return HTTPAdapter().build_response(request, body)

    def close(self) -> None:
        """Nothing is held open."""


def main() -> None:
    context, prefix = sys.argv[1:]
    session = CachedSession(cache_name=prefix, backend="sqlite", expire_after=-1, allowable_methods=("GET",))
    session.mount(URL, _FromFile(Path(context).read_bytes()))
    session.get(URL).raise_for_status()


if __name__ == "__main__":
    main()
