#!/usr/bin/env bash
# Runs every suite. Installs PostgreSQL, Chromium, LibreOffice, poppler and axe-core where it can (root on Debian, npm); elsewhere it says what is
# missing, and the suites that need it say that they are skipped. With CI=true a skipped suite is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
find_postgres() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
find_browser() { command -v chromium >/dev/null || command -v google-chrome >/dev/null || command -v chromium-browser >/dev/null; }
find_office() { command -v soffice >/dev/null; }
find_poppler() { command -v pdfinfo >/dev/null && command -v pdftotext >/dev/null; }

packages=()
find_postgres || packages+=(postgresql)
find_browser || packages+=(chromium fonts-dejavu fonts-liberation)
find_office || packages+=(libreoffice-writer-nogui libreoffice-calc-nogui)
find_poppler || packages+=(poppler-utils)
if [ ${#packages[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${packages[*]} …"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi
if [ ! -f node_modules/axe-core/axe.min.js ] && command -v npm >/dev/null; then
  npm ci --silent --no-audit --no-fund || true
fi

find_postgres || missing+=("PostgreSQL (Debian package postgresql): the store's suite runs on SQLite alone")
find_browser || missing+=("Chromium (Debian package chromium): the browser, accessibility and story suites are skipped")
find_office || missing+=("LibreOffice (Debian packages libreoffice-writer-nogui, libreoffice-calc-nogui): nobody else reads the text documents and workbooks")
find_poppler || missing+=("poppler (Debian package poppler-utils): the tags and the words of PDF files are not read back")
[ -f node_modules/axe-core/axe.min.js ] || missing+=("axe-core (npm ci): the accessibility suite is skipped")
for m in "${missing[@]}"; do echo "Missing: $m" >&2; done
if [ "${CI:-}" = true ] && [ ${#missing[@]} -gt 0 ]; then
  echo "In continuous integration nothing may be skipped." >&2
  exit 1
fi

go test -timeout 30m "${@:-./...}"
