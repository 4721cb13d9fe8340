#!/usr/bin/env bash
# Every check that needs no running program. One failure does not hide the next: all are run, then the sum is told.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()
step() {
  local name=$1
  shift
  if "$@"; then echo "ok    $name"; else
    echo "FAIL  $name"
    failed+=("$name")
  fi
}

formatted() {
  local out
  out=$(git ls-files -z --cached --others --exclude-standard '*.go' | xargs -0 gofmt -l)
  [ -z "$out" ] || { echo "$out"; return 1; }
}
# The compiled views are committed: what templ writes now must be what is there.
generated() {
  local before after
  before=$(git ls-files -z --cached --others --exclude-standard '*_templ.go' | xargs -0 sha256sum)
  go tool templ generate -path internal/web/view >/dev/null 2>&1 || return 1
  after=$(git ls-files -z --cached --others --exclude-standard '*_templ.go' | xargs -0 sha256sum)
  [ "$before" = "$after" ] || { echo "run 'make generate' and commit what it writes"; return 1; }
}
tidy() { go mod tidy -diff >/dev/null || { echo "run 'go mod tidy'"; return 1; }; }
lint() { go tool -modfile=tools/go.mod golangci-lint run ./...; }
# govulncheck asks a database on the network; where none answers the check says so and does not fail.
vulnerabilities() {
  local out
  out=$(timeout 300 go tool -modfile=tools/go.mod govulncheck ./... 2>&1) && return 0
  if grep -qiE 'fetching vulnerabilities|no such host|dial tcp|connection refused|Forbidden|proxyconnect|TLS handshake|i/o timeout' <<<"$out"; then
    echo "      the database of vulnerabilities cannot be reached from here: not checked"
    return 0
  fi
  echo "$out"
  return 1
}

step 'formatted (gofmt)' formatted
step 'go.mod tidy' tidy
step 'go vet' go vet ./...
step 'linters (golangci-lint, staticcheck among them)' lint
step 'generated files fresh (templ)' generated
step 'import direction' go test -count=1 -run TestImports ./internal
step 'catalogues complete' go test -count=1 ./internal/i18n
step 'vulnerable dependencies (govulncheck)' vulnerabilities
[ ${#failed[@]} -eq 0 ] || { printf '\n%d of the checks failed: %s\n' ${#failed[@]} "$(IFS=', '; echo "${failed[*]}")"; exit 1; }
