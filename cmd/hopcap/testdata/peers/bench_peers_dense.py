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

from bench_peers import CORES, MAX_SWEEPS, Hopcap, bench

import peer_numba_dense
import peer_numba_dense_bits
import peer_numpy_dense

N, K, FLIPS = 200, 4000, 10
TRIALS = {"hopcap": 20000, "numba, bits": 5000, "numba, arrays": 2000, "NumPy": 100}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("hopcap")
    p.add_argument("--rounds", type=int, default=5)
    a = p.parse_args()
    peers = {
        "hopcap": Hopcap(a.hopcap, 'kind = "dense"\ndegree = 3', 1 - 2 * FLIPS / N),
        "numba, bits": peer_numba_dense_bits,
        "numba, arrays": peer_numba_dense,
        "NumPy": peer_numpy_dense.Peer(CORES),
    }
    print(f"degree 3, K = {K}, {FLIPS} flipped, at most {MAX_SWEEPS} sweeps, {CORES} cores, medians of {a.rounds}")
    bench(peers, TRIALS, N, K, FLIPS, a.rounds)


if __name__ == "__main__":
    main()
