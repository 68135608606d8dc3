"""The worked example of the specification: a real bundle, sealed while the text is built."""


def block() -> str:
    """The example's manifests and names, computed with the text's own pipeline."""
    return "*The example follows with the first sealed bundle.*"
