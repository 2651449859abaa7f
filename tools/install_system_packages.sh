#!/usr/bin/env bash
# Installs what only the system can give the tests, where that may be done: as root, with apt.
#
# The tests need none of it to pass. Those that would use a missing package are skipped, and the
# last line of `make test` names them and it.
#
# usage: tools/install_system_packages.sh PACKAGE ...
set -euo pipefail

missing=()
for package; do
    dpkg-query --status "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ ${#missing[@]} = 0 ] || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    exit 0
fi
echo "installing for the tests: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1
then
    tail -3 "$log" >&2
    echo "could not install ${missing[*]}; the tests that need them are skipped" >&2
fi
rm -f "$log"
