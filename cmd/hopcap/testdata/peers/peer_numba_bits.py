"""The same trial in numba, on bits: 64 patterns a word.

Half of each overlap sum M is kept in bit slices, so that Σ ξM is ANDs and population
counts. A block of neurons is looked at together, one in each lane, and those after the
first that flips once more. The overlap with the pattern of the cue is kept apart: the
others fit few slices. A flip changes no other field by more than 2K, so that a neuron
that was more stable than all flips since can have undone is not looked at.
"""
import numpy as np
from numba import njit, prange, uint64

from packed import ONES, ZERO, agreements, centre, common, first, patterns, popcount
from peer_numba import permute

SLICES = 16  # hold any sum for N < 2^15
FEWEST, FEW = 7, 12  # used, or else all
LEAST, MOST = 16, 32  # neurons of a block


def adder(slices):
    """Adds Σ v over the bits of a word of each column to out: a function of its own for
    each number of slices, in which LLVM unrolls one loop and makes vectors of the other."""
    @njit
    def add(out, x, v, w):
        y, u = x[w], v[w]
        for i in range(y.size):
            t = uint64(0) - popcount(y[i] & u[slices - 1])
            for b in range(slices - 2, -1, -1):
                t += t + popcount(y[i] & u[b])
            out[i] += t
    return add


add7, add8, add9, add10, add11, add12, add16 = [adder(b) for b in (FEWEST, 8, 9, 10, 11, FEW, SLICES)]


@njit
def count(out, x, v, used):
    """Σ v over the bits of the columns of x, in so many slices."""
    out[:] = 0
    for w in range(x.shape[0]):
        if used == FEWEST:
            add7(out, x, v, w)
        elif used == 8:
            add8(out, x, v, w)
        elif used == 9:
            add9(out, x, v, w)
        elif used == 10:
            add10(out, x, v, w)
        elif used == 11:
            add11(out, x, v, w)
        elif used == FEW:
            add12(out, x, v, w)
        else:
            add16(out, x, v, w)


@njit
def gather(x, block, columns):
    for w in range(columns.shape[0]):
        column = columns[w]
        for j in range(block.size):
            column[j] = x[block[j], w]


@njit
def flip(row, up, v, used):
    """v ± 1, in one slice more than are used; returns whether that one is needed now."""
    turn = ONES if up else ZERO
    over = ZERO
    for w in range(v.shape[0]):
        down, c = row[w] ^ turn, ONES
        for b in range(used + 1):
            k = c
            c &= v[w, b] ^ down
            v[w, b] ^= k
        over |= v[w, used] ^ v[w, used - 1]
    return over != ZERO


@njit
def widen(v, used):
    """How many slices to use when that many no longer suffice."""
    more = used + 1 if used < FEW else SLICES
    for w in range(v.shape[0]):
        v[w, used + 1:] = v[w, used]
    return more


@njit
def narrow(v, used):
    """How many slices suffice."""
    while used > FEWEST:
        for w in range(v.shape[0]):
            if v[w, used - 1] != v[w, used - 2]:
                return used if used <= FEW else SLICES
        used -= 1
    return used


@njit
def trial(n, k, flips, max_sweeps, seed):
    """The final overlap."""
    r = np.empty(1, np.uint64)
    r[0] = uint64(seed) * uint64(0x9E3779B97F4A7C15) + uint64(1)
    x, active = patterns(n, k, r)
    s = first(x)
    cued = s.copy()
    order = np.empty(n, np.uint32)
    permute(order, r)
    for i in order[:flips]:
        s[i] = -s[i]
    m = n - 2 * flips  # with the pattern of the cue, whose bits are cleared
    x[:, 0] &= ~uint64(1)
    active[0] &= ~uint64(1)
    h, t = np.empty((SLICES + 1, active.size), np.uint64), np.empty((2, active.size), np.uint64)
    agreements(x, s, h, t)
    centre(h, n // 2, t)
    words = (k + 63) // 64
    v = h[:, :words].T.copy()
    odd = n & 1  # M = 2v − odd
    ones = np.empty(n, np.int64)
    every = 0  # Σ M
    for i in range(n):
        ones[i] = common(x[i], active)
        every += s[i] * (2 * ones[i] - (k - 1))
    room, out = np.empty(words * MOST, np.uint64), np.empty(MOST, np.int64)
    block, place = np.empty(MOST, np.uint32), np.empty(MOST, np.int64)
    drift = 0  # what the flips have changed a field by at most
    safe = np.full(n, -1)  # the drift up to which a neuron cannot flip
    most = LEAST
    used = SLICES
    for _ in range(max_sweeps):
        permute(order, r)
        before = drift
        used = narrow(v, used)
        at = 0
        while at < n:
            size = 0
            while at < n and size < most:
                block[size], place[size] = order[at], at
                size += safe[order[at]] < drift
                at += 1
            columns = room[:words * size].reshape(words, size)
            gather(x, block[:size], columns)
            count(out[:size].view(np.uint64), columns, v, used)
            most = min(2 * most, MOST)
            for j in range(size):
                i = block[j]
                field = 4 * out[j] - 2 * odd * ones[i] - every + cued[i] * m - k * s[i]
                stable = field * s[i]
                safe[i] = drift + abs(stable)
                if stable < 0:
                    s[i] = -s[i]
                    if flip(x[i], s[i] > 0, v, used):
                        used = widen(v, used)
                    every += 2 * s[i] * (2 * ones[i] - (k - 1))
                    m += 2 * s[i] * cued[i]
                    drift += 2 * k
                    at = place[j] + 1
                    most = LEAST
                    break
        if drift == before:
            break
    return m / n


@njit(parallel=True)
def trials(n, k, flips, max_sweeps, seed, count):
    m = np.empty(count)
    for t in prange(count):
        m[t] = trial(n, k, flips, max_sweeps, seed + t)
    return m


def run(n, k, flips, max_sweeps, seed, count):
    """The final overlaps of count trials, on all cores."""
    return trials(n, k, flips, max_sweeps, seed, count)
