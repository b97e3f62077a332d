#!/bin/bash
# Installs what building and testing need on Debian: packages of the system, and a Python environment in build/venv.
# More packages may be named as arguments. Does nothing, silently, when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(
  g++ cmake ninja-build ccache git
  libboost-program-options-dev libssl-dev zlib1g-dev nlohmann-json3-dev libutfcpp-dev libeigen3-dev libyaml-cpp-dev
  libgtest-dev libgmock-dev libbenchmark-dev librandom123-dev
  python3-dev python3-venv
  "$@"
)

fail() {
  echo "setup: $*" >&2
  exit 1
}

missing=()
for package in "${packages[@]}"; do
  if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed'; then
    missing+=("$package")
  fi
done

if ((${#missing[@]})); then
  command -v apt-get >/dev/null || fail "this machine has no apt-get; install by hand: ${missing[*]}"
  as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "not root and no sudo; install by hand: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  echo "setup: installing ${missing[*]}"
  mkdir -p build
  log=build/setup.log
  install_missing() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1
  }
  # A machine whose package lists are absent or old needs them once.
  if ! install_missing; then
    "${as_root[@]}" apt-get update >"$log" 2>&1 || fail "apt-get update failed, see $log"
    install_missing || fail "apt-get could not install: ${missing[*]} (see $log)"
  fi
fi

python=/usr/bin/python3
[[ -x $python ]] || python=$(command -v python3) || fail "python3 is missing"
requirements=tests/python/requirements.txt
stamp=build/venv/requirements.installed
if ! cmp -s "$requirements" "$stamp"; then
  echo "setup: making build/venv"
  mkdir -p build
  "$python" -m venv build/venv >build/setup.log 2>&1 || fail "python3 -m venv failed, see build/setup.log"
  build/venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$requirements" \
    >build/setup.log 2>&1 || fail "pip could not install $requirements, see build/setup.log"
  cp "$requirements" "$stamp"
fi
