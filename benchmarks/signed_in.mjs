// Pages behind the sign-in, on both databases: ./bench signed-in. Their people come from signed_in_people.cpp; all of them are signed in at once.
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const people = 1000, withPassword = 60;
const clients = 32, seconds = 8;

/// A throw-away server of PostgreSQL, which ends with this process.
export function postgresql(started) {
  const child = spawn('build/bench/benchmarks/throw_away_postgresql', {stdio: ['pipe', 'pipe', 'inherit']});
  started.push({kill: () => child.stdin.end()});
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (data) => {
      said += data;
      if (said.endsWith('\n')) resolve(said.trim());
    });
    child.on('exit', () => reject(new Error(`no PostgreSQL: ${said}`)));
  });
}

/// Each request with the next person's cookie: the page, or a form that this person sends.
function script(file, tokens, form) {
  const made = form === undefined ? 'wrk.format("GET", "/account", {Cookie = "waymark=" .. token})'
    : `wrk.format("POST", "${form.to}", {Cookie = "waymark=" .. token, ["Content-Type"] = "application/x-www-form-urlencoded"}, "form_token=" .. own .. "&${form.fields}")`;
  fs.writeFileSync(file, `local requests, at = {}, 0
    init = function()
      for line in io.lines("${tokens}") do
        local token, own = line:match("^(%S+)%s(%S+)$")
        requests[#requests + 1] = ${made}
      end
    end
    request = function() at = at + 1; return requests[at % #requests + 1] end`);
  return file;
}

const ended = (child) => new Promise((resolve, reject) => child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${child.spawnfile} ended with ${code}`)))));

/// In milliseconds, at a steady rate. This process goes on meanwhile.
export async function latency({work}, url, cookie, rate) {
  const log = path.join(work, 'signed-in.log');
  fs.rmSync(log, {force: true});
  await ended(spawn('h2load', ['--h1', '-t1', `-c${clients}`, `--rps=${Math.round(rate / clients)}`, `-D${seconds}`, `--log-file=${log}`, '-H', `Cookie: ${cookie}`, url],
                    {stdio: 'ignore'}));
  const rows = fs.readFileSync(log, 'utf8').trim().split('\n').map((line) => line.split('\t'));
  if (rows.some((row) => row[1] !== '200')) throw new Error(`${url}: not all answers were the page`);
  const times = rows.map((row) => Number(row[2]) / 1000).sort((a, b) => a - b);
  return {rate: rows.length / seconds, p50: times[Math.floor(times.length * 0.5)], p99: times[Math.floor(times.length * 0.99)]};
}

const percentiles = ({round}, {rate, p50, p99}) => `p50 ${round(p50)} ms, p99 ${round(p99)} ms at ${round(rate)}/s`;

/// Signs in `rate` times a second until told to stop; then gives how many got in and how many were asked to wait.
function flood(url, rate) {
  const counts = {in: 0, later: 0};
  const open = new Set();
  let next = people - withPassword;
  const timer = setInterval(() => {
    const email = `person-${next}@example.org`;
    next = next + 1 === people ? people - withPassword : next + 1;
    const asked = fetch(`${url}/sign-in`, {method: 'POST', redirect: 'manual', body: new URLSearchParams({email, password: 'correct horse battery'})})
      .then((response) => void (response.status === 303 ? ++counts.in : ++counts.later), () => {})
      .finally(() => open.delete(asked));
    open.add(asked);
  }, 1000 / rate);
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
    return counts;
  };
}

/// Megabytes: VmRSS now, VmHWM at the highest.
export const memory = (pid, which) => Number(new RegExp(`${which}:\\s+(\\d+)`).exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
/// Hundredths of a second of processor.
export const ticks = (pid) => fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((sum, each) => sum + Number(each), 0);

/// Pages are compressed in the background after the start.
export async function untilQuiet(pid) {
  for (let i = 0, before = -9; i < 120 && ticks(pid) > before + 2; ++i) {
    before = ticks(pid);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function measure(tools, name, database, aims) {
  const {waymark, work, must, report, round, median, wrk, freePort, started, untilUp} = tools;
  const folder = path.join(work, `signed-in-${name.replaceAll(' ', '-')}`);
  must(waymark, ['init', path.join(folder, 'pathway')]);
  const env = {...process.env, WAYMARK_DATABASE_URL: database, WAYMARK_KEYS_FILE: path.join(folder, 'keys')};
  must(waymark, ['create-admin', 'administrator@example.org', '--password'], {env, input: 'correct horse battery\n'});
  const tokens = path.join(folder, 'tokens');
  fs.writeFileSync(tokens, must('build/bench/benchmarks/signed_in_people', [database, String(people), String(withPassword)]));
  const listen = `127.0.0.1:${await freePort()}`;
  const child = spawn(waymark, ['serve', '--pathway', path.join(folder, 'pathway'), '--listen', listen], {stdio: 'ignore', env});
  started.push(child);
  const url = `http://${listen}`, page = `${url}/account`;
  await untilUp(`${url}/readyz`);
  const cookie = `waymark=${fs.readFileSync(tokens, 'utf8').split('\t')[0]}`;
  const response = await fetch(page, {headers: {Cookie: cookie}});
  if (response.status !== 200 || !(await response.text()).includes('Where you are signed in')) throw new Error(`${page} is not the page`);

  await untilQuiet(child.pid);
  const lua = script(path.join(folder, 'people.lua'), tokens);
  wrk(page, 2, {script: lua});
  const before = ticks(child.pid);
  const peaks = [0, 1, 2].map(() => wrk(page, seconds, {script: lua}));
  const used = (ticks(child.pid) - before) * 1e4 / peaks.reduce((sum, each) => sum + each * seconds, 0);
  report(`${name}: page of somebody signed in, session, account, role and three sessions read`, `${round(median(peaks))}/s, ${round(used)} µs of processor each`,
         undefined, undefined, undefined, `${round(aims.peak)}/s or more`);
  report(`${name}: the same at a steady rate`, percentiles(tools, await latency(tools, page, cookie, aims.peak / 2)), undefined, undefined, undefined, 'p99 under 10 ms');
  report(`${name}: resident memory with ${round(people)} people signed in`, `${round(memory(child.pid, 'VmRSS'))} MB`, undefined, undefined, undefined,
         'under 150 MB');
  const stop = flood(url, 50);
  const during = await latency(tools, page, cookie, aims.peak / 8);
  const counts = await stop();
  report(`${name}: the page while 50 people a second sign in (${counts.in} got in, ${counts.later} were asked to wait)`, percentiles(tools, during), undefined,
         undefined, undefined, 'p99 under 50 ms');
  report(`${name}: resident memory at its highest, with that`, `${round(memory(child.pid, 'VmHWM'))} MB`, undefined, undefined, undefined, 'none set');
  const forms = script(path.join(folder, 'forms.lua'), tokens, {to: '/account/tokens', fields: 'name=script&scopes=pathway&days=30'});
  report(`${name}: form of somebody signed in, a record written and safe on the disk before the answer`, `${round(wrk(`${url}/account/tokens`, seconds, {script: forms}))}/s`,
         undefined, undefined, undefined, 'none set');
  child.kill('SIGTERM');
}

export async function signedIn(tools) {
  // On the disk of this folder: a temporary folder in memory would make every write look safe at once.
  const folder = fs.mkdtempSync(path.resolve('build/bench/signed-in-'));
  try {
    await measure(tools, 'SQLite', path.join(folder, 'store.sqlite'), {peak: 8000});
  } finally {
    fs.rmSync(folder, {recursive: true, force: true});
  }
  await measure(tools, 'PostgreSQL', await postgresql(tools.started), {peak: 4000});
}
