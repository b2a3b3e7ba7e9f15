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
  const child = spawn(waymark, ['serve', '--without-accounts', '--pathway', pathway, '--listen', `127.0.0.1:${port}`], {stdio: 'ignore'});
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

/// R where it is installed: `fisher.test` on the same table.
async function tables() {
  const ours = JSON.parse(must('build/bench/benchmarks/stats_tables_bench', []));
  const inR = (call, times) => {
    const script = `x <- matrix(c(12,28,48,32),2,byrow=TRUE); m <- aperm(UCBAdmissions,c(2,1,3)); cat(system.time(for(i in 1:${times}) ${call})[["elapsed"]]/${times}*1e6)`;
    const result = spawnSync('Rscript', ['-e', script], {encoding: 'utf8'});
    return result.status === 0 ? Number(result.stdout) : undefined;
  };
  const beside = (what, value, peer, aim) =>
    report(what, `${round(value)} µs`, peer && `${round(peer)} µs`, 'R', peer && peer / value, aim);
  beside("Fisher's test of 120 people, every p value", ours.fisher_p, inR('fisher.test(x, conf.int=FALSE)', 300), 'under 20 µs');
  beside('the same with odds ratio and intervals', ours.fisher_all, inR('fisher.test(x)', 300), 'none set');
  beside("Fisher's test of 4,526 people", ours.fisher_4526, undefined, 'under 20 µs');
  beside("Fisher's test of 2·10⁹ people", ours.fisher_2e9, undefined, 'none set');
  beside('Cochran–Mantel–Haenszel, six strata', ours.cmh, inR('mantelhaen.test(m)', 300), 'none set');
  beside('the same, exact', ours.cmh_exact, inR('mantelhaen.test(m, exact=TRUE)', 10), 'none set');
  beside('smallest detectable rate, exact, 500 against 2,000', ours.power_500_2000, undefined, 'none set');
  beside('complementary suppression of 12 × 6 cells', ours.suppress_12x6, undefined, 'none set');
}

/** Matthews correlation of saying "vague" with being labelled so. */
function matthews(rows, said) {
  let tp = 0, fp = 0, tn = 0, fn = 0;
  for (const row of rows) {
    if (row.label === 'VAGUE') said(row) ? ++tp : ++fn;
    else said(row) ? ++fp : ++tn;
  }
  const below = Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
  return below === 0 ? 0 : (tp * tn - fp * fn) / below;
}

/** Speed on sentences of our own; quality on labelled ones, which are other people's and not in the repository. */
async function sentences() {
  const {default: writeGood} = await import('write-good');
  const own = fs.readFileSync('tests/fixtures/sentences/own.tsv', 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t')[1]);
  const file = path.join(work, 'sentences.txt');
  fs.writeFileSync(file, (own.join('\n') + '\n').repeat(40));
  const output = must('build/bench/benchmarks/sentence_bench', ['--benchmark_format=json'], {env: {...process.env, WAYMARK_BENCH_SENTENCES: file}});
  const speed = Object.fromEntries(JSON.parse(output).benchmarks.map((row) => [row.name, row.bytes_per_second / 1e6]));
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  for (const line of lines) writeGood(line);  // warm
  const began = process.hrtime.bigint();
  for (const line of lines) writeGood(line);
  const theirs = fs.statSync(file).size / 1e6 / (Number(process.hrtime.bigint() - began) / 1e9);
  report('sentences judged on one core', `${round(speed.judge_sentences)} MB/s`, `${round(theirs)} MB/s`, 'write-good', speed.judge_sentences / theirs,
         '50 times write-good on one core or more');
  report('tenure looked for alone', `${round(speed.find_tenure)} MB/s`, undefined, undefined, undefined, 'none set');
  const many = path.join(work, 'many.txt');
  fs.writeFileSync(many, (own.join('\n') + '\n').repeat(9400));
  const start = process.hrtime.bigint();
  const timed = spawnSync('sh', ['-c', `${waymark} lint --sentences ${many} --format json | wc -l`], {encoding: 'utf8'});
  report(`waymark lint --sentences, ${Number(timed.stdout).toLocaleString('en-GB')} lines to JSON`,
         `${round(fs.statSync(many).size / 1e6 / (Number(process.hrtime.bigint() - start) / 1e9))} MB/s`, undefined, undefined, undefined, 'none set');

  const labelled = process.env.WAYMARK_LABELLED_SENTENCES ?? '../shared/data/criteria.jsonl';
  if (!fs.existsSync(labelled)) {
    console.log('quality of the sentence judge: no labelled sentences here; WAYMARK_LABELLED_SENTENCES can name them');
    return;
  }
  console.log(must('build/bench/tools/train_sentence_judge', [labelled]).trimEnd());
  const rows = fs.readFileSync(labelled, 'utf8').trim().split('\n').map((line) => JSON.parse(line)).filter((row) => row.label === 'VAGUE' || row.label === 'SPECIFIC');
  console.log(`write-good, anything found counted as vague: Matthews correlation ${matthews(rows, (row) => writeGood(row.text).length > 0).toFixed(2)}`);
}

/** About a megabyte of documents: the starter, and its archetypes again and again under other ids. */
function megabyte(folder) {
  must(waymark, ['init', folder]);
  const markdown = () => fs.readdirSync(folder, {recursive: true}).filter((name) => name.endsWith('.md')).map((name) => path.join(folder, name));
  const archetypes = path.join(folder, 'archetypes');
  const names = fs.readdirSync(archetypes);
  let bytes = markdown().reduce((sum, file) => sum + fs.statSync(file).size, 0);
  for (let copy = 2; bytes < 1e6; ++copy) {
    for (const name of names) {
      const id = `${name.replace(/\.md$/, '')}-${copy}`;
      const text = fs.readFileSync(path.join(archetypes, name), 'utf8').replace(/^id: .*$/m, `id: ${id}`).replace(/^title: (.*)$/m, `title: $1 ${copy}`);
      fs.writeFileSync(path.join(archetypes, `${id}.md`), text);
      bytes += Buffer.byteLength(text);
    }
  }
  return {files: markdown(), bytes};
}

/// Whole runs of `waymark lint`, process start and reading included; the peers in one warm process each, their reading not counted.
async function lint() {
  const folder = path.join(work, 'megabyte');
  const {files, bytes} = megabyte(folder);
  const once = (args) => {
    const began = process.hrtime.bigint();
    must(waymark, args);
    return Number(process.hrtime.bigint() - began) / 1e9;
  };
  const many = (times, args) => median(Array.from({length: times}, () => once(args)));
  const ours = bytes / 1e6 / many(15, ['-p', folder, 'lint', '--fail-on', 'never']);
  for (const peer of ['write-good', 'alex', 'textlint']) {
    const theirs = JSON.parse(must('node', ['benchmarks/lint_peers.mjs', peer, ...files]));
    const speed = bytes / 1e6 / theirs.seconds;
    report(`waymark lint, ${files.length} pages of ${round(bytes / 1e6)} MB`, `${round(ours)} MB/s`,
           `${round(speed)} MB/s with ${round(theirs.memory_megabytes)} MB of memory`, peer, ours / speed,
           peer === 'write-good' ? '100 times write-good or more on two cores' : 'none set');
  }
  const timed = spawnSync('/usr/bin/time', ['-f', '%M', waymark, '-p', folder, 'lint'], {encoding: 'utf8'});
  report('its memory at the highest', `${round(Number(timed.stderr.trim().split('\n').pop()) / 1024)} MB`, undefined, undefined, undefined, 'under 40 MB');
  const starter = path.join(work, 'starter');
  must(waymark, ['init', starter]);
  report('waymark lint of the starter from cold, process start included', `${round(1000 * many(40, ['-p', starter, 'lint']))} ms`, undefined, undefined,
         undefined, 'under 15 ms');
  const million = spawnSync('sh', ['-c', `yes 'Writes the plan of a service and reviews it with the team' | head -n 1000000 |
    /usr/bin/time -f %M ${waymark} lint --sentences - --format json > ${path.join(work, 'million')}`], {encoding: 'utf8'});
  report('memory for a million sentences from standard input', `${round(Number(million.stderr.trim().split('\n').pop()) / 1024)} MB`, undefined, undefined,
         undefined, 'as for one');
  await sentences();
}

// The models of waymark stats: seconds of the processor, beside R's survival where R is installed.
async function models() {
  const program = 'build/bench/benchmarks/stats_models_bench';
  const hasPeer = spawnSync('Rscript', ['-e', 'library(survival)']).status === 0;
  const cases = [
    ['km', 1e6, 'Kaplan–Meier', 'under 0.15 s'],
    ['logrank', 1e6, 'log-rank, 6 strata, sorting included', 'under 0.1 s'],
    ['cox', 1e6, 'Cox, 6 covariates, 6 strata', 'under 0.4 s, ten times R'],
    ['cox-cluster', 1e6, 'the same, errors by cluster', 'under 0.6 s', 2e4],
    ['cox-start-stop', 1e6, 'the same, (start, stop]', 'under 1 s'],
    ['facets', 2e4, 'facets, 2,000 judges and 10 criteria, by ratees', 'under 2 s'],
  ];
  for (const [name, rows, what, aim, peerRows = rows] of cases) {
    const measure = (n) => JSON.parse(must(program, [name, String(n)]));
    const ours = measure(rows);
    const title = `${what}, ${round(rows)} rows`;
    const memory = `${round(ours.seconds)} s, ${round(ours.memory_megabytes / ours.input_megabytes)} × the input's memory`;
    if (!hasPeer || name === 'facets') {
      report(title, memory, undefined, undefined, undefined, aim);
      continue;
    }
    const file = path.join(work, 'rows');
    must(program, [name, String(peerRows), file]);
    const peer = Number(must('Rscript', ['benchmarks/survival_peer.R', name, String(peerRows), file]));
    const beside = peerRows === rows ? ours : measure(peerRows);
    report(title, memory, `${round(peer)} s for ${round(peerRows)} rows`, 'R survival', peer / beside.seconds, aim);
  }
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

/// From a key to its diagnostics in a page of 50 KB, as the editor sees it; write-good only reads the same page, in a process that is warm.
async function editor() {
  const {keysToDiagnostics, grownPage} = await import('./editor_latency.mjs');
  const {default: writeGood} = await import('write-good');
  const folder = path.join(work, 'edited');
  must(waymark, ['init', folder]);
  const times = await keysToDiagnostics(waymark, ['lsp'], folder);
  const text = grownPage(folder);
  writeGood(text);
  const theirs = [];
  for (let i = 0; i < 5; ++i) {
    const began = process.hrtime.bigint();
    writeGood(text);
    theirs.push(Number(process.hrtime.bigint() - began) / 1e6);
  }
  report('from a key to its diagnostics, 50 KB page', `${round(median(times))} ms (95 of 100 within ${round(times[Math.floor(times.length * 0.95)])} ms)`,
         `${round(median(theirs))} ms`, 'write-good on the page', median(times) / median(theirs), 'under 10 ms');
}

/// A framework becomes a draft: the published ones where they stand beside the checkout, and 100 MB of Markdown.
async function imports() {
  const {manyFiles, measured, oneFile} = await import('./import_sources.mjs');
  const draft = async (source) => {
    const out = path.join(work, 'draft');
    const result = await measured(waymark, ['import', 'framework', source, '-o', out]);
    fs.rmSync(out, {recursive: true, force: true});
    return result;
  };
  const published = path.resolve('../shared/frameworks');
  if (fs.existsSync(published)) {
    let seconds = 0;
    for (const name of fs.readdirSync(published)) {
      if (fs.statSync(path.join(published, name)).isDirectory()) seconds += (await draft(path.join(published, name))).seconds;
    }
    report('import, eight published frameworks one after the other', `${round(seconds)} s`, undefined, '', undefined, 'under 1 s');
  }
  const bytes = 100 << 20;
  const say = (what, {seconds, megabytes}) =>
    report(`import, 100 MB of Markdown ${what}`, `${round(seconds)} s, ${round(megabytes)} MB of memory`, undefined, '', undefined, 'under 5 s');
  say('in 5,000 files', await draft(manyFiles(path.join(work, 'many'), bytes, 5000)));
  say('in one file', await draft(oneFile(path.join(work, 'one.md'), bytes)));
}

/** A whole organisation from the table of an HR system into an empty store of either kind, and a table of 100 MB that is only looked at. */
async function people() {
  const {measured} = await import('./import_sources.mjs');
  const {peopleTable} = await import('./people_table.mjs');
  const {postgresql} = await import('./signed_in.mjs');
  const folder = fs.mkdtempSync(path.resolve('build/bench/people-'));
  try {
    const table = path.join(folder, 'people.csv');
    const rows = peopleTable(table, {count: 100_000});
    const pathway = path.join(folder, 'pathway');
    must(waymark, ['init', pathway]);
    for (const [name, database] of [['SQLite', path.join(folder, 'store.sqlite')], ['PostgreSQL', await postgresql(started)]]) {
      must(waymark, ['migrate', '--database', database]);
      const command = ['-p', pathway, 'import', 'people', table, '--as-of', '2026-11-01', '--database', database, '--apply'];
      const first = await measured(waymark, command);
      report(`people, ${round(rows)} rows into ${name}`, `${round(first.seconds)} s, ${round(first.megabytes)} MB of memory`, undefined, '', undefined, 'under 10 s and 400 MB');
      const again = await measured(waymark, command);
      report(`people, the same table once more, ${name}`, `${round(again.seconds)} s, ${round(again.megabytes)} MB of memory`, undefined, '', undefined, 'under 10 s and 400 MB');
    }
    const large = path.join(folder, 'large.csv');
    const many = peopleTable(large, {bytes: 100 << 20});
    const looked = await measured(waymark, ['-p', pathway, 'import', 'people', large]);
    report(`people, 100 MB (${round(many)} rows) looked at`, `${round(looked.seconds)} s, ${round(looked.megabytes)} MB of memory`, undefined, '', undefined, 'none set');
  } finally {
    fs.rmSync(folder, {recursive: true, force: true});
  }
}

/// In a store that lies on the disk of this folder, as a person's would.
async function demo() {
  const folder = fs.mkdtempSync(path.resolve('build/bench/demo-'));
  try {
    for (const [people, years, aim] of [[180, 5, 'none set'], [10_000, 10, 'none set'], [100_000, 10, 'under 60 s, under 500 MB']]) {
      const options = ['--people', people, '--years', years, '--database', `${people}.sqlite`, '--until', '2026-01-01'].map(String);
      const began = process.hrtime.bigint();
      const said = must(waymark, ['demo', ...options], {cwd: folder});
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      const megabytes = Number(/At most (\d+) MB/.exec(said)[1]);
      const size = fs.statSync(path.join(folder, `${people}.sqlite`)).size / 2 ** 20;
      report(`demo organisation of ${people.toLocaleString('en-GB')} people and ${years} years, store of ${round(size)} MB`,
             `${round(seconds)} s, ${megabytes} MB of memory`, undefined, undefined, undefined, aim);
    }
  } finally {
    fs.rmSync(folder, {recursive: true, force: true});
  }
}

async function signedIn() {
  const {signedIn: measure} = await import('./signed_in.mjs');
  await measure({waymark, work, must, report, round, median, wrk, freePort, started, untilUp});
}

async function organisation() {
  const {organisationPages} = await import('./organisation_pages.mjs');
  await organisationPages({waymark, work, must, report, round, freePort, started, untilUp});
}

async function idle() {
  const {idleConnections} = await import('./idle.mjs');
  const {latency: steady} = await import('./signed_in.mjs');
  await idleConnections({serve, report, round, latency: (url, rate) => steady({work}, url, 'none=', rate)});
}

const all = {http, latency, search, site, cite, parse, import: imports, sentences, lint, tables, models, database, demo, editor, 'signed-in': signedIn, idle, people, organisation};
const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!all[name]) {
    console.error(`There is no measurement ${name}; there are ${Object.keys(all).join(', ')}.`);
    process.exit(2);
  }
}
// `lint` prints the table of `sentences` too.
for (const name of wanted.length ? wanted : Object.keys(all).filter((name) => name !== 'sentences')) await all[name]();
process.exit(0);
