// What `waymark lint --format sarif` writes, read by Microsoft's own validator: the schema, and the rules that code hosts go by. WAYMARK names the binary; ctest says which.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {it} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const waymark = path.resolve(process.env.WAYMARK ?? path.join(root, 'build/release/waymark'));
// The program itself: its script hands the words to a shell, which reads a `;` in them.
const validator = createRequire(import.meta.url)('@microsoft/sarif-multitool');

// Waymark has no address of its own that it could give, so this is always said; where it is not, the validator gave up without a word, as it does for a severity there is not.
const withoutAddress = 'SARIF2005';

function temporaryFolder(test) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-sarif-'));
  test.after(() => fs.rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** With and without fixes, pairs, allowed ones, a name that a URI must escape, other alphabets. */
function pathwayWithFindings(folder) {
  const pathway = path.join(folder, 'our pathway');
  fs.cpSync(path.join(root, 'tests/fixtures/lint/good'), pathway, {recursive: true});
  fs.cpSync(path.join(root, 'tests/fixtures/lint/copied-criterion/levels'), path.join(pathway, 'levels'), {recursive: true});
  const teaching = path.join(pathway, 'capabilities/teaching.md');
  fs.appendFileSync(teaching, '\n<!-- waymark: allow exclusive-word because the book is called so -->\n\nThe ninja of teaching.\n\nHe is a rock star. Größe, 経験, “x < y”.\n');
  return 'our pathway';
}

function sarif(folder, pathway) {
  const run = spawnSync(waymark, ['lint', '-p', pathway, '--format', 'sarif', '--fail-on', 'never'], {cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28});
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

/** What the validator says of a log, `rule: message` each. It ends with 0 whatever it found, so its own report is read. */
function complaints(folder, log) {
  const file = path.join(folder, 'log.sarif');
  const report = path.join(folder, 'report.sarif');
  fs.rmSync(report, {force: true});
  fs.writeFileSync(file, JSON.stringify(log));
  const run = spawnSync(validator, ['validate', file, '--output', report, '--level', 'Error;Warning'],
                        {encoding: 'utf8', env: {...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1'}});
  assert.ok(fs.existsSync(report), `the validator wrote no report:\n${run.stdout}${run.stderr}`);
  const [{results, invocations}] = JSON.parse(fs.readFileSync(report, 'utf8')).runs;
  assert.ok((invocations ?? []).every((invocation) => invocation.executionSuccessful), run.stdout);
  const said = results.map((result) => `${result.level ?? 'warning'} ${result.ruleId}: ${result.message.text ?? JSON.stringify(result.message)}`);
  assert.ok(said.some((complaint) => complaint.includes(withoutAddress)) || said.some((complaint) => complaint.startsWith('error')), 'the validator could not read the log');
  return said.filter((complaint) => !complaint.includes(withoutAddress));
}

it('the validator finds nothing to say about findings of every shape', (test) => {
  const folder = temporaryFolder(test);
  const log = sarif(folder, pathwayWithFindings(folder));
  const {results} = log.runs[0];
  assert.ok(results.some((result) => result.fixes), 'one with a fix');
  assert.ok(results.some((result) => result.relatedLocations), 'one of a pair');
  assert.ok(results.some((result) => result.suppressions), 'one that is allowed');
  assert.ok(results.every((result) => result.locations[0].physicalLocation.artifactLocation.uri.startsWith('our%20pathway/')));
  assert.deepEqual(complaints(folder, log), []);
});

it('nor about one without findings', (test) => {
  const folder = temporaryFolder(test);
  fs.cpSync(path.join(root, 'starter'), path.join(folder, 'pathway'), {recursive: true});
  const log = sarif(folder, 'pathway');
  assert.deepEqual(log.runs[0].results, []);
  assert.deepEqual(complaints(folder, log), []);
});

it('nor about errors, in a folder that cannot be used', (test) => {
  const folder = temporaryFolder(test);
  const pathway = pathwayWithFindings(folder);
  fs.appendFileSync(path.join(folder, pathway, 'fork.md'), '\nSee [nothing](levels/NONE.md).\n');
  fs.writeFileSync(path.join(folder, pathway, 'levels/TTL.md'), '');
  const log = sarif(folder, pathway);
  assert.ok(log.runs[0].results.some((result) => result.level === 'error'));
  assert.deepEqual(complaints(folder, log), []);
});

it('a log that breaks the schema would be noticed', (test) => {
  const folder = temporaryFolder(test);
  const log = sarif(folder, pathwayWithFindings(folder));
  delete log.runs[0].results[0].message;
  assert.match(complaints(folder, log).join('\n'), /error JSON1002: /);
  const unreadable = sarif(folder, 'our pathway');
  unreadable.runs[0].results[0].level = 'serious';
  assert.throws(() => complaints(folder, unreadable), /could not read/);
});
