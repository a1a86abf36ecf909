#!/usr/bin/env python3
"""Whole trials of hopcap, numba and NumPy, in turn, on the same machine.

    bench_peers.py HOPCAP [--rounds R] [--sizes N,N,...] [--json FILE]

A trial draws K = 0.14 N patterns of N neurons, turns 10 % of the neurons of one
of them over, and relaxes one neuron after the other in random order until
nothing flips, for at most 50 sweeps. Every program uses all cores. hopcap is
timed as its users run it: a process that reads a config, stores records and
writes estimates. There are two programs in numba: one on arrays, a byte a sign, and
one that does what hopcap's own loops do on packed bits, as far as numba goes.
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
AVX512 = "avx512f" in pathlib.Path("/proc/cpuinfo").read_text()
if AVX512:
    # Older OpenBLAS takes newer processors for very old ones.
    os.environ.setdefault("OPENBLAS_CORETYPE", "SkylakeX")

try:
    import llvmlite.binding
    if AVX512:
        # LLVM would use half of a register.
        features = llvmlite.binding.get_host_cpu_features().flatten()
        os.environ.setdefault("NUMBA_CPU_FEATURES", features + ",-prefer-256-bit")

    import numpy as np

    import peer_numba
    import peer_numba_bits
    import peer_numpy
except ImportError as e:
    sys.exit(f"bench_peers: {e}: needs NumPy with OpenBLAS, and numba "
             "(Debian: apt-get install python3-numba libopenblas0-pthread)")

MAX_SWEEPS = 50
ALPHA, FLIPPED = 0.14, 0.1

CONFIG = """
title = "peers"
seed = {seed}
[model]
{model}
[dynamics]
order = "random"
max_sweeps = {max_sweeps}
[experiment]
kind = "retrieval"
cue = "noisy"
overlap = {overlap}
[sweep]
N = [{n}]
K = {k}
samples = {count}
"""


class Hopcap:
    """hopcap run, on a config of one point."""

    def __init__(self, program, model, overlap):
        self.program = os.path.abspath(program)
        self.model, self.overlap = model, overlap

    def run(self, n, k, _, max_sweeps, seed, count):
        with tempfile.TemporaryDirectory() as d:
            config = pathlib.Path(d, "peers.toml")
            config.write_text(CONFIG.format(seed=seed, model=self.model, max_sweeps=max_sweeps,
                                            overlap=self.overlap, n=n, k=k, count=count))
            subprocess.run([self.program, "run", str(config), "--out", d + "/out", "--workers", str(CORES)],
                           check=True, capture_output=True)
            with open(d + "/out/estimates.csv") as estimates:
                return np.array([float(next(csv.DictReader(estimates))["overlap_final_mean"])])


# How many trials a measurement makes, by N.
TRIALS = {
    "hopcap": {1000: 20000, 4000: 1500, 10000: 300, 30000: 80},
    "numba, bits": {1000: 10000, 4000: 1000, 10000: 200, 30000: 40},
    "numba, arrays": {1000: 4000, 4000: 200, 10000: 40, 30000: 6},
    "NumPy, overlaps": {1000: 400, 4000: 40, 10000: 8, 30000: 2},
    "NumPy, couplings": {1000: 400, 4000: 20, 10000: 2},
}


def bench(peers, trials, n, k, flips, rounds):
    """Each program in turn, as many trials as are its; results, the first of them hopcap's, are printed."""
    peers = {name: peer for name, peer in peers.items() if name in trials}
    times = {name: [] for name in peers}
    overlaps = {name: [] for name in peers}
    for peer in peers.values():
        peer.run(n, k, flips, 1, 1, CORES)  # compiled, pages touched
    for r in range(rounds):
        for name, peer in peers.items():
            start = time.perf_counter()
            m = peer.run(n, k, flips, MAX_SWEEPS, 100000 * r + 7, trials[name])
            times[name].append((time.perf_counter() - start) / trials[name] * 1e3)
            overlaps[name].append(m.mean())
    results = []
    for name in peers:
        ms = float(np.median(times[name]))
        results.append({"program": name, "N": n, "ms": ms, "all_ms": times[name],
                        "ratio": ms / float(np.median(times["hopcap"])), "overlap": float(np.mean(overlaps[name]))})
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
        "hopcap": Hopcap(a.hopcap, 'kind = "hopfield"', 1 - 2 * FLIPPED),
        "numba, bits": peer_numba_bits,
        "numba, arrays": peer_numba,
        "NumPy, overlaps": peer_numpy.Peer("overlaps", CORES),
        "NumPy, couplings": peer_numpy.Peer("couplings", CORES),
    }
    peers = {name: peer for name, peer in peers.items() if name == "hopcap" or a.only in name}
    print(f"{CORES} cores, alpha = {ALPHA}, {FLIPPED:.0%} flipped, at most {MAX_SWEEPS} sweeps, medians of {a.rounds}")
    results = []
    for n in map(int, a.sizes.split(",")):
        trials = {name: count[n] for name, count in TRIALS.items() if n in count}
        results += bench(peers, trials, n, round(ALPHA * n), round(FLIPPED * n), a.rounds)
    if a.json:
        a.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
