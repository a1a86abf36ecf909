# Targets are named by their outcome. Nothing here is needed to use hopcap:
#   go run ./cmd/hopcap run configs/capacity.toml
#   go test ./...

LINT = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

hopcap: $(shell git ls-files '*.go' '*.s') go.mod go.sum
	go build -o $@ ./cmd/hopcap

.PHONY: test race lint fuzz results check

test: ## the tests
	go test ./...

race: ## the tests under the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race ./...

lint: ## gofmt, go vet, golangci-lint (installed on first use)
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "gofmt would change these"; exit 1; }
	go vet ./...
	@command -v golangci-lint >/dev/null || test -x "$$(go env GOPATH)/bin/golangci-lint" || go install $(LINT)
	PATH="$$PATH:$$(go env GOPATH)/bin" golangci-lint run ./...

fuzz: ## a minute of broken configs
	go test -run '^$$' -fuzz FuzzParse -fuzztime 60s ./sweep

results: hopcap ## every committed result, made again
	./hopcap run configs/capacity.toml

check: ## what CI runs
	.ci/run
