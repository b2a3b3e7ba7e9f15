// The pages of an organisation of 100,000 people and ten years, as those see them who work in it, on both databases: ./bench organisation
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {memory, postgresql, ticks, untilQuiet} from './signed_in.mjs';

const people = 100_000, years = 10;
const clients = 8, seconds = 6;
const pace = 200;      // pages a second, where nothing else is said
const days_pace = 8;   // another day with every page; by one caller, since each of several would ask for the same days

const ended = (child) => new Promise((resolve, reject) => child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`h2load ended with ${code}`)))));
const get = (url, token) => fetch(url, {headers: {Cookie: `waymark=${token}`}});

/// Milliseconds of each answer, and the processor's for one, at a steady pace: each person's addresses one after the other, the people one after the other.
async function timed({work}, pid, base, visits, each_second, callers) {
  const list = path.join(work, 'organisation-addresses'), log = path.join(work, 'organisation-log');
  const times = [];
  const before = ticks(pid);
  const share = Math.max(1, seconds / visits.length);
  for (const {token, addresses} of visits) {
    fs.rmSync(log, {force: true});
    fs.writeFileSync(list, addresses.map((address) => base + address + '\n').join(''));
    await ended(spawn('h2load', ['--h1', '-t1', `-c${callers}`, `--rps=${each_second / callers}`, `-D${Math.round(1000 * share)}ms`, `--log-file=${log}`, '-H', `Cookie: waymark=${token}`, `-i${list}`],
                      {stdio: 'ignore'}));
    for (const line of fs.readFileSync(log, 'utf8').split('\n').filter(Boolean)) {
      const [, status, micros] = line.split('\t');
      if (status !== '200') throw new Error(`${addresses[0]}: an answer was ${status}`);
      times.push(Number(micros) / 1000);
    }
  }
  if (times.length === 0) throw new Error(`${visits[0].addresses[0]}: no answer in ${seconds} s`);
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
  return {count: times.length, p50: at(0.5), p99: at(0.99), processor: ((ticks(pid) - before) * 10) / times.length};
}

/// A day of the ten years that has not been asked for yet.
function otherDays() {
  let day = Date.UTC(2018, 0, 3);
  return () => {
    day += 3 * 86_400_000;
    return new Date(day).toISOString().slice(0, 10);
  };
}

async function measure(tools, name, database, folder) {
  const {waymark, must, report, round, freePort, started, untilUp} = tools;
  const helper = 'build/bench/benchmarks/organisation_people';
  const env = {...process.env, WAYMARK_DATABASE_URL: database, WAYMARK_KEYS_FILE: path.join(folder, 'keys')};
  must(waymark, ['demo', '--people', people, '--years', years, '--truth', path.join(folder, 'truth.json')].map(String), {env});
  const of = {};
  for (const line of must(helper, [database, 'sign-in']).trim().split('\n')) {
    const [kind, token, id] = line.split('\t');
    (of[kind] ??= []).push({token, id});
  }

  const listen = `127.0.0.1:${await freePort()}`, base = `http://${listen}`;
  const child = spawn(waymark, ['serve', '--pathway', path.join(folder, 'pathway'), '--listen', listen], {stdio: 'ignore', env});
  started.push(child);
  await untilUp(`${base}/readyz`);
  await untilQuiet(child.pid);
  report(`${name}: resident memory when ${round(people)} people and ${years} years have been read`, `${round(memory(child.pid, 'VmRSS'))} MB`, undefined, undefined, undefined, 'under 400 MB');

  const show = async (what, visits, aim, milliseconds, each_second = pace, callers = clients) => {
    for (const {token, addresses} of visits) {
      const response = await get(base + addresses[0], token);
      if (response.status !== 200) throw new Error(`${addresses[0]} is ${response.status}`);
      await response.text();
    }
    const {count, p50, p99, processor} = await timed(tools, child.pid, base, visits, each_second, callers);
    report(`${name}: ${what}`,
           `p50 ${round(p50)} ms, p99 ${round(p99)} ms of ${round(count)} at ${each_second}/s, ${round(processor)} ms of processor each${milliseconds === Infinity ? '' : p99 < milliseconds ? ', ok' : ', missed'}`,
           undefined, undefined, undefined, aim);
  };
  const ten = 'p99 under 10 ms';
  const all = (kind, address) => of[kind].map(({token, id}) => ({token, addresses: [address(id)]}));
  await show('my place on the landscape', all('engineer', () => '/'), ten, 10);
  await show("one's own page, with the line to the top", all('engineer', (id) => `/people/${id}`), ten, 10);
  await show('a manager and their 12 reports on the landscape', all('manager', () => '/my-people'), ten, 10);
  await show("a manager's own page with 12 reports", all('manager', (id) => `/people/${id}`), ten, 10);
  await show('signals for a manager of 12', all('manager', () => '/signals'), 'none set', Infinity);
  const parts = Array.from({length: 20}, (_, i) => i + 1);
  await show('who is below somebody with some 3,000 below, a hundred at a time',
             of.head.map(({token, id}) => ({token, addresses: parts.map((part) => `/people/${id}/below?page=${part}`)})), ten, 10);
  const typed = ['m', 'ma', 'mar', 'mari', 'jo', 'joh', 'a', 'an', 'sil', 'lee', 'o', 'xyzzy', 'ann%20m', 'de%20la'];
  await show('people search, as one types', of.engineer.map(({token}) => ({token, addresses: typed.map((name) => `/people?name=${name}`)})), ten, 10);
  await show('the organisation today, seen by a people partner', of.partner.map(({token}) => ({token, addresses: ['/organisation']})), 'none set', Infinity);
  const next = otherDays();
  const days = () => Array.from({length: 2 * days_pace * seconds}, () => `/organisation?on=${next()}`);
  await show('levels of everybody on a day nobody has asked for', of.partner.map(({token}) => ({token, addresses: days()})), 'p99 under 50 ms', 50, days_pace, 1);
  await show('levels of a line of some 3,000 on such a day', of.head.map(({token}) => ({token, addresses: days()})), 'p99 under 50 ms', 50, days_pace, 1);

  // Others go on reading while the organisation changes.
  const changing = spawn(helper, [database, 'change', '1000', '200'], {stdio: ['ignore', 'pipe', 'inherit'], env});
  started.push(changing);
  await new Promise((resolve) => changing.stdout.once('data', resolve));
  await show('my place, while the level of somebody changes five times a second', all('engineer', () => '/'), 'none set', Infinity);
  changing.kill('SIGTERM');
  report(`${name}: resident memory at its highest, after all that`, `${round(memory(child.pid, 'VmHWM'))} MB`, undefined, undefined, undefined, 'under 400 MB');
  child.kill('SIGTERM');
  await new Promise((resolve) => child.on('exit', resolve));

  const asked = {below: 'who is below somebody with some 3,000 below', line: 'the longest line to the top', 'search-one-letter': 'names with a part that begins with one letter',
                 'search-three-letters': 'with three letters', 'search-nobody': 'with letters that nobody has', levels: 'how many were at each level on a day, from the facts'};
  for (const line of must(helper, [database, 'questions']).trim().split('\n')) {
    const [question, ours, theirs, found] = line.split('\t').map((value, i) => (i === 0 ? value : Number(value)));
    if (question === 'read') report(`${name}: the whole organisation read from the store`, `${round(ours / 1000)} ms`, undefined, undefined, undefined, 'none set');
    else report(`${name}: ${asked[question]}, in memory, ${found} found`, `${round(ours)} µs`, `${round(theirs)} µs`, 'SQL on the same store', theirs / ours, 'none set');
  }
}

export async function organisationPages(tools) {
  // On the disk of this folder: a temporary folder in memory would make every write look safe at once.
  const folder = fs.mkdtempSync(path.resolve('build/bench/organisation-'));
  try {
    tools.must(tools.waymark, ['init', path.join(folder, 'pathway')]);
    const only = process.env.WAYMARK_BENCH_DATABASE;
    delete process.env.WAYMARK_BENCH_DATABASE;  // it is no setting of Waymark's
    if (only !== 'postgresql') await measure(tools, 'SQLite', path.join(folder, 'store.sqlite'), folder);
    if (only !== 'sqlite') await measure(tools, 'PostgreSQL', await postgresql(tools.started), folder);
  } finally {
    fs.rmSync(folder, {recursive: true, force: true});
  }
}
