import dataclasses
from pathlib import Path

import numpy as np
import pytest

from awen_ref.bundle import Bundle, BytesMember, FileMember
from awen_ref.errors import MissingError, VerificationError
from awen_ref.verify import Parent, Policy, VerifiedBundle, check, verify
from awen_ref.verify.phases import examine
from tests import bundles

MEAN = "data/results/arrays/counter.mean.npy"


@pytest.mark.parametrize("kind", bundles.KINDS)
def test_valid_bundle_is_vouched_for(kind: str) -> None:
    bundle = bundles.sealed(kind)
    verified = verify(bundle)
    assert verified.artifact_type == kind
    assert verified.bundle is bundle
    assert verified.ids == bundle.ids == check(bundle).ids
    assert verified.findings == ()


def test_broken_bundle_is_refused_with_every_finding() -> None:
    files = bundles.files_of(bundles.sealed("run"))
    files[MEAN] += b"x"
    files.pop("bagit.txt")
    with pytest.raises(VerificationError, match="AWB-") as refusal:
        verify(bundles.bundle_of(files))
    assert refusal.value.findings == check(bundles.bundle_of(files)).findings


def test_documents_and_arrays_are_what_was_sealed() -> None:
    verified = verify(bundles.sealed("run"))
    assert verified.document("data/inputs/parameters.json") == bundles.PARAMETERS
    values = verified.array("counter.mean")
    assert values.tolist() == [1.5, 2.5, 3.5]
    assert values.dtype == np.dtype("<f8")
    assert not values.flags.writeable
    assert verified.array("locked").shape == ()


def test_replayed_arrays_have_their_own_place() -> None:
    verified = verify(bundles.sealed("replay"))
    assert verified.array("counter.counts", replayed=True).shape == (4, 3)
    with pytest.raises(MissingError):
        verified.array("counter.counts")


def test_parents_are_those_of_the_claim() -> None:
    assert verify(bundles.sealed("replay")).parents == (Parent(bundles.PARENT, "replay_of"),)
    assert verify(bundles.sealed("run")).parents == ()


def test_what_is_not_there_is_missing() -> None:
    verified = verify(bundles.sealed("run"))
    with pytest.raises(MissingError, match=r"task\.json"):
        verified.document("data/inputs/task.json")
    with pytest.raises(MissingError, match="nothing"):
        verified.read("nothing")


def test_file_that_changes_after_it_was_verified_is_an_error_and_not_a_result(tmp_path: Path) -> None:
    bundle = bundles.sealed("run")
    data = bundle.members[MEAN].read()
    place = tmp_path / "mean.npy"
    place.write_bytes(data)
    verified = verify(Bundle({**bundle.members, MEAN: FileMember(place, len(data))}))
    assert verified.array("counter.mean").tolist() == [1.5, 2.5, 3.5]
    place.write_bytes(data[:-1] + b"\0")
    with pytest.raises(VerificationError, match="changed since"):
        verified.array("counter.mean")


def test_nobody_else_can_make_one() -> None:
    state = examine(bundles.sealed("run"), Policy().limits)
    assert state.ids is not None
    with pytest.raises(TypeError, match=r"awen_ref\.verify\.verify"):
        VerifiedBundle(state, state.ids, "run", passed=object())  # type: ignore[arg-type]  # the point
    with pytest.raises(TypeError):
        dataclasses.replace(verify(bundles.sealed("run")))  # type: ignore[type-var]  # the point


def test_its_names_cannot_be_set() -> None:
    verified = verify(bundles.sealed("run"))
    with pytest.raises(AttributeError):
        verified.artifact_type = "replay"  # type: ignore[misc]  # the point


def test_policy_may_ask_for_a_type() -> None:
    assert verify(bundles.sealed("run"), Policy(types=frozenset({"run"}))).artifact_type == "run"
    with pytest.raises(VerificationError, match="wanted: replay, validation"):
        verify(bundles.sealed("run"), Policy(types=frozenset({"replay", "validation"})))


def test_policy_may_count_warnings_as_errors() -> None:
    made = bundles.parts("run")
    made.inputs["experiment"]["semantics"] = "other-ir/2.0"
    bundle = bundles.build(made)
    assert [finding.code for finding in verify(bundle).findings] == ["AWB-SEM-002"]
    with pytest.raises(VerificationError, match="AWB-SEM-002"):
        verify(bundle, Policy(warnings=True))


def test_bundle_without_a_manifest_is_refused() -> None:
    with pytest.raises(VerificationError, match="not valid"):
        verify(Bundle({"data/inputs/experiment.json": BytesMember(b"{}")}))
