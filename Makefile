# Targets are named by their outcome. Nothing here is needed to use hopcap:
#   go run ./cmd/hopcap run configs/capacity.toml
#   go test ./...

PYTHON = /usr/bin/python3
LINT = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

hopcap: $(shell git ls-files '*.go' '*.s') go.mod go.sum
	go build -o $@ ./cmd/hopcap

.PHONY: test race lint small fuzz coverage bench-peers results check

test: ## the tests
	go test ./...

race: ## the tests under the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race -timeout 30m ./...

lint: ## gofmt, go vet, golangci-lint (installed on first use)
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "gofmt would change these"; exit 1; }
	go vet ./...
	@command -v golangci-lint >/dev/null || test -x "$$(go env GOPATH)/bin/golangci-lint" || go install $(LINT)
	PATH="$$PATH:$$(go env GOPATH)/bin" golangci-lint run ./...

small: hopcap ## the main job on a small grid: the same records whatever runs them
	rm -rf results/small && mkdir -p results/small
	for kernel in $$(HOPCAP_KERNEL= ./hopcap version --kernels); do \
		./hopcap run cmd/hopcap/testdata/small.toml --out results/small/$$kernel --kernel $$kernel >/dev/null && \
		./hopcap export results/small/$$kernel -o results/small/$$kernel.csv || exit 1; done
	for i in 0 1 2; do ./hopcap run cmd/hopcap/testdata/small.toml --out results/small/shards --shard $$i/3 || exit 1; done
	./hopcap merge results/small/shards --out results/small/shards >/dev/null
	./hopcap export results/small/shards -o results/small/shards.csv
	for f in results/small/*.csv; do cmp $$f results/small/go.csv || exit 1; done
	rm -rf results/small

fuzz: ## a minute of broken configs
	go test -run '^$$' -fuzz FuzzParse -fuzztime 30s ./sweep/config
	go test -run '^$$' -fuzz FuzzTOML -fuzztime 30s ./sweep/config

coverage: ## do 95 % intervals hold the truth in 95 % of 400 synthetic studies? (five minutes)
	go test ./sweep/scaling -run Coverage -v -coverage-repetitions 400 -timeout 60m
	go test ./experiment -run TestRunsScatterAsTheyClaim -v -coverage-runs 200 # at T > 0, also near T_M

bench-peers: hopcap ## whole trials beside NumPy and numba (Debian: apt-get install python3-numba libopenblas0-pthread)
	@$(PYTHON) -c 'import numpy, numba' || { echo "set PYTHON to a Python with NumPy and numba"; exit 1; }
	PYTHONDONTWRITEBYTECODE=1 $(PYTHON) cmd/hopcap/testdata/peers/bench_peers.py ./hopcap
	PYTHONDONTWRITEBYTECODE=1 $(PYTHON) cmd/hopcap/testdata/peers/bench_peers_dense.py ./hopcap

results: hopcap ## every committed result, made again (hours, and 18 GB of memory for a million neurons)
	for name in $$(git ls-files 'results/*/estimates.csv' | cut -d/ -f2); do ./hopcap run configs/$$name.toml || exit 1; done
	for name in alpha-c alpha-c-large; do ./hopcap fit results/$$name || exit 1; done
	./hopcap fit results/protocol-* --out results/protocols
	./hopcap plot results/tempering results/annealing --figures results/tempering/ground-states.toml
	./hopcap replay results/letters --point model=hopfield,K=8 --sample 1 --picture results/letters/letters-replay.svg

check: ## what CI runs
	.ci/run
