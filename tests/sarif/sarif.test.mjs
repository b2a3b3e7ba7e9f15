// What `waymark lint --format sarif` writes is SARIF: Microsoft's own tool checks it against the schema and its rules. The tool ends with 0 whatever it finds, so its words are read.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {after, it} from 'node:test';

const root = resolve(import.meta.dirname, '../..');
const waymark = process.env.WAYMARK ?? join(root, 'build/release/waymark');
const workspace = mkdtempSync(join(tmpdir(), 'waymark-sarif-'));
after(() => rmSync(workspace, {recursive: true, force: true}));

/** What the tool says of the files: "error SARIF1004: …", one each. */
function complaints(files) {
  const done = spawnSync(process.execPath, [join(root, 'node_modules/@microsoft/sarif-multitool/bin.js'), 'validate', ...files], {encoding: 'utf8', timeout: 300_000});
  const said = done.stdout + done.stderr;
  assert.match(said, new RegExp(`${files.length} files scanned`), said);
  return said.split('\n').filter((line) => /: (error|warning|note) \w+:/.test(line));
}

function sarif(name, folder, from = workspace) {
  const done = spawnSync(waymark, ['-p', folder, 'lint', '--format', 'sarif', '--fail-on', 'never'], {encoding: 'utf8', cwd: from, maxBuffer: 1 << 28});
  assert.equal(done.status, 0, done.stderr);
  const file = join(workspace, `${name}.sarif`);
  writeFileSync(file, done.stdout);
  return file;
}

it('everything that lint can find is told as valid SARIF, whatever the folder is called', () => {
  const fixtures = join(root, 'tests/fixtures/lint');
  const files = [sarif('broken', join(root, 'tests/cli/fixtures/broken'))];
  for (const rule of readdirSync(fixtures)) {
    const folder = join(workspace, `${rule}, größer & 50 %`);
    cpSync(join(fixtures, 'good'), folder, {recursive: true});
    if (rule !== 'good') cpSync(join(fixtures, rule), folder, {recursive: true});
    files.push(sarif(rule, folder), sarif(`${rule}-from-inside`, '.', folder));
  }
  // One log may hold many runs, and the tool takes a second a file.
  const all = join(workspace, 'all.sarif');
  const logs = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(all, JSON.stringify({...logs[0], runs: logs.flatMap((log) => log.runs)}));
  // Waymark has no address of its own to point at.
  assert.deepEqual(complaints([all]).filter((line) => !line.includes("does not provide 'informationUri'")), []);
});

it('the tool would say so if it were wrong', () => {
  const file = sarif('good-again', join(root, 'tests/fixtures/lint/good'));
  const log = JSON.parse(readFileSync(file, 'utf8'));
  log.runs[0].results = [{ruleId: 7}];
  writeFileSync(file, JSON.stringify(log));
  assert.notDeepEqual(complaints([file]).filter((line) => line.includes('error')), []);
});
