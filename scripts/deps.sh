#!/bin/sh
# Is everything here that building Refrain takes? Says nothing if so. If not, it says what is
# missing and why, and on Debian and its kin installs it; elsewhere it prints the command.
#
#   scripts/deps.sh          for building
#   scripts/deps.sh lint     for building and checking: rustfmt and clippy as well
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# Where rustup puts Rust; a shell that was open before does not know it yet.
PATH=$PATH:${CARGO_HOME:-${HOME:-}/.cargo}/bin

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# Whether version $1 is older than version $2.
older() {
    awk -v a="$1" -v b="$2" 'BEGIN {
        split(a, x, "."); split(b, y, ".")
        for (i = 1; i <= 3; i++) if (x[i] + 0 != y[i] + 0) exit !(x[i] + 0 < y[i] + 0)
        exit 1
    }'
}

check_rust() {
    needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml")
    command -v cargo >/dev/null 2>&1 || stop \
        "Rust is missing: there is no cargo on the PATH and none in ~/.cargo/bin." \
        "Install Rust $needed or newer from https://rustup.rs, then run this again."
    found=$(rustc --version 2>/dev/null | awk '{ print $2 }') || found=
    [ -n "$found" ] || stop \
        "Rust is installed, but rustc does not start." \
        "Choose a toolchain with: rustup default stable"
    if older "$found" "$needed"; then
        stop "Rust $found is too old: Refrain needs $needed or newer." \
            "Update it with: rustup update stable" \
            "If it came with the system, install a newer one from https://rustup.rs."
    fi
}

check_lint() {
    for tool in fmt clippy; do
        cargo "$tool" --version >/dev/null 2>&1 || stop \
            "cargo $tool is missing, and checking the code needs it." \
            "Install it with: rustup component add rustfmt clippy"
    done
}

# A compiler without its headers is none, so it has to compile something.
has_cc() {
    command -v cc >/dev/null 2>&1 || return 1
    probe=$(mktemp -d)
    printf '#include <stdio.h>\nint main(void) { return 0; }\n' >"$probe/probe.c"
    works=0
    cc -o "$probe/probe" "$probe/probe.c" >/dev/null 2>&1 || works=1
    rm -r "$probe"
    return "$works"
}

has_pkg_config() {
    command -v pkg-config >/dev/null 2>&1
}

has_alsa() {
    has_pkg_config && pkg-config --exists alsa
}

# Sets `missing` to the words cc, pkg-config and alsa, as far as they are not here.
look() {
    missing=
    has_cc || missing="$missing cc"
    has_pkg_config || missing="$missing pkg-config"
    # Without pkg-config nobody knows; naming ALSA as well does no harm where it is here.
    has_alsa || missing="$missing alsa"
}

why() {
    echo "Building Refrain needs what is not here yet:"
    for part in $missing; do
        case $part in
        cc) echo "  a C compiler      SQLite is built from source, and Rust links with it" ;;
        pkg-config) echo "  pkg-config        finds the sound library" ;;
        alsa) echo "  ALSA's headers    sound on Linux" ;;
        esac
    done
}

# The packages for what is missing: $1 for cc, $2 for pkg-config, $3 for alsa.
packages() {
    names=
    for part in $missing; do
        case $part in
        cc) names="$names $1" ;;
        pkg-config) names="$names $2" ;;
        alsa) names="$names $3" ;;
        esac
    done
    echo "${names# }"
}

install_with_apt() {
    names=$(packages "gcc libc6-dev" pkg-config libasound2-dev)
    by_hand="apt-get update && apt-get install --no-install-recommends $names"
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || stop \
            "Only root may install them, and there is no sudo here. As root, run:" "  $by_hand"
        sudo=sudo
    fi
    echo "Installing with ${sudo:+sudo }apt-get: $names"
    apt="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq"
    # shellcheck disable=SC2086 # both are lists of words
    { $apt update && $apt install -y --no-install-recommends $names; } || stop \
        "apt-get did not succeed; the reason stands above. Once it is out of the way, run as root:" \
        "  $by_hand"
}

by_hand() {
    stop "Install it as root, then run this again:" "  $1"
}

install_missing() {
    if command -v apt-get >/dev/null 2>&1; then
        install_with_apt
    elif command -v dnf >/dev/null 2>&1; then
        by_hand "dnf install $(packages gcc pkgconf-pkg-config alsa-lib-devel)"
    elif command -v pacman >/dev/null 2>&1; then
        by_hand "pacman -S --needed $(packages gcc pkgconf alsa-lib)"
    elif command -v zypper >/dev/null 2>&1; then
        by_hand "zypper install $(packages gcc pkg-config alsa-devel)"
    elif command -v apk >/dev/null 2>&1; then
        by_hand "apk add $(packages 'gcc musl-dev' pkgconf alsa-lib-dev)"
    else
        stop "Install it with the system's package manager, then run this again."
    fi
}

check_system() {
    if [ "$(uname -s)" = Darwin ]; then
        has_cc || stop "Building Refrain needs Apple's command line tools." \
            "Install them with: xcode-select --install"
        return
    fi
    look
    [ -n "$missing" ] || return 0
    why
    install_missing
    look
    [ -z "$missing" ] || stop "Still missing after the installation:$missing" \
        "Check what apt-get said above."
}

check_rust
[ "${1:-}" != lint ] || check_lint
check_system
