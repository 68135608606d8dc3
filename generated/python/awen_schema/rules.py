"""What a class demands beyond each single member. Generated from the LinkML modules: do not edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand on a class.

    Attributes:
        kind: `present` or `absent`: the member is or is not there; `unique`: its items differ; `pattern`: it
            matches; `one_member`: the class has exactly one member.
        text: The rule in one sentence.
        member: The member it speaks of.
        when: The member that decides whether the rule applies; empty where it always does.
        values: The values of that member for which it applies.
        pattern: The regular expression that the whole member matches.
    """

    kind: Literal["present", "absent", "unique", "pattern", "one_member"]
    text: str
    member: str = ""
    when: str = ""
    values: tuple[str, ...] = ()
    pattern: str = ""


RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        'AnyValue': (Rule(kind='one_member', text='AnyValue has exactly one member.'),),
        'CalibrationBody': (Rule(kind='absent', text='What completed has no reason.', when='status', values=('completed',), member='reason'), Rule(kind='present', text='What did not complete says why.', when='status', values=('aborted', 'coherence_violated', 'failed'), member='reason'),),
        'CalibrationTask': (Rule(kind='unique', text='The items of targets differ.', member='targets'),),
        'Claim': (Rule(kind='unique', text='The items of parents differ.', member='parents'),),
        'Comparison': (Rule(kind='unique', text='The items of only_recorded differ.', member='only_recorded'), Rule(kind='unique', text='The items of only_replayed differ.', member='only_replayed'),),
        'Crosstalk': (Rule(kind='unique', text='The items of order differ.', member='order'),),
        'Device': (Rule(kind='unique', text='The items of capabilities differ.', member='capabilities'), Rule(kind='absent', text='Hardware says which, and has no model.', when='type', values=('hardware',), member='twin'), Rule(kind='present', text='Hardware says which, and has no model.', when='type', values=('hardware',), member='identity'), Rule(kind='absent', text='A twin writes its model out, and is no piece of hardware.', when='type', values=('twin',), member='identity'), Rule(kind='present', text='A twin writes its model out, and is no piece of hardware.', when='type', values=('twin',), member='twin'), Rule(kind='absent', text='A simulator is ideal.', when='type', values=('simulator',), member='twin'), Rule(kind='absent', text='A simulator is ideal.', when='type', values=('simulator',), member='identity'),),
        'Edge': (Rule(kind='unique', text='The items of ends differ.', member='ends'),),
        'Experiment': (Rule(kind='unique', text='The items of record differ.', member='record'),),
        'GradientBody': (Rule(kind='absent', text='What completed has no reason.', when='status', values=('completed',), member='reason'), Rule(kind='present', text='What did not complete says why.', when='status', values=('aborted', 'coherence_violated', 'failed'), member='reason'),),
        'GradientTask': (Rule(kind='unique', text='The items of parameters differ.', member='parameters'), Rule(kind='present', text='Finite differences state their step.', when='method', values=('finite_difference',), member='step'), Rule(kind='absent', text='The other methods have no step, or one that follows from the parameter.', when='method', values=('adjoint', 'parameter_shift'), member='step'),),
        'Identifier': (Rule(kind='pattern', text='A DOI is neither a URL nor prefixed.', when='type', values=('doi',), member='value', pattern='^10[.][0-9]{4,9}(?:[.][0-9]+)*/[!-~]+$'),),
        'LoweredComponent': (Rule(kind='unique', text='The items of nodes differ.', member='nodes'),),
        'LoweredGraph': (Rule(kind='unique', text='The items of pruned differ.', member='pruned'),),
        'Manifest': (Rule(kind='unique', text='The items of critical differ.', member='critical'),),
        'Metadata': (Rule(kind='unique', text='The items of keywords differ.', member='keywords'),),
        'Processor': (Rule(kind='unique', text='The items of features differ.', member='features'),),
        'RelatedWork': (Rule(kind='pattern', text='A DOI is neither a URL nor prefixed.', when='type', values=('doi',), member='value', pattern='^10[.][0-9]{4,9}(?:[.][0-9]+)*/[!-~]+$'),),
        'ReplayBody': (Rule(kind='absent', text='What completed has no reason.', when='status', values=('completed',), member='reason'), Rule(kind='present', text='What did not complete says why.', when='status', values=('aborted', 'coherence_violated', 'failed'), member='reason'),),
        'RunBody': (Rule(kind='unique', text='The items of recorded_states differ.', member='recorded_states'), Rule(kind='absent', text='What completed has no reason.', when='status', values=('completed',), member='reason'), Rule(kind='present', text='What did not complete says why.', when='status', values=('aborted', 'coherence_violated', 'failed'), member='reason'),),
        'TimelineEvent': (Rule(kind='present', text='A complete event has begin and duration.', when='ph', values=('X',), member='ts'), Rule(kind='present', text='A complete event has begin and duration.', when='ph', values=('X',), member='dur'), Rule(kind='present', text='An instant or a counter has a time.', when='ph', values=('i', 'C'), member='ts'),),
        'ValidationBody': (Rule(kind='absent', text='What completed has no reason.', when='status', values=('completed',), member='reason'), Rule(kind='present', text='What did not complete says why.', when='status', values=('aborted', 'coherence_violated', 'failed'), member='reason'),),
        'ValidationTask': (Rule(kind='unique', text='The items of subjects differ.', member='subjects'),),
    }
)
"""The rules of each class that has any."""
