"""What `schema/generate.py` is made of: one module for each kind of generated file.

Every module turns hand-written sources below `schema/` and `docs/spec/` into a mapping from a path below
`generated/` to the text that belongs there, and touches no file itself.
"""
