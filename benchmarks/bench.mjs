// What ./bench runs. All servers listen on loopback, every load ends by itself, and what was started here is stopped here.
import {spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const waymark = path.resolve('build/bench/waymark');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-bench-'));
const started = [];
process.on('exit', () => {
  for (const child of started) child.kill('SIGTERM');
  fs.rmSync(work, {recursive: true, force: true});
});

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const round = (value) => (value >= 100 ? Math.round(value).toLocaleString('en-GB') : value.toPrecision(3));

function report(what, ours, peer, peerName, ratio, aim) {
  const beside = peer === undefined ? '' : `; ${peerName} ${peer}`;
  const times = ratio === undefined ? '' : `; ratio ${ratio.toFixed(2)}`;
  console.log(`${what}: ${ours}${beside}${times} (aim: ${aim})`);
}

function must(command, args, options = {}) {
  const result = spawnSync(command, args, {encoding: 'utf8', maxBuffer: 1 << 28, ...options});
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${result.stderr || result.error}`);
  return result.stdout;
}

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });

async function untilUp(url) {
  for (let i = 0; i < 200; ++i) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  throw new Error(`${url} does not answer`);
}

let served;
async function serve() {
  if (served) return served;
  const pathway = path.join(work, 'pathway');
  must(waymark, ['init', pathway]);
  const port = await freePort();
  const child = spawn(waymark, ['serve', '--pathway', pathway, '--listen', `127.0.0.1:${port}`], {stdio: 'ignore'});
  started.push(child);
  const url = `http://127.0.0.1:${port}`;
  await untilUp(`${url}/healthz`);
  served = {url, pid: child.pid, pathway};
  return served;
}

async function nginx(body, type) {
  const root = path.join(work, 'nginx');
  fs.mkdirSync(path.join(root, 'html'), {recursive: true});
  fs.writeFileSync(path.join(root, 'html', 'page'), body);
  fs.writeFileSync(path.join(root, 'html', 'page.gz'), (await import('node:zlib')).gzipSync(body, {level: 9}));
  const port = await freePort();
  fs.writeFileSync(
    path.join(root, 'nginx.conf'),
    // Started by root, nginx would hand its workers to an account that cannot read our folder.
    `${process.getuid() === 0 ? 'user root; ' : ''}daemon off; worker_processes 2; pid ${root}/pid; error_log ${root}/error.log;
     events { worker_connections 1024; multi_accept on; }
     http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100; gzip_static on;
       client_body_temp_path ${root}/a; proxy_temp_path ${root}/b; fastcgi_temp_path ${root}/c; uwsgi_temp_path ${root}/d; scgi_temp_path ${root}/e;
       default_type "${type}"; server { listen 127.0.0.1:${port}; root ${root}/html; } }`);
  started.push(spawn('nginx', ['-c', path.join(root, 'nginx.conf'), '-p', root], {stdio: 'ignore'}));
  await untilUp(`http://127.0.0.1:${port}/page`);
  return `http://127.0.0.1:${port}/page`;
}

function wrk(url, seconds, {connections = 64, headers = [], script} = {}) {
  const args = ['-t2', `-c${connections}`, `-d${seconds}s`, '--latency'];
  for (const header of headers) args.push('-H', header);
  if (script) args.push('-s', script);
  const output = must('wrk', [...args, url]);
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(output);
  if (bad) throw new Error(`${url}: ${bad[0]}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(output)[1]);
}

async function http() {
  const {url, pid} = await serve();
  const page = `${url}/levels/SSE`;
  const response = await fetch(page, {headers: {'Accept-Encoding': 'identity'}});
  const body = Buffer.from(await response.arrayBuffer());
  const peer = await nginx(body, response.headers.get('content-type'));
  for (const [name, headers] of [['as it is', []], ['gzip', ['Accept-Encoding: gzip']]]) {
    wrk(page, 1, {headers}), wrk(peer, 1, {headers});
    const ours = [], theirs = [];
    for (let i = 0; i < 3; ++i) ours.push(wrk(page, 5, {headers})), theirs.push(wrk(peer, 5, {headers}));
    report(`level page of ${round(body.length / 1024)} KB served ${name}`, `${round(median(ours))}/s`, `${round(median(theirs))}/s`, 'nginx',
           median(ours.map((value, i) => value / theirs[i])), '0.7 or more');
  }
  const memory = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1] / 1024;
  report('resident memory at its highest', `${round(memory)} MB`, undefined, undefined, undefined, 'under 60 MB');
}

async function latency() {
  const {url} = await serve();
  const page = `${url}/levels/SSE`;
  const peak = wrk(page, 4);
  const clients = 32;
  const log = path.join(work, 'latency.log');
  fs.rmSync(log, {force: true});
  must('h2load', ['--h1', '-t1', `-c${clients}`, `--rps=${Math.floor(peak / 2 / clients)}`, '-D8', `--log-file=${log}`, page]);
  const micros = fs.readFileSync(log, 'utf8').trim().split('\n').map((line) => Number(line.split('\t')[2])).sort((a, b) => a - b);
  report(`p99 at ${round(micros.length / 8)}/s, half of peak`, `${round(micros[Math.floor(micros.length * 0.99)] / 1000)} ms`, undefined, undefined,
         undefined, 'under 5 ms');
}

async function search() {
  const {url} = await serve();
  const script = path.join(work, 'search.lua');
  fs.writeFileSync(script, `local words = {"design", "review+of+a+system", "mentor", "incident+report", "writes+the+plan", "platf", "feedback", "decision+record"}
    local i = 0
    request = function() i = i + 1; return wrk.format("GET", "/search?q=" .. words[i % #words + 1] .. "&n=" .. (i % 97)) end`);
  report('searches in the served pathway, page and all', `${round(wrk(url, 5, {script}))}/s`, undefined, undefined, undefined, '5,000/s or more');
}

/// The same number of pages with the same prose for both: Hugo gets one content file for every page that waymark writes.
async function site() {
  const pathway = path.join(work, 'large');
  must('node', ['benchmarks/large_pathway.mjs', pathway]);
  const out = path.join(work, 'site');
  must(waymark, ['site', out, '--pathway', pathway]);
  const pages = fs.readdirSync(out, {recursive: true}).filter((name) => name.endsWith('.html'));
  const hugo = path.join(work, 'hugo');
  fs.mkdirSync(path.join(hugo, 'layouts/_default'), {recursive: true});
  fs.mkdirSync(path.join(hugo, 'content'), {recursive: true});
  fs.writeFileSync(path.join(hugo, 'config.toml'), 'baseURL = "http://example.org/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n');
  fs.writeFileSync(path.join(hugo, 'layouts/_default/single.html'), '<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>');
  fs.writeFileSync(path.join(hugo, 'layouts/_default/list.html'), '<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>');
  const sources = fs.readdirSync(path.join(pathway, 'levels')).map((name) => fs.readFileSync(path.join(pathway, 'levels', name), 'utf8'));
  pages.forEach((_, i) => fs.writeFileSync(path.join(hugo, 'content', `page-${i}.md`), sources[i % sources.length]));
  const time = (run) => {
    const began = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - began) / 1e6;
  };
  const ours = [], theirs = [];
  for (let i = 0; i < 5; ++i) {
    ours.push(time(() => must(waymark, ['site', out, '--pathway', pathway])));
    fs.rmSync(path.join(hugo, 'public'), {recursive: true, force: true});
    theirs.push(time(() => must('hugo', ['--source', hugo, '--quiet'])));
  }
  report(`static site of ${pages.length} pages`, `${round(median(ours))} ms`, `${round(median(theirs))} ms`, 'Hugo',
         median(theirs.map((value, i) => value / ours[i])), '2 or more times as fast');
}

async function cite() {
  const {pathway} = await serve();
  const time = (command, args) => {
    const began = process.hrtime.bigint();
    must(command, args);
    return Number(process.hrtime.bigint() - began) / 1e6;
  };
  const ours = [], theirs = [];
  for (let i = 0; i < 40; ++i) {
    ours.push(time(waymark, ['cite', 'SSE.drives-design', '--pathway', pathway]));
    theirs.push(time('git', ['--version']));
  }
  report('waymark cite from cold, process start included', `${round(median(ours))} ms`, `${round(median(theirs))} ms`, 'git --version',
         median(ours) / median(theirs), 'under 15 ms');
}

async function parse() {
  const output = must('build/bench/benchmarks/parse_bench', ['--benchmark_format=json']);
  const speed = Object.fromEntries(JSON.parse(output).benchmarks.map((row) => [row.name, row.bytes_per_second / 1e6]));
  report('Markdown to blocks', `${round(speed.waymark_markdown)} MB/s`, `${round(speed.cmark_gfm_alone)} MB/s`, 'cmark-gfm alone',
         speed.waymark_markdown / speed.cmark_gfm_alone, '50 MB/s or more');
  report('a whole pathway folder, checks included', `${round(speed.whole_pathway)} MB/s`, undefined, undefined, undefined, 'none set');
}

async function database() {
  // On the disk of this folder: a temporary folder in memory would make every write look safe at once.
  const folder = fs.mkdtempSync(path.resolve('build/bench/database-'));
  try {
    const output = must('build/bench/benchmarks/database_bench', [path.join(folder, 'store.sqlite')]);
    const of = Object.fromEntries(output.trim().split('\n').map((line) => line.split(' ')).map(([name, value]) => [name, Number(value)]));
    const reads = of['sqlite-point-reads-in-one-transaction'];
    report('records read by key, one transaction', `${round(reads)}/s`, `${round(of['sqlite-alone-point-reads'])}/s`, 'SQLite alone',
           reads / of['sqlite-alone-point-reads'], 'none set');
    report('transactions that read five records, two threads', `${round(of['sqlite-pages-of-five-records-two-threads'])}/s`, undefined, undefined, undefined,
           'far above 8,000/s, so that pages can be');
    report('safe writes, eight threads, shared commits', `${round(of['sqlite-writes-eight-threads'])}/s`,
           `${round(of['sqlite-writes-eight-threads-no-shared-commit'])}/s`, 'a commit each',
           of['sqlite-writes-eight-threads'] / of['sqlite-writes-eight-threads-no-shared-commit'], 'above 1');
    report('safe writes, one thread', `${round(of['sqlite-writes-one-thread'])}/s`, undefined, undefined, undefined, 'none set');
    report('memory of that program', `${round(of['memory-megabytes'])} MB`, undefined, undefined, undefined, 'under 150 MB');
  } finally {
    fs.rmSync(folder, {recursive: true, force: true});
  }
}

const all = {http, latency, search, site, cite, parse, database};
const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!all[name]) {
    console.error(`There is no measurement ${name}; there are ${Object.keys(all).join(', ')}.`);
    process.exit(2);
  }
}
for (const name of wanted.length ? wanted : Object.keys(all)) await all[name]();
process.exit(0);
