#!/bin/sh
# scripts/deps.sh on machines that are not this one: every case has a PATH of its own with a few
# real tools and pretended ones. Installs nothing.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# A fresh machine: plain tools, a good Rust, root, and nothing else.
machine() {
    rm -rf "${work:?}/bin"
    mkdir "$work/bin"
    for tool in awk cat dirname env mkdir mktemp rm sed sh touch; do
        ln -s "$(command -v "$tool")" "$work/bin/$tool"
    done
    pretend uname 'echo Linux'
    pretend id 'echo 0'
    pretend cargo 'exit 0'
    pretend rustc 'echo "rustc 1.95.0 (0123456 2026-01-01)"'
}

# A tool named $1 that does $2.
pretend() {
    printf '#!/bin/sh\n%s\n' "$2" >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}

# All that building takes.
furnished() {
    pretend cc 'exit 0'
    pretend pkg-config 'exit 0'
}

# An apt-get that notes what it is asked and, with the last word "works", brings it.
apt() {
    bring=
    [ "$1" != works ] || bring="for t in cc pkg-config; do
        printf '#!/bin/sh\n' >$work/bin/\$t; /bin/chmod +x $work/bin/\$t; done"
    pretend apt-get "echo \"apt-get \$*\"
        case \$* in *install*) [ $1 = works ] || exit 100; $bring ;; esac"
}

# Runs deps.sh; it must exit with $1 and its output must have $2 in it ('' for no output at all).
expect() {
    name=$3 argument=${4:-}
    code=0
    # shellcheck disable=SC2086 # no argument is no word
    output=$(PATH=$work/bin CARGO_HOME=$work/none HOME=$work /bin/sh "$here/deps.sh" $argument 2>&1) ||
        code=$?
    case $output in
    *"$2"*) [ -n "$2" ] || [ -z "$output" ] || code=$code-noisy ;;
    *) code=$code-silent ;;
    esac
    [ "$code" = "$1" ] || {
        failed=1
        printf 'deps.sh: %s: exit %s instead of %s, output:\n%s\n' "$name" "$code" "$1" "$output" >&2
    }
}

machine && furnished
expect 0 '' 'a furnished machine hears nothing'
expect 0 '' 'nor does a checker' lint

machine && furnished && rm "$work/bin/cargo"
expect 1 'https://rustup.rs' 'no Rust'
machine && furnished && pretend rustc 'exit 1'
expect 1 'rustup default stable' 'Rust without a toolchain'
machine && furnished && pretend rustc 'echo "rustc 1.63.0"'
expect 1 'Rust 1.63.0 is too old' 'the Rust of an old system'
machine && furnished && pretend rustc 'echo "rustc 1.100.0-nightly (x)"'
expect 0 '' 'a number of three digits is newer'
# shellcheck disable=SC2016 # for the pretended cargo
machine && furnished && pretend cargo 'case $1 in clippy) exit 1 ;; esac'
expect 0 '' 'clippy is not for building'
expect 1 'rustup component add rustfmt clippy' 'but it is for checking' lint

machine && apt works
expect 0 'apt-get -qq install -y --no-install-recommends gcc libc6-dev pkg-config libasound2-dev' \
    'a fresh Debian is served'
machine && apt fails
expect 1 'apt-get did not succeed' 'apt-get fails'
machine && furnished && apt fails && pretend pkg-config 'exit 1'
expect 1 'apt-get: libasound2-dev' 'only what is missing is installed'
machine && furnished && apt works && pretend cc 'exit 1'
expect 0 'apt-get: gcc libc6-dev' 'a compiler that compiles nothing is missing'

machine && apt works && pretend id 'echo 1000'
expect 1 'there is no sudo here. As root, run:' 'a user without sudo'
# shellcheck disable=SC2016 # for the pretended sudo
machine && apt works && pretend id 'echo 1000' && pretend sudo 'echo sudo; exec "$@"'
expect 0 'Installing with sudo apt-get' 'a user with sudo'

machine && pretend dnf 'exit 1'
expect 1 'dnf install gcc pkgconf-pkg-config alsa-lib-devel' 'Fedora'
machine && pretend pacman 'exit 1'
expect 1 'pacman -S --needed gcc pkgconf alsa-lib' 'Arch'
machine && pretend zypper 'exit 1'
expect 1 'zypper install gcc pkg-config alsa-devel' 'openSUSE'
machine && pretend apk 'exit 1'
expect 1 'apk add gcc musl-dev pkgconf alsa-lib-dev' 'Alpine'
machine
expect 1 "the system's package manager" 'a system that nobody knows'

machine && pretend uname 'echo Darwin'
expect 1 'xcode-select --install' 'a Mac without tools'
machine && pretend uname 'echo Darwin' && pretend cc 'exit 0'
expect 0 '' 'a Mac with tools'

exit "$failed"
