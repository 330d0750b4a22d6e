"""What libvosk sees of a sound: mel cepstra, and the running mean it takes off them."""

from collections.abc import Mapping
from typing import Final

import kaldi_native_fbank
import numpy as np
import numpy.typing as npt

from .corpus import RATE, Samples

Features = npt.NDArray[np.float32]
"""A row of 40 numbers for every 10 ms."""

DIM: Final = 40
OPTIONS: Final[Mapping[str, str]] = {
    "use-energy": "false",
    "num-mel-bins": str(DIM),
    "num-ceps": str(DIM),
    "low-freq": "20",
    "high-freq": "7600",
}
"""Of ``conf/mfcc.conf``; all else is Kaldi's default on both sides."""

WINDOW: Final = 600
"""Frames the running mean is taken over, at most."""
TRUST: Final = 200
"""Frames that the mean of the whole corpus counts as, while fewer have been heard."""


def cepstra(samples: Samples) -> Features:
    """Mel cepstra of 16 kHz samples in 16-bit scale, as libvosk computes them without dither."""
    options = kaldi_native_fbank.MfccOptions()
    options.frame_opts.samp_freq = RATE
    options.frame_opts.dither = 0.0
    options.frame_opts.snip_edges = True
    options.mel_opts.num_bins = DIM
    options.mel_opts.low_freq = float(OPTIONS["low-freq"])
    options.mel_opts.high_freq = float(OPTIONS["high-freq"])
    options.num_ceps = DIM
    options.use_energy = False
    stream = kaldi_native_fbank.OnlineMfcc(options)
    stream.accept_waveform(RATE, samples)
    stream.input_finished()
    rows = [stream.get_frame(frame) for frame in range(stream.num_frames_ready)]
    return np.array(rows, np.float32).reshape(-1, DIM)


def without_mean(
    features: Features,
    corpus_mean: npt.NDArray[np.floating],
    before: Features | None = None,
    heard: int = 0,
) -> Features:
    """Features with Kaldi's online mean taken off, frame by frame.

    Args:
        features: of one utterance.
        corpus_mean: what is assumed before anything was heard.
        before: mean of what the recogniser has heard earlier, if anything.
        heard: how many frames of it, at most ``WINDOW``.
    """
    count = len(features)
    sums = np.cumsum(features, axis=0, dtype=np.float64)
    frames = np.arange(1, count + 1, dtype=np.float64)
    if count > WINDOW:
        sums[WINDOW:] -= sums[:-WINDOW].copy()
        frames[WINDOW:] = WINDOW
    if before is not None and heard:
        kept = np.clip(WINDOW - frames, 0, heard)
        sums += kept[:, None] * before
        frames += kept
    borrowed = np.minimum(WINDOW - frames, TRUST)[:, None]
    mean = (sums + borrowed * corpus_mean) / (frames[:, None] + borrowed)
    return np.asarray(features - mean, np.float32)
