// How much waymark lint says about published frameworks: node benchmarks/lint_noise.mjs WAYMARK FOLDER
// Every folder in FOLDER is imported as a draft and linted. Prints a Markdown table: findings by rule, per hundred sentences of the level pages.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

const [program, folder] = process.argv.slice(2);
if (!folder) {
  console.error('Name the program and the folder of frameworks: node benchmarks/lint_noise.mjs build/release/waymark FOLDER');
  process.exit(2);
}
const waymark = resolve(program);
const workspace = mkdtempSync(join(tmpdir(), 'waymark-noise-'));
const counts = new Map();
let [criteria, doubtful, sentences] = [0, 0, 0];

function sentencesOf(page) {
  const prose = page.replace(/<!--[^]*?-->/g, '').split(/^---$/m).slice(2).join('');
  return prose.split('\n').filter((line) => line.trim() && !line.startsWith('#')).reduce((sum, line) => sum + ((line.match(/[.!?](?=\s|$)/g) ?? []).length || 1), 0);
}

try {
  for (const name of readdirSync(folder).filter((each) => statSync(join(folder, each)).isDirectory())) {
    const draft = join(workspace, name);
    execFileSync(waymark, ['import', 'framework', join(folder, name), '-o', draft], {stdio: 'ignore'});
    const found = JSON.parse(execFileSync(waymark, ['-p', draft, 'lint', '--format', 'json', '--fail-on', 'never'], {maxBuffer: 1 << 28}));
    for (const page of readdirSync(join(draft, 'levels'))) sentences += sentencesOf(readFileSync(join(draft, 'levels', page), 'utf8'));
    criteria += found.criteria;
    doubtful += found.criteria_in_doubt;
    for (const finding of found.findings) {
      const key = `${finding.rule}|${finding.severity}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
} finally {
  rmSync(workspace, {recursive: true, force: true});
}
console.log(`${criteria} criteria, ${sentences} sentences; something is to be mended in ${doubtful} criteria.\n`);
console.log('| rule | told as | findings | per 100 sentences | of criteria |\n|---|---|---|---|---|');
for (const [key, count] of [...counts].sort((a, b) => b[1] - a[1])) {
  const [rule, severity] = key.split('|');
  console.log(`| ${rule} | ${severity} | ${count} | ${(100 * count / sentences).toFixed(1)} | ${(100 * count / criteria).toFixed(1)} % |`);
}
