// Frameworks of any size for ./bench import, made of words; the same every time.
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const verbs = 'designs reviews writes owns leads explains measures plans repairs mentors questions documents tests ships'.split(' ');
const things = 'service deployment incident interface migration proposal dashboard backlog module alert pipeline contract schedule handover'.split(' ');
const ways = ['with the team', 'before it is asked for', 'and says what it cost', 'across two products', 'so that others can repeat it', 'and leaves notes behind'];
const kinds = 'small large shared old fragile unclear urgent unfamiliar critical quiet'.split(' ');
export const ranks = ['Junior Engineer', 'Engineer', 'Senior Engineer', 'Staff Engineer', 'Principal Engineer', 'Engineering Manager', 'Director of Engineering'];
const groups = ['Craft', 'Delivery', 'Communication', 'Leadership', 'Product sense', 'Operations'];

let state = 7;
const next = (limit) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};
const one = (list) => list[next(list.length)];
const half = () => `${one(verbs)} a ${one(kinds)} ${one(things)} ${one(ways)}`;
function sentence() {
  const text = `${half()}, ${half()} in case ${next(1e7)}.`;
  return text[0].toUpperCase() + text.slice(1);
}

/** One page of about `bytes`, with groups of eight criteria. */
function page(title, bytes, marks = '#') {
  const parts = [`${marks} ${title}\n\n${sentence()}\n`];
  for (let length = parts[0].length, group = 0; length < bytes; ++group) {
    parts.push(`\n${marks}# ${groups[group % groups.length]}\n\n${Array.from({length: 8}, () => `- ${sentence()}\n`).join('')}`);
    length += parts.at(-1).length;
  }
  return parts.join('');
}

/** Seven levels and pages about everything else, `files` in all, `bytes` together. */
export function manyFiles(folder, bytes, files) {
  for (const [i, rank] of ranks.entries()) write(path.join(folder, 'levels', `${i + 1}.md`), page(rank, bytes / files));
  for (let i = ranks.length; i < files; ++i) write(path.join(folder, 'guilds', `${Math.floor(i / 100)}`, `page-${i}.md`), page(`Working agreement ${i}`, bytes / files));
  return folder;
}

export function oneFile(file, bytes) {
  write(file, `# Ladder\n\n${ranks.map((rank) => page(rank, bytes / ranks.length, '##')).join('\n')}`);
  return file;
}

function write(file, text) {
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, text);
}

/** Seconds, and the most memory it had at once, in MB. */
export function measured(command, args) {
  return new Promise((resolve, reject) => {
    const begin = process.hrtime.bigint();
    const child = spawn(command, args, {stdio: ['ignore', 'ignore', 'pipe']});
    let said = '';
    let memory = 0;
    child.stderr.on('data', (chunk) => (said += chunk));
    const look = setInterval(() => {
      try {
        memory = Math.max(memory, Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
      } catch {
        // It has just ended.
      }
    }, 10);
    child.on('exit', (code) => {
      clearInterval(look);
      if (code !== 0) reject(new Error(`${command} ${args.join(' ')}: ${said}`));
      else resolve({seconds: Number(process.hrtime.bigint() - begin) / 1e9, megabytes: memory / 1024});
    });
  });
}
