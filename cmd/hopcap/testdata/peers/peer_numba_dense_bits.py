"""A trial of the dense memory of degree 3 in numba, on bits: 64 patterns a word.

h = M/2 and its square are kept in bit slices, eight and fourteen of them, so that
Σ ξ h² is ANDs and population counts, which LLVM makes vector instructions of. A flip
takes each h up or down by one and h² by 2h + 1. Bit 1 of a square is 0, and bit 0 is
turned over by every flip, so that what the bits of a row count of it is one of two
numbers. The four highest slices are nearly always empty, and only words that are not
are counted. A neuron that was looked at since the last flip is not looked at again.
"""
import numpy as np
from numba import njit, prange, uint64

from packed import ONES, ZERO, add, agreements, centre, common, first, patterns, popcount, ripple
from peer_numba import permute


@njit
def dot(row, v):
    """Σ v over the bits of a row, of slices 2 … 9."""
    v2, v3, v4, v5, v6, v7, v8, v9 = v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9]
    t2 = t3 = t4 = t5 = t6 = t7 = t8 = t9 = uint64(0)
    for w in range(row.size):
        x = row[w]
        t2 += popcount(x & v2[w])
        t3 += popcount(x & v3[w])
        t4 += popcount(x & v4[w])
        t5 += popcount(x & v5[w])
        t6 += popcount(x & v6[w])
        t7 += popcount(x & v7[w])
        t8 += popcount(x & v8[w])
        t9 += popcount(x & v9[w])
    return ((t2 << uint64(2)) + (t3 << uint64(3)) + (t4 << uint64(4)) + (t5 << uint64(5)) + (t6 << uint64(6))
            + (t7 << uint64(7)) + (t8 << uint64(8)) + (t9 << uint64(9)))


@njit
def high(row, v, at):
    """The same of the four highest slices."""
    t = uint64(0)
    for w in at:
        x = row[w]
        for b in range(10, 14):
            t += popcount(x & v[b, w]) << uint64(b)
    return t


@njit
def occupied(v, room):
    """The words of the four highest slices that are not empty."""
    v10, v11, v12, v13 = v[10], v[11], v[12], v[13]
    count = 0
    for w in range(room.size):
        if v10[w] | v11[w] | v12[w] | v13[w]:
            room[count] = w
            count += 1
    return room[:count]


@njit
def square(h, v, t):
    """v = h²."""
    size, c, y = t[:7], t[7], t[8]
    c[:] = h[7]
    for b in range(7):
        for w in range(c.size):
            size[b, w] = h[b, w] ^ h[7, w]
        ripple(size[b], c)
    v[:] = ZERO
    for a in range(7):
        c[:] = ZERO
        for b in range(7):
            for w in range(c.size):
                y[w] = size[a, w] & size[b, w]
            add(v[a + b], y, c)
        for b in range(a + 7, 14):
            ripple(v[b], c)


@njit
def move(x, d, c, y):
    """x + c at one slice, or x − c where d has a bit; y is x before, or after there."""
    for w in range(x.size):
        k = c[w]
        c[w] = (x[w] ^ d[w]) & k
        y[w] = x[w] ^ (k & d[w])
        x[w] ^= k


@njit
def grow(x, y, d, c):
    """x + y at one slice, or x − y where d has a bit."""
    for w in range(x.size):
        a = x[w] ^ d[w]
        u = a ^ y[w]
        k = c[w]
        c[w] = (a & y[w]) | (u & k)
        x[w] ^= y[w] ^ k


@njit
def flip(row, up, h, v, t):
    """h ± 1, and v + (2h + 1) with the h before or v − (2h + 1) with that after."""
    d, c = t[8], t[9]
    turn = ONES if up else ZERO
    for w in range(row.size):
        d[w] = row[w] ^ turn
    c[:] = ONES
    for b in range(8):
        move(h[b], d, c, t[b])
    c[:] = ONES
    move(v[0], d, c, t[10])
    for b in range(1, 14):
        grow(v[b], t[min(b - 1, 7)], d, c)


@njit
def trial(n, k, flips, max_sweeps, seed):
    """The final overlap; n even, at most 254, as h takes eight bits."""
    r = np.empty(1, np.uint64)
    r[0] = uint64(seed) * uint64(0x9E3779B97F4A7C15) + uint64(1)
    x, active = patterns(n, k, r)
    s = first(x)
    cued = s.copy()
    order = np.empty(n, np.int32)
    permute(order, r)
    for i in order[:flips]:
        s[i] = -s[i]
    words = active.size
    h, v, t = np.empty((8, words), np.uint64), np.empty((14, words), np.uint64), np.empty((11, words), np.uint64)
    agreements(x, s, h, t)
    centre(h, n // 2, t)
    square(h, v, t)
    ones, odd = np.empty(n + 1, np.int64), np.empty((2, n + 1), np.int64)  # of the rows, and of all patterns
    for i in range(n + 1):
        row = x[i] if i < n else active
        ones[i], odd[0, i] = common(row, active), common(row, v[0])
        odd[1, i] = ones[i] - odd[0, i]
    halves = (s * (2 * ones[:n] - k)).sum() // 2
    room = np.empty(words, np.int64)
    at = occupied(v, room)
    every = odd[0, n] + np.int64(dot(active, v) + high(active, v, at))
    looked = np.full(n, -1)
    made = 0
    for _ in range(max_sweeps):
        permute(order, r)
        before = made
        for i in order:
            if looked[i] == made:
                continue
            mine = odd[made & 1, i] + np.int64(dot(x[i], v) + high(x[i], v, at))
            field = 24 * (2 * mine - every - s[i] * halves) + 8 * (2 * ones[i] - k)
            if field * s[i] < 0:
                s[i] = -s[i]
                flip(x[i], s[i] > 0, h, v, t)
                halves += s[i] * (2 * ones[i] - k)
                at = occupied(v, room)
                made += 1
                every = odd[made & 1, n] + np.int64(dot(active, v) + high(active, v, at))
            looked[i] = made
        if made == before:
            break
    return (s * cued).sum() / n


@njit(parallel=True)
def trials(n, k, flips, max_sweeps, seed, count):
    m = np.empty(count)
    for t in prange(count):
        m[t] = trial(n, k, flips, max_sweeps, seed + t)
    return m


def run(n, k, flips, max_sweeps, seed, count):
    """The final overlaps of count trials, on all cores."""
    return trials(n, k, flips, max_sweeps, seed, count)
