"""CPU seconds that ocfl-py takes to validate an OCFL object. Runs in an environment of its own."""

import sys
import time

import ocfl

start = time.process_time()
validator = ocfl.Object(path=sys.argv[1])
passed = validator.validate(objdir=sys.argv[1])
seconds = time.process_time() - start
if not (passed[0] if isinstance(passed, tuple) else passed):
    raise SystemExit("ocfl-py finds the object invalid")
print(seconds)
