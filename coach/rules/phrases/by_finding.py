"""All sentences by finding."""

from collections.abc import Mapping
from types import MappingProxyType

from coach.rules.finding import What
from coach.rules.phrases.noise import NOISE
from coach.rules.phrases.pitch import PITCH
from coach.rules.phrases.said import Said
from coach.rules.phrases.scale_notes import SCALE
from coach.rules.phrases.timing import TIMING

SAID: Mapping[What, Said] = MappingProxyType({**PITCH, **SCALE, **TIMING, **NOISE})
"""What may be said of each finding."""
