"""The same trial in NumPy, a process a core: with overlaps, and with couplings J.

Both look at many neurons at once and still update them one after the other: the
fields of a block are computed together, and what a flip changes in the rest of
it is put right exactly.
"""
import multiprocessing

import numpy as np

BLOCK = 128


def draw(n, k, flips, rng):
    bits = np.frombuffer(rng.bytes(n * k // 8 + 1), np.uint8)
    x = np.unpackbits(bits, count=n * k).reshape(n, k).astype(np.float32)
    x *= 2
    x -= 1
    s = x[:, 0].copy()
    s[rng.choice(n, flips, replace=False)] *= -1
    return x, s


def with_overlaps(n, k, flips, max_sweeps, seed):
    rng = np.random.default_rng(seed)
    x, s = draw(n, k, flips, rng)
    m = s @ x
    for _ in range(max_sweeps):
        order = rng.permutation(n)
        flipped = 0
        for b in range(0, n, BLOCK):
            at = order[b:b + BLOCK]
            rows = x[at]
            h = rows @ m - k * s[at]
            start = 0
            while True:
                bad = np.flatnonzero(h[start:] * s[at[start:]] < 0)
                if bad.size == 0:
                    break
                t = start + bad[0]
                i = at[t]
                s[i] = -s[i]
                change = 2 * s[i] * rows[t]
                m += change
                start = t + 1
                h[start:] += rows[start:] @ change
                flipped += 1
        if flipped == 0:
            break
    return m[0] / n


def with_couplings(n, k, flips, max_sweeps, seed):
    rng = np.random.default_rng(seed)
    x, s = draw(n, k, flips, rng)
    j = x @ x.T
    np.fill_diagonal(j, 0)
    h = j @ s
    for _ in range(max_sweeps):
        order = rng.permutation(n)
        flipped = 0
        start = 0
        while True:
            rest = order[start:]
            bad = h[rest] * s[rest] < 0
            t = int(bad.argmax())
            if not bad[t]:
                break
            i = rest[t]
            s[i] = -s[i]
            h += (2 * s[i]) * j[i]
            start += t + 1
            flipped += 1
            if start == n:
                break
        if flipped == 0:
            break
    return float(x[:, 0] @ s) / n


FORMS = {"overlaps": with_overlaps, "couplings": with_couplings}


def one(job):
    form, args = job
    return FORMS[form](*args)


class Peer:
    """Processes that stay, one a core."""

    def __init__(self, form, cores):
        self.form = form
        self.pool = multiprocessing.get_context("fork").Pool(cores)

    def run(self, n, k, flips, max_sweeps, seed, count):
        jobs = [(self.form, (n, k, flips, max_sweeps, seed + t)) for t in range(count)]
        return np.array(self.pool.map(one, jobs, chunksize=1))
