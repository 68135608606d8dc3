"""Everything that is wrong with a bundle, phase by phase."""

from awen_ref.bundle.model import Bundle
from awen_ref.limits import DEFAULT, Limits
from awen_ref.verify import documents, identity, inventory, manifests, members, references
from awen_ref.verify.report import Report
from awen_ref.verify.state import State

__all__ = ["check", "examine"]


def check(bundle: Bundle, *, limits: Limits = DEFAULT) -> Report:
    """Hold a bundle against the specification and collect what is wrong with it.

    A finding in one phase does not keep the others from running (AWB-R-322): every rule is judged whose own
    premises hold. Nothing is executed, fetched or written.

    Args:
        bundle: Any bundle, from any stranger.
        limits: What may be spent on it.

    Returns:
        Verdict, type, ids and findings.

    Raises:
        ContainerError: The bytes of a member cannot be had for a reason that is no fault of the bundle.
    """
    return examine(bundle, limits).conclude()


def examine(bundle: Bundle, limits: Limits) -> State:
    """Run every phase and give what each left behind."""
    state = State(bundle, limits)
    # 2. The grammar of both manifests, before any id is made from them (AWB-R-050 to 060).
    state.begin()
    manifests.read(state)
    # 3. Every file once: digest and bytes, manifest.json first (AWB-R-053, 080 to 118, 240 to 243).
    state.begin()
    members.read(state)
    # 1. What the reader of the directory or archive saw, some of it only as files were opened
    # (AWB-R-001, 009, 012, 018).
    state.begin()
    state.extend(bundle.findings)
    # 4. What is there against what may, must and is listed to be there (AWB-R-002 to 021, 054).
    state.begin()
    inventory.compare(state)
    manifests.compare(state)
    if state.foreign:  # AWB-R-242: another major version's documents are not ours to judge
        return state
    # 5. Every document against its class (AWB-R-095, 180).
    state.begin()
    documents.validate(state)
    # 6. The names and the index that manifest.json states (AWB-R-061, 182, 183).
    state.begin()
    identity.compare(state)
    # 7. What the documents say of each other.
    state.begin()
    references.compare(state)
    return state
