#!/usr/bin/env python3
"""Whole trials of the dense memory of degree 3, N = 200, K = 4000: hopcap, numba and
NumPy in turn, on the same machine, all cores each.

    bench_peers_dense.py HOPCAP [--rounds R]

A trial draws the patterns, turns 5 % of the neurons of one of them over, and relaxes
one neuron after the other in random order until nothing flips, for at most 50 sweeps.
There are two programs in numba: one on arrays, a byte a sign, and one that does what
hopcap's own loops do on packed bits, as far as numba goes.
"""
import argparse
import csv
import os
import pathlib
import subprocess
import tempfile
import time

from bench_peers import CORES, np

import peer_numba_dense
import peer_numba_dense_bits
import peer_numpy_dense

N, K, FLIPS, MAX_SWEEPS = 200, 4000, 10, 50
TRIALS = {"hopcap": 20000, "numba, bits": 5000, "numba, arrays": 2000, "NumPy": 100}

CONFIG = """
title = "peers"
seed = {seed}
[model]
kind = "dense"
degree = 3
[dynamics]
order = "random"
max_sweeps = {max_sweeps}
[experiment]
kind = "retrieval"
cue = "noisy"
overlap = 0.9
[sweep]
N = [{n}]
K = {k}
samples = {count}
"""


class Hopcap:
    """hopcap run, on a config of one point."""

    def __init__(self, program):
        self.program = program

    def run(self, n, k, _, max_sweeps, seed, count):
        with tempfile.TemporaryDirectory() as d:
            config = pathlib.Path(d, "peers.toml")
            config.write_text(CONFIG.format(seed=seed, max_sweeps=max_sweeps, n=n, k=k, count=count))
            subprocess.run([self.program, "run", str(config), "--out", d + "/out", "--workers", str(CORES)],
                           check=True, capture_output=True)
            with open(d + "/out/estimates.csv") as estimates:
                return np.array([float(next(csv.DictReader(estimates))["overlap_final_mean"])])


def main():
    p = argparse.ArgumentParser()
    p.add_argument("hopcap")
    p.add_argument("--rounds", type=int, default=5)
    a = p.parse_args()
    peers = {"hopcap": Hopcap(os.path.abspath(a.hopcap)), "numba, bits": peer_numba_dense_bits,
             "numba, arrays": peer_numba_dense, "NumPy": peer_numpy_dense.Peer(CORES)}
    times = {name: [] for name in peers}
    overlaps = {name: [] for name in peers}
    for name, peer in peers.items():
        peer.run(N, K, FLIPS, 1, 1, CORES)  # compiled, pages touched
    for r in range(a.rounds):
        for name, peer in peers.items():
            start = time.perf_counter()
            m = peer.run(N, K, FLIPS, MAX_SWEEPS, 10000 * r + 7, TRIALS[name])
            times[name].append((time.perf_counter() - start) / TRIALS[name] * 1e3)
            overlaps[name].append(m.mean())
    fastest = np.median(times["hopcap"])
    print(f"degree 3, N = {N}, K = {K}, {FLIPS} flipped, {CORES} cores, medians of {a.rounds}")
    for name in peers:
        ms = np.median(times[name])
        print(f"{name:<13} {ms:8.3f} ms a trial  {ms / fastest:6.1f} x   mean final overlap {np.mean(overlaps[name]):.3f}")


if __name__ == "__main__":
    main()
