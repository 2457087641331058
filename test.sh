#!/usr/bin/env bash
# Installs what the tests need beside the .NET SDK, where it may, and runs them.
#   ./test.sh [arguments of dotnet test …]
set -u
cd "$(dirname "$0")"

# What a test uses, and the Debian package that brings it. The test reports itself as skipped where it is missing.
needs=(
  'curl --version|curl'
  'nginx -v|nginx'
  'node --version|nodejs'
  'command -v pngtopnm|netpbm'
  'command -v djpeg|libjpeg-turbo-progs'
  'command -v qpdf|qpdf'
  'command -v pdftotext|poppler-utils'
  'command -v webpinfo|webp'
  'command -v heif-info|libheif-examples'
  'command -v unzip|unzip'
  'python3 -c "import requests"|python3-requests'
  'ls /usr/lib/postgresql/*/bin/postgres|postgresql'
  'ls /usr/lib/*/faketime/libfaketimeMT.so.1|libfaketime'
  '/usr/sbin/clamd --version|clamav-daemon'
  '/usr/bin/python3 -c "import swift.common.middleware.s3api"|python3-swift'
)

# What comes from npm goes here: beside no checkout, so that it is fetched once.
npm_folder="${XDG_CACHE_HOME:-$HOME/.cache}/gatehouse-tests"
has_azurite() { command -v azurite-blob >/dev/null || [ -e "$npm_folder/node_modules/.bin/azurite-blob" ]; }

run_as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

may_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }

missing=()
for need in "${needs[@]}"; do
  bash -c "${need%|*}" >/dev/null 2>&1 || missing+=("${need#*|}")
done

if [ ${#missing[@]} -gt 0 ] && may_install; then
  echo "Installing: ${missing[*]}"
  run_as_root apt-get update -qq >/dev/null 2>&1
  for package in "${missing[@]}"; do
    run_as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 || true
  done
fi

for need in "${needs[@]}"; do
  bash -c "${need%|*}" >/dev/null 2>&1 || echo "Could not install ${need#*|}: the tests that use it are skipped."
done

if ! has_azurite && command -v npm >/dev/null; then
  echo "Installing: azurite"
  mkdir -p "$npm_folder" && npm install --prefix "$npm_folder" --no-audit --no-fund --no-package-lock azurite@3.35.0 >/dev/null 2>&1
fi
has_azurite || echo "Could not install azurite: the tests that use it are skipped."

exec dotnet test --nologo "$@"
