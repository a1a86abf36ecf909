"""A trial of the dense memory of degree 3 in NumPy, a process a core.

With c = M − ξs the field is Σ_μ [(c+ξ)³ − (c−ξ)³] = 6 Σ ξM² + 8 Σ ξ − 12 s ΣM. The
fields of a block of neurons are computed together, and what a flip changes in the
rest of it is put right exactly: float32 holds all of its integers.
"""
import multiprocessing

import numpy as np

from peer_numpy import BLOCK, draw


def trial(n, k, flips, max_sweeps, seed):
    rng = np.random.default_rng(seed)
    x, s = draw(n, k, flips, rng)
    ones = x.sum(axis=1)
    half = (s @ x) / 2
    square = half * half
    for _ in range(max_sweeps):
        order = rng.permutation(n)
        flipped = 0
        for b in range(0, n, BLOCK):
            at = order[b:b + BLOCK]
            rows = x[at]
            a = rows @ square
            start = 0
            while True:
                h = 24 * a[start:] + 8 * ones[at[start:]] - 24 * half.sum() * s[at[start:]]
                bad = np.flatnonzero(h * s[at[start:]] < 0)
                if bad.size == 0:
                    break
                t = start + bad[0]
                i = at[t]
                s[i] = -s[i]
                half += s[i] * rows[t]
                new = half * half
                start = t + 1
                a[start:] += rows[start:] @ (new - square)
                square = new
                flipped += 1
        if flipped == 0:
            break
    return 2 * half[0] / n


def work(job):
    return trial(*job)


class Peer:
    def __init__(self, cores):
        self.pool = multiprocessing.Pool(cores)

    def run(self, n, k, flips, max_sweeps, seed, count):
        jobs = [(n, k, flips, max_sweeps, seed + t) for t in range(count)]
        return np.array(self.pool.map(work, jobs, chunksize=max(1, count // 32)))
