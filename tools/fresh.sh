#!/usr/bin/env bash
# Runs the README's two commands on a machine that has nothing: a bare Debian root.
#
# The root holds what `debootstrap` puts there and the packages of PACKAGES, nothing else. Of the
# host it gets how to reach the package indexes (apt's sources, pip's settings, certificates and
# names) and the committed state of this repository.
#
# usage: tools/fresh.sh [COMMAND ...]      (default: make run, make test, and the benchmarks' set)
set -euo pipefail

PACKAGES=python3,python3-venv,git,make,ca-certificates
SUITE=${FRESH_SUITE:-bookworm}  # Python 3.11
MIRROR=${FRESH_MIRROR:-http://deb.debian.org/debian}
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
    echo "fresh: $1" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "needs root, for chroot and mount; run: sudo make fresh"
command -v debootstrap >/dev/null || fail "needs debootstrap; run: apt-get install debootstrap"
git -C "$project" diff --quiet HEAD || echo "fresh: uncommitted changes are left out" >&2

root=$(mktemp -d /var/tmp/besshi-fresh.XXXXXX)
finish() {
    mountpoint -q "$root/dev/shm" && umount "$root/dev/shm"
    mountpoint -q "$root/proc" && umount "$root/proc"
    rm -rf --one-file-system "$root"
}
trap finish EXIT

echo "fresh: makes a bare $SUITE in $root" >&2
debootstrap --variant=minbase --include="$PACKAGES" "$SUITE" "$root" "$MIRROR" >"$root.log" 2>&1 \
    || { tail -5 "$root.log" >&2; fail "debootstrap failed; $root.log has all that it said"; }
rm -f "$root.log"

# The host's way to the package indexes, and no other file of it.
for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs/ca-certificates.crt \
    /etc/apt/sources.list.d/debian.sources; do
    [ -e "$file" ] && install -D -m 644 "$file" "$root$file"
done
cp -L /etc/apt/apt.conf.d/*prox* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
[ ! -e "$root/etc/apt/sources.list.d/debian.sources" ] || rm -f "$root/etc/apt/sources.list"

mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm"
mount -t tmpfs tmpfs "$root/dev/shm"
git clone --quiet --no-hardlinks --no-local "$project" "$root/root/besshi"

settings=$(env | grep -E '^(PIP_|(https?|no)_proxy=|(HTTPS?|NO)_PROXY=|SSL_CERT_FILE=)' || true)
readarray -t settings <<<"$settings"

inside() {
    echo "fresh: $*" >&2
    local start=$SECONDS
    env -i "${settings[@]:-FRESH=1}" HOME=/root LANG=C.UTF-8 TERM=dumb \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        chroot "$root" sh -c 'cd /root/besshi && exec "$@"' sh "$@" </dev/null \
        || fail "$* failed after $((SECONDS - start)) s"
    echo "fresh: $* took $((SECONDS - start)) s; .venv has $(du -sm "$root/root/besshi/.venv" | cut -f1) MB" >&2
}

if [ $# -gt 0 ]; then
    inside "$@"
else
    inside make run
    inside make test
    # The frozen set: each file is compared with its hash.
    inside .venv/bin/python -m benchmarks make
fi
