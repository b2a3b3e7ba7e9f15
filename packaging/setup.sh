# Sourced by ./run, ./check and ./bench from the root of the checkout: what the machine must have, and the build.
# Quiet when there is nothing to do; a stranger's first run says what it does.

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "$1"
  exit 1
}

# packages SECTION…: the names listed in packaging/packages.txt.
packages() {
  local section
  for section in "$@"; do
    sed -n "/^\[$section\]$/,/^\[/{/^[a-z0-9]/p}" packaging/packages.txt
  done | sort -u
}

# A package counts as there when dpkg knows it, or when its command came from elsewhere (Node.js often does).
missing_packages() {
  local name
  for name in $(packages "$@"); do
    case "$name" in
      nodejs) command -v node >/dev/null && continue ;;
      npm) command -v npm >/dev/null && continue ;;
    esac
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q '^install ok installed$' || printf '%s\n' "$name"
  done
}

install_packages() {
  local wanted as_root=()
  wanted=$(missing_packages "$@")
  [ -n "$wanted" ] || return 0
  command -v apt-get >/dev/null || stop "Waymark builds on Debian 12. These packages are needed here: $(echo $wanted)."
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || stop "Run this as root or install sudo; these packages are missing: $(echo $wanted)."
    as_root=(sudo)
  fi
  say "Installing $(echo "$wanted" | wc -l) packages…"
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update -qq &&
         "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted; } >"$log" 2>&1; then
    tail -20 "$log" >&2
    rm -f "$log"
    stop "apt-get could not install them; the last lines are above."
  fi
  rm -f "$log"
}

# install_modules [--omit=dev]: the packages of package-lock.json, again only when it changed.
install_modules() {
  local stamp=node_modules/.waymark-stamp wanted
  wanted="$(sha256sum package-lock.json | cut -c1-64)"
  if [ -f "$stamp" ]; then
    read -r have scope <"$stamp"
    [ "$have" = "$wanted" ] && { [ "$scope" = all ] || [ "$1" = --omit=dev ]; } && return 0
  fi
  say "Fetching page scripts and fonts…"
  npm ci --no-progress --loglevel=error "$@" >&2 || stop "npm could not fetch what package-lock.json names; see above."
  printf '%s %s\n' "$wanted" "$([ "${1:-}" = --omit=dev ] && echo some || echo all)" >"$stamp"
}

# install_peers: the programs that are measured beside ours, of benchmarks/package-lock.json; only ./bench needs them.
install_peers() {
  local stamp=benchmarks/node_modules/.waymark-stamp wanted
  wanted="$(sha256sum benchmarks/package-lock.json | cut -c1-64)"
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
  say "Fetching the linters that are measured beside ours…"
  (cd benchmarks && npm ci --no-progress --loglevel=error >&2) || stop "npm could not fetch what benchmarks/package-lock.json names; see above."
  printf '%s\n' "$wanted" >"$stamp"
}

# build PRESET [TARGET…]
build() {
  local preset=$1 log
  shift
  log=$(mktemp)
  [ -f "build/$preset/build.ninja" ] || say "Building ($preset)…"
  if ! cmake --preset "$preset" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    stop "CMake could not prepare the build; see above."
  fi
  if ! cmake --build "build/$preset" ${@:+--target "$@"} >"$log" 2>&1; then
    grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking|Generating|Re-running)' "$log" | tail -60 >&2
    rm -f "$log"
    stop "The build failed; see above."
  fi
  rm -f "$log"
}
