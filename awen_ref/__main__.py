"""`python -m awen_ref` is `awen`."""

from awen_ref.cli import main

main()
