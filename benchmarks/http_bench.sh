#!/bin/bash
# The server alone against nginx, the same bytes from the same machine to the same client, in turns.
#   benchmarks/http_bench.sh BUILD/benchmarks/serve_bytes [FILE]
# Needs nginx, wrk, h2load. Rounds, seconds and connections: ROUNDS=3 SECONDS_EACH=8 CONNECTIONS=64.
# Besides the throughput it prints the processor time a request took, which says the same while others use the machine.
set -euo pipefail
program=$1
rounds=${ROUNDS:-3} seconds=${SECONDS_EACH:-8} connections=${CONNECTIONS:-64}
work=$(mktemp -d)
started=()
finish() {
  if ((${#started[@]})); then kill "${started[@]}" 2>/dev/null || true; wait 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT

chmod 755 "$work"  # nginx reads it as another user
mkdir "$work/html"
if (($# > 1)); then cp "$2" "$work/html/page.html"; else
  { echo '<!doctype html><html lang="en"><title>Page</title>'
    awk 'BEGIN { srand(7); for (s = 0; s < 44; ++s) { printf "<section id=\"s%d\"><p>", s
      for (w = 0; w < 62; ++w) { n = 2 + int(rand() * 8); for (c = 0; c < n; ++c) printf "%c", 97 + int(rand() * 26); printf " " }
      print "</p></section>" } }'; } >"$work/html/page.html"
fi
gzip -9 -k "$work/html/page.html"
echo "$(stat -c %s "$work/html/page.html") bytes, $(stat -c %s "$work/html/page.html.gz") with gzip; $(nproc) cores; $(nginx -v 2>&1)"

cat >"$work/nginx.conf" <<END
daemon off; worker_processes 2; pid $work/pid; error_log $work/error.log;
events { worker_connections 1024; multi_accept on; }
http {
  types { text/html html; }
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000; open_file_cache max=100; gzip_static on;
  client_body_temp_path $work/a; proxy_temp_path $work/b; fastcgi_temp_path $work/c; uwsgi_temp_path $work/d; scgi_temp_path $work/e;
  server {
    listen 127.0.0.1:8391 reuseport; root $work/html;
    add_header Content-Security-Policy "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'";
    add_header X-Content-Type-Options nosniff; add_header Referrer-Policy same-origin; add_header Cache-Control no-cache;
  }
}
END
nginx -c "$work/nginx.conf" -p "$work" & nginx=$!; started+=("$nginx")
"$program" "$work/html/page.html" 127.0.0.1:8390 2 >/dev/null & waymark=$!; started+=("$waymark")
url_of() { if [[ $1 == nginx ]]; then echo http://127.0.0.1:8391/page.html; else echo http://127.0.0.1:8390/; fi; }
for name in nginx waymark; do curl -sfo /dev/null --retry 20 --retry-connrefused --retry-delay 1 "$(url_of $name)"; done

# In clock ticks, of the process and its children.
ticks() { local sum=0 p; for p in "$1" $(pgrep -P "$1" || true); do sum=$((sum + $(awk '{print $14 + $15}' "/proc/$p/stat"))); done; echo $sum; }
measure() { # name, headers…: requests a second, microseconds of processor a request
  local name=$1 pid before after; shift
  [[ $name == nginx ]] && pid=$nginx || pid=$waymark
  before=$(ticks "$pid")
  wrk -t2 -c"$connections" -d"${seconds}s" "$@" "$(url_of "$name")" >"$work/wrk"
  after=$(ticks "$pid")
  ! grep -E 'Socket errors|Non-2xx' "$work/wrk" >&2
  awk -v used=$((after - before)) -v hz="$(getconf CLK_TCK)" '/requests in/ { n = $1 } /Requests\/sec/ { r = $2 } END { printf "%.0f %.2f\n", r, used / hz / n * 1e6 }' "$work/wrk"
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for form in plain gzip; do
  headers=(); [[ $form == gzip ]] && headers=(-H 'Accept-Encoding: gzip')
  : >"$work/nginx.out"; : >"$work/waymark.out"; : >"$work/ratio"
  for ((i = 0; i < rounds; ++i)); do
    for name in nginx waymark; do measure $name "${headers[@]}" | tee -a "$work/$name.out" | sed "s/^/  $form $name: requests a second, µs a request: /"; done
    paste <(tail -1 "$work/waymark.out") <(tail -1 "$work/nginx.out") | awk '{ printf "%.3f\n", $1 / $3 }' >>"$work/ratio"
  done
  for name in nginx waymark; do echo "$form $name: median $(cut -d' ' -f1 "$work/$name.out" | median)/s, $(cut -d' ' -f2 "$work/$name.out" | median) µs a request"; done
  echo "$form: waymark/nginx median of $rounds: $(median <"$work/ratio")"
  cut -d' ' -f1 "$work/waymark.out" | median >"$work/peak.$form"
done

peak=$(cat "$work/peak.plain"); clients=32
for name in nginx waymark; do
  h2load --h1 -t1 -c$clients --rps=$((peak / 2 / clients)) -D"$seconds" --log-file="$work/$name.log" "$(url_of $name)" >/dev/null
  sort -n -k3 "$work/$name.log" | awk -v name=$name -v s="$seconds" \
    '{ v[NR] = $3 } END { printf "%s at %.0f/s: p50 %.2f ms, p99 %.2f ms\n", name, NR / s, v[int(NR * 0.5) + 1] / 1000, v[int(NR * 0.99)] / 1000 }'
done
uptime
