// Imports and checks every framework in a folder and prints the tables of doc/real-frameworks.md: figures only, none of their words.
//   node tools/real_frameworks.mjs FOLDER [WAYMARK]
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const [folder, waymark = 'build/release/waymark'] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: node tools/real_frameworks.mjs FOLDER [WAYMARK]');
  process.exit(2);
}

function run(...args) {
  const ended = spawnSync(waymark, args, {encoding: 'utf8', maxBuffer: 1 << 28});
  if (ended.error) throw ended.error;
  return ended;
}

function number(text, expression, what) {
  const found = expression.exec(text);
  if (!found) throw new Error(`The report does not say ${what}.`);
  return Number(found[1]);
}

/** What stands in the report of one import, and the findings of its draft. */
function figures(source, draft) {
  const imported = run('import', 'framework', source, '-o', draft);
  if (imported.status !== 0) throw new Error(imported.stderr);
  const report = fs.readFileSync(path.join(draft, 'import-report.md'), 'utf8');
  const {findings, criteria, criteria_in_doubt: warned, criteria_vague: vague, criteria_perhaps_vague: perhaps} = JSON.parse(run('-p', draft, 'lint', '--format', 'json').stdout);
  const ofRule = (rule) => findings.filter((finding) => finding.rule === rule).length;
  const families = new Map([...report.matchAll(/^\| ([a-z]+) \| (\d+) \| (\d+) \|$/gm)].map(([, name, warnings, notes]) => [name, {warnings: Number(warnings), notes: Number(notes)}]));
  const told = [...families.values()].reduce((sum, family) => sum + family.warnings + family.notes, 0);
  if (told !== findings.length) throw new Error(`The report counts ${told} findings, the linter ${findings.length}.`);
  return {
    in: number(report, /included: (\d+) in/, 'how many sentences came in'),
    kept: number(report, /in, (\d+) kept/, 'how many were kept'),
    aside: number(report, /kept, (\d+) set aside/, 'how many were set aside'),
    levels: number(report, /^- Made: (\d+) level/m, 'how many levels there are'),
    criteria,
    warned,
    vague,
    perhaps,
    copies: ofRule('copied-criterion'),
    families,
  };
}

const percent = (part, whole) => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);
const row = (cells) => console.log(`| ${cells.join(' | ')} |`.replace('|  |', '| |'));

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-frameworks-'));
try {
  const names = fs.readdirSync(folder, {withFileTypes: true}).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  const all = names.map((name) => [name, figures(path.join(folder, name), path.join(scratch, name))]);

  row(['', 'sentences in', 'kept', 'set aside', 'levels', 'criteria', 'with a warning', 'cannot be judged', 'in doubt', 'copies between neighbours']);
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const [name, told] of all) {
    row([name, told.in, told.kept, told.aside, told.levels, told.criteria, percent(told.warned, told.criteria), percent(told.vague, told.criteria),
         percent(told.perhaps, told.criteria), told.copies]);
  }

  const families = [...new Set(all.flatMap(([, told]) => [...told.families.keys()]))].sort();
  console.log();
  row(['', ...families]);
  console.log(`|---|${families.map(() => '---:').join('|')}|`);
  for (const [name, told] of all) {
    const cell = ({warnings, notes}) => (notes > 0 ? `${warnings} + ${notes}` : `${warnings}`);
    row([name, ...families.map((family) => cell(told.families.get(family) ?? {warnings: 0, notes: 0}))]);
  }
} finally {
  fs.rmSync(scratch, {recursive: true, force: true});
}
