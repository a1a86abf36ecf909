#!/usr/bin/env python3
"""Whole trials of hopcap, numba and NumPy, in turn, on the same machine.

    bench_peers.py HOPCAP [--rounds R] [--sizes N,N,...] [--json FILE]

A trial draws K = 0.14 N patterns of N neurons, turns 10 % of the neurons of one
of them over, and relaxes one neuron after the other in random order until
nothing flips, for at most 50 sweeps. Every program uses all cores. hopcap is
timed as its users run it: a process that reads a config, stores records and
writes estimates.
"""
import argparse
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

CORES = len(os.sched_getaffinity(0))
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process a core
if "avx512f" in pathlib.Path("/proc/cpuinfo").read_text():
    # Older OpenBLAS takes newer processors for very old ones.
    os.environ.setdefault("OPENBLAS_CORETYPE", "SkylakeX")

try:
    import numpy as np

    import peer_numba
    import peer_numpy
except ImportError as e:
    sys.exit(f"bench_peers: {e}: needs NumPy with OpenBLAS, and numba "
             "(Debian: apt-get install python3-numba libopenblas0-pthread)")

ALPHA, FLIPPED, MAX_SWEEPS = 0.14, 0.1, 50

CONFIG = """
title = "peers"
seed = {seed}
[model]
kind = "hopfield"
[dynamics]
order = "random"
max_sweeps = {max_sweeps}
[experiment]
kind = "retrieval"
cue = "noisy"
overlap = 0.8
[sweep]
N = [{n}]
alpha = {alpha}
samples = {count}
"""


class Hopcap:
    """hopcap run, on a config of one point."""

    def __init__(self, program):
        self.program = program

    def run(self, n, k, flips, max_sweeps, seed, count):
        with tempfile.TemporaryDirectory() as d:
            config = pathlib.Path(d, "peers.toml")
            config.write_text(CONFIG.format(seed=seed, max_sweeps=max_sweeps, n=n, alpha=ALPHA, count=count))
            subprocess.run([self.program, "run", str(config), "--out", d + "/out", "--workers", str(CORES)],
                           check=True, capture_output=True)
            with open(d + "/out/estimates.csv") as estimates:
                return np.array([float(next(csv.DictReader(estimates))["overlap_final_mean"])])


# How many trials a measurement makes, by N.
TRIALS = {
    "hopcap": {1000: 20000, 4000: 1500, 10000: 300, 30000: 24},
    "numba": {1000: 4000, 4000: 200, 10000: 40, 30000: 6},
    "NumPy, overlaps": {1000: 400, 4000: 40, 10000: 8, 30000: 2},
    "NumPy, couplings": {1000: 400, 4000: 20, 10000: 2},
}


def measure(peer, n, seed, count):
    """Milliseconds a trial, and the mean final overlap."""
    start = time.perf_counter()
    overlaps = peer.run(n, round(ALPHA * n), round(FLIPPED * n), MAX_SWEEPS, seed, count)
    return (time.perf_counter() - start) / count * 1e3, float(overlaps.mean())


def bench(peers, sizes, rounds):
    results = []
    for n in sizes:
        ms = {name: [] for name in peers}
        m = {name: [] for name in peers}
        for r in range(rounds):
            for name, peer in peers.items():
                count = TRIALS[name].get(n)
                if count is None:
                    continue
                if r == 0:
                    peer.run(n, round(ALPHA * n), round(FLIPPED * n), 1, 1, CORES)  # compiled, pages touched
                t, overlap = measure(peer, n, 1000 * r + 7, count)
                ms[name].append(t)
                m[name].append(overlap)
        for name in peers:
            if ms[name]:
                results.append({"program": name, "N": n, "ms": float(np.median(ms[name])), "all_ms": ms[name],
                                "ratio": float(np.median(ms[name]) / np.median(ms["hopcap"])),
                                "overlap": float(np.mean(m[name]))})
                show(results[-1])
    return results


def show(r):
    print(f"{r['N']:6}  {r['program']:<17} {r['ms']:10.3f} ms a trial  {r['ratio']:8.1f} x   "
          f"mean final overlap {r['overlap']:.3f}", flush=True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("hopcap")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--sizes", default="1000,4000,10000,30000")
    p.add_argument("--only", default="", help="a part of the names of the programs to run beside hopcap")
    p.add_argument("--json", type=pathlib.Path)
    a = p.parse_args()
    peers = {
        "hopcap": Hopcap(os.path.abspath(a.hopcap)),
        "numba": peer_numba,
        "NumPy, overlaps": peer_numpy.Peer("overlaps", CORES),
        "NumPy, couplings": peer_numpy.Peer("couplings", CORES),
    }
    peers = {name: peer for name, peer in peers.items() if name == "hopcap" or a.only in name}
    print(f"{CORES} cores, alpha = {ALPHA}, {FLIPPED:.0%} flipped, at most {MAX_SWEEPS} sweeps, medians of {a.rounds}")
    results = bench(peers, [int(n) for n in a.sizes.split(",")], a.rounds)
    if a.json:
        a.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
