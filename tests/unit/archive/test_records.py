"""Headers are read as they are written, whatever is beyond 32 bits."""

from hypothesis import given
from hypothesis import strategies as st

from awen_ref.archive.foreign import Central
from awen_ref.archive.records import DEFLATED, Entry, central_header

CRC = st.integers(0, 2**32 - 1)
SIZES = st.integers(0, 2**63) | st.integers(-2, 2).map(lambda near: 2**32 - 1 + near)


ENTRIES = st.builds(Entry, st.just(b"data/x"), st.just(DEFLATED), CRC, SIZES, SIZES, SIZES)


@given(ENTRIES)
def test_central_header_says_the_entry_that_it_was_made_of(entry: Entry) -> None:
    octets = central_header(entry)
    central = Central(b"before" + octets + b"behind", 6)
    assert central.entry == entry
    assert central.raw == octets
    assert central.whole
