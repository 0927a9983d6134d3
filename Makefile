# make help tells what there is to do.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

GO       ?= go
FUZZTIME ?= 10s
BENCH    ?= .

# Tests run under a clock that is neither UTC nor Vietnam's: a hidden local time shows itself.
test race fuzz bench cover: export TZ = America/Chicago

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## start the chat page with made-up people; needs nothing but Go
	$(GO) run ./cmd/lamsach demo

.PHONY: needs
needs: ## install what the tests talk to: Redis, PostgreSQL, Chromium, fonts
	@.ci/needs

.PHONY: test
test: needs ## run all tests
	$(GO) test ./...

.PHONY: check
check: ## look at the code: format, vet, staticcheck, the rules of the house, a static build
	@unformatted=$$(gofmt -l .); if [[ -n "$$unformatted" ]]; then echo "not gofmt-clean:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool -modfile=tools/go.mod staticcheck ./...
	$(GO) test -count=1 .
	CGO_ENABLED=0 $(GO) build -trimpath -o /dev/null ./...

.PHONY: race
race: ## run the tests of what runs at the same time, with the race detector
	$(GO) test -race ./bot/... ./handlers/... ./storage/...

.PHONY: fuzz
fuzz: ## run every fuzz test for FUZZTIME (10s)
	@$(GO) list ./... | while read -r package; do \
	  $(GO) test -list '^Fuzz' "$$package" < /dev/null | { grep '^Fuzz' || true; } | while read -r name; do \
	    echo "$$package $$name"; \
	    $(GO) test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "$$package" < /dev/null; \
	  done; \
	done

.PHONY: mutations
mutations: ## read 1,500 mutated files of every kind (make test reads 200)
	LAMSACH_MUTATIONS=1500 $(GO) test -count=1 -v -run '^TestMutatedFiles$$' ./cmd/lamsach

.PHONY: cover
cover: ## measure how much of the code the tests reach
	$(GO) test -coverpkg=./... -coverprofile=coverage.out ./...
	@$(GO) tool cover -func=coverage.out | tail -n 1

.PHONY: bench
bench: ## run the benchmarks (BENCH=pattern)
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem ./...

.PHONY: build
build: ## build the program into bin/
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o bin/lamsach ./cmd/lamsach
