"""Options that several verbs share."""

from collections.abc import Callable
from typing import Any

import click

__all__ = ["json_option", "store_option"]

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

json_option: Decorator = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object for machines instead of text."
)
store_option: Decorator = click.option(
    "--store",
    metavar="PATH",
    help="The store's folder.  [default: $AWEN_STORE, else a folder of the user's data]",
)
