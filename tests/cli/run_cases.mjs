// Runs command-line cases: `node run_cases.mjs WAYMARK FILE.test…`. With UPDATE_EXPECTED=1 it writes what it saw into the files instead.
//
// A case file reads as a specification. Lines that begin with two spaces are a terminal session, everything else is prose:
//
//     A near miss suggests.
//
//       $ waymark -p good cite SSE.drive-design
//       2> waymark: There is no `drive-design` at SSE.
//       [1]
//
// "$ " begins a command for bash ("| " continues it), plain lines are its standard output, "2> " its standard error, "[n]" its exit code
// when that is not 0. Standard error is shown behind standard output; white space at the end of a line and empty lines at the end are left
// out. Every file runs in its own temporary copy of fixtures/, 80 columns wide, without colour; its commands run there one after the other.
import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const indent = '  ';

/** Prose lines as they are; sessions as {command, expected}, both arrays of lines without the indent. */
export function parse(text) {
  const parts = [];
  let session = null;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (!line.startsWith(indent)) {
      // An empty line inside a session belongs to the output only when more output follows; the writer puts it back.
      if (line === '' && session) { session.blank += 1; continue; }
      if (session) for (; session.blank > 0; session.blank -= 1) parts.push('');
      session = null;
      parts.push(line);
      continue;
    }
    const words = line.slice(indent.length);
    if (words.startsWith('$ ')) {
      if (session) for (; session.blank > 0; session.blank -= 1) parts.push('');
      session = {command: [words.slice(2)], expected: [], blank: 0};
      parts.push(session);
    } else if (!session) {
      throw new Error(`output without a command: ${line}`);
    } else if (words.startsWith('| ') && session.expected.length === 0 && session.blank === 0) {
      session.command.push(words.slice(2));
    } else {
      for (; session.blank > 0; session.blank -= 1) session.expected.push('');
      session.expected.push(words);
    }
  }
  return parts;
}

export function format(parts) {
  const lines = [];
  for (const part of parts) {
    if (typeof part === 'string') { lines.push(part); continue; }
    part.command.forEach((line, i) => lines.push(`${indent}${i === 0 ? '$ ' : '| '}${line}`));
    for (const line of part.expected) lines.push(line === '' ? '' : indent + line);
  }
  return lines.join('\n').replace(/\n*$/, '\n');
}

function linesOf(output, mark) {
  if (output === '') return [];
  const lines = output.replace(/\n$/, '').split('\n').map((line) => (mark + line).trimEnd());
  if (!output.endsWith('\n')) lines[lines.length - 1] += ' (no line end)';
  return lines;
}

function run(command, folder, waymark) {
  const environment = {
    PATH: `${dirname(waymark)}:${process.env.PATH}`, HOME: folder, COLUMNS: '80', LC_ALL: 'C.UTF-8', TZ: 'UTC',
    ASAN_OPTIONS: process.env.ASAN_OPTIONS ?? '', UBSAN_OPTIONS: process.env.UBSAN_OPTIONS ?? '', TSAN_OPTIONS: process.env.TSAN_OPTIONS ?? '',
  };
  const done = spawnSync('bash', ['-c', command.join('\n')], {cwd: folder, env: environment, encoding: 'utf8', input: '', timeout: 60_000});
  if (done.error) return [`could not run: ${done.error.message}`];
  const seen = [...linesOf(done.stdout, ''), ...linesOf(done.stderr, '2> ')];
  while (seen.at(-1) === '') seen.pop();
  if (done.status !== 0) seen.push(done.signal ? `[killed by ${done.signal}]` : `[${done.status}]`);
  return seen;
}

function runFile(file, waymark, update) {
  const parts = parse(readFileSync(file, 'utf8'));
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'waymark-cli-')));
  let failures = 0;
  try {
    cpSync(join(here, 'fixtures'), folder, {recursive: true, verbatimSymlinks: true});
    for (const part of parts) {
      if (typeof part === 'string') continue;
      const seen = run(part.command, folder, waymark);
      if (seen.join('\n') !== part.expected.join('\n')) {
        failures += 1;
        if (!update) {
          console.error(`${basename(file)}: $ ${part.command.join('\n')}\n--- expected\n${part.expected.join('\n')}\n+++ seen\n${seen.join('\n')}\n`);
        }
        part.expected = seen;
      }
    }
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
  if (update && failures > 0) writeFileSync(file, format(parts));
  return failures;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [waymark, ...files] = process.argv.slice(2);
  const update = process.env.UPDATE_EXPECTED === '1';
  let failures = 0;
  for (const file of files) failures += runFile(file, resolve(waymark), update);
  if (update) console.log(`${failures} changed`);
  process.exitCode = failures > 0 && !update ? 1 : 0;
}
