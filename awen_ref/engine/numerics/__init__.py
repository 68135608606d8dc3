"""Bit-exact numerics: the same bits on every machine, from correctly rounded operations only.

Everything here uses float64 addition, subtraction, multiplication, division, square root, rounding to an
integer, comparison and table selection, one correctly rounded numpy ufunc each, so that nothing can be
contracted, reordered or delegated to a platform's libm. Integers, `decimal` and `hashlib` do the rest.
"""
