"""A trial of the dense memory of degree 3 in numba: int8 rows, a thread a trial.

With c = M − ξs the field is Σ_μ [(c+ξ)³ − (c−ξ)³] = 6 Σ ξM² + 8 Σ ξ − 12 s ΣM, of
which only the first sum is long. For an even N it is 24 Σ ξ(M/2)², whose squares
fit 16 bits up to N = 362. numba adds 32-bit integers in 64 bits: taken back to 32
after each addition a sum is made twice as fast, and signs are drawn ten times as
fast from a table of the bytes of eight bits.
"""
import numpy as np
from numba import njit, prange, uint64

from peer_numba import permute, step

BYTES = np.array([[1 if v >> b & 1 else -1 for b in range(8)] for v in range(256)], np.int8).view(np.uint64).ravel()


@njit
def signs(words, r):
    """Independent signs, eight to a word of eight bytes."""
    for a in range(0, words.size, 8):
        w = step(r)
        for b in range(min(8, words.size - a)):
            words[a + b] = BYTES[(w >> uint64(8 * b)) & uint64(255)]


@njit
def dot(row, square):
    total = np.int32(0)
    for k in range(row.size):
        total = np.int32(total + np.int32(row[k]) * np.int32(square[k]))
    return total


@njit
def count(row):
    total = np.int32(0)
    for k in range(row.size):
        total = np.int32(total + row[k])
    return total


@njit
def add(row, half, v):
    for k in range(row.size):
        half[k] += np.int16(v) * np.int16(row[k])


@njit
def squares(half, square):
    total = np.int32(0)
    for k in range(half.size):
        square[k] = half[k] * half[k]
        total = np.int32(total + half[k])
    return total


@njit
def trial(n, k, flips, max_sweeps, seed):
    """The final overlap; n even, at most 362, and k a multiple of 8."""
    r = np.empty(1, np.uint64)
    r[0] = uint64(seed) * uint64(0x9E3779B97F4A7C15) + uint64(1)
    words = np.empty(n * k // 8, np.uint64)
    signs(words, r)
    x = words.view(np.int8).reshape(n, k)
    s = x[:, 0].copy()
    order = np.empty(n, np.int32)
    permute(order, r)
    for i in order[:flips]:
        s[i] = -s[i]
    m = np.zeros(k, np.int16)
    ones = np.empty(n, np.int32)
    for i in range(n):
        add(x[i], m, s[i])
        ones[i] = count(x[i])
    half = m // np.int16(2)
    square = np.empty(k, np.int16)
    total = squares(half, square)
    for _ in range(max_sweeps):
        permute(order, r)
        flipped = 0
        for i in order:
            field = 24 * np.int64(dot(x[i], square)) + 8 * ones[i] - 24 * np.int64(s[i]) * total
            if field * s[i] < 0:
                s[i] = -s[i]
                add(x[i], half, s[i])
                total = squares(half, square)
                flipped += 1
        if flipped == 0:
            break
    return 2 * half[0] / n


@njit(parallel=True)
def trials(n, k, flips, max_sweeps, seed, count):
    m = np.empty(count)
    for t in prange(count):
        m[t] = trial(n, k, flips, max_sweeps, seed + t)
    return m


def run(n, k, flips, max_sweeps, seed, count):
    """The final overlaps of count trials, on all cores."""
    return trials(n, k, flips, max_sweeps, seed, count)
