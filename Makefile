# One command a task; `make` alone lists them.
GO       ?= go
BIN      := bin/entente
LISTEN   ?= localhost:8080
DATABASE ?= demonstration.db

.PHONY: help run build test check bench generate lint
help: ## show this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build, fill the demonstration and serve it at http://localhost:8080
	$(BIN) demo --database $(DATABASE) --listen $(LISTEN)

build: ## compile the one binary, bin/entente
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o $(BIN) ./cmd/entente

test: ## every suite: unit, both database engines, command line, browser, accessibility
	./scripts/test.sh

check: ## formatting, vet, linters, generated files, import direction, catalogues, vulnerabilities
	./scripts/check.sh

bench: build ## time per page, pages per second, start-up, memory, binary; precision and recall of the reader; minutes as PDF and ODT
	$(GO) run ./scripts/bench -binary $(BIN)
	$(GO) test ./internal/reading -count=1 -run TestCorpus -v -bench HundredPages
	$(GO) test ./internal/document ./internal/document/pdf -count=1 -run '^$$' -bench 'ODT|MinutesOf20Items'

generate: ## rewrite the compiled views after a change to a .templ file
	$(GO) tool templ generate -path internal/web/view
