import numpy as np

from dsp.framing import HOP_S, Framer
from dsp.kernel.engine import CompiledDetector
from dsp.onset import OnsetDetector
from dsp.synth import melody, run


def novelties(detector, hop, samples):
    framer, found, onsets = Framer(detector.frame_length, hop), [], []
    for _, frame in framer.push(samples):
        onsets.append(detector.push(frame))
        found.append(detector.novelty)
    return np.array(found), onsets


def test_the_novelty_and_the_onsets_are_the_same(rate, sounds):
    hop = round(HOP_S * rate)
    tune = melody(run([40, 52, 64, 76], step_s=0.12), sample_rate=rate, noise_dbfs=-60)
    samples = np.concatenate([tune, *sounds(rate)])
    plain, compiled = OnsetDetector(rate, hop), CompiledDetector(rate, hop)
    expected, expected_onsets = novelties(plain, hop, samples)
    found, onsets = novelties(compiled, hop, samples)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert onsets == expected_onsets
    assert sum(onsets) >= 4
    compiled.reset()
    np.testing.assert_array_equal(novelties(compiled, hop, samples)[0], found)
