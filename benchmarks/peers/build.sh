#!/usr/bin/env bash
# Builds the native peers into a cache folder: CVODE and CVODES from Debian's source package `sundials`, optimised and
# static (Debian's own binary is compiled without optimisation and is no bar), with the sparse solver KLU of Debian's
# libsuitesparse-dev, which is unpacked into the folder, not installed. Does nothing where they are built already.
set -euo pipefail

cache=${CARTKIN_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/cartkin-peers}
prefix=$cache/sundials
if [ -f "$prefix/lib/libsundials_sunlinsolklu.a" ] && [ -f "$prefix/lib/libsundials_cvodes.a" ] && [ "${1:-}" != --force ]; then
  echo "CVODE is built: $prefix"
  exit 0
fi
for tool in gcc cmake apt-get dpkg-source; do
  command -v "$tool" > /dev/null || { echo "needs $tool (apt install build-essential cmake dpkg-dev)" >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/source" "$cache"
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
for type in deb deb-src; do
  echo "$type [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $codename main"
done > "$work/sources.list"
options=(
  -o "Dir::Etc::sourcelist=$work/sources.list"
  -o Dir::Etc::sourceparts=-
  -o "Dir::State::lists=$work/lists"
  -o DPkg::Lock::Timeout=600
  -o APT::Sandbox::User=root
)
apt-get -q "${options[@]}" update
(cd "$work/source" && apt-get -q "${options[@]}" source --download-only sundials && dpkg-source -x sundials_*.dsc tree)

sparse=$cache/suitesparse
(cd "$work" && apt-get -q "${options[@]}" download libsuitesparse-dev && dpkg-deb -x libsuitesparse-dev_*.deb unpacked)
mkdir -p "$sparse/include" "$sparse/lib"
cp "$work"/unpacked/usr/include/suitesparse/* "$sparse/include/"
cp "$work"/unpacked/usr/lib/*/lib{klu,amd,colamd,btf,suitesparseconfig}.a "$sparse/lib/"

flags='-O3 -march=native -ffp-contract=fast'
cmake -S "$work/source/tree" -B "$work/build" -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_C_FLAGS_RELEASE="$flags -DNDEBUG" -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib \
  -DBUILD_SHARED_LIBS=OFF -DBUILD_STATIC_LIBS=ON -DEXAMPLES_ENABLE_C=OFF -DEXAMPLES_INSTALL=OFF \
  -DENABLE_KLU=ON -DKLU_INCLUDE_DIR="$sparse/include" -DKLU_LIBRARY_DIR="$sparse/lib" \
  -DBUILD_ARKODE=OFF -DBUILD_IDA=OFF -DBUILD_IDAS=OFF -DBUILD_KINSOL=OFF -DBUILD_CVODE=ON -DBUILD_CVODES=ON \
  > "$work/cmake.log" 2>&1 || { tail -n 40 "$work/cmake.log" >&2; exit 1; }
cmake --build "$work/build" --target install -j "$(nproc)" > "$work/build.log" 2>&1 || { tail -n 40 "$work/build.log" >&2; exit 1; }
echo "CVODE is built: $prefix"
