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
  'python3 -c "import requests"|python3-requests'
  'ls /usr/lib/postgresql/*/bin/postgres|postgresql'
  'ls /usr/lib/*/faketime/libfaketimeMT.so.1|libfaketime'
)

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
    run_as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null 2>&1 || true
  done
fi

for need in "${needs[@]}"; do
  bash -c "${need%|*}" >/dev/null 2>&1 || echo "Could not install ${need#*|}: the tests that use it are skipped."
done

exec dotnet test --nologo "$@"
