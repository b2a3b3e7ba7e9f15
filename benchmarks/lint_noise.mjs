// How often each rule of lint speaks about frameworks that others wrote: node benchmarks/lint_noise.mjs WAYMARK FRAMEWORKS
// WAYMARK is the binary, FRAMEWORKS a folder with one folder a framework; they are imported into a temporary folder. Prints a Markdown table and no text of theirs.
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const [waymark, frameworks] = process.argv.slice(2).map((name) => path.resolve(name));
if (!frameworks) {
  console.error('node benchmarks/lint_noise.mjs WAYMARK FRAMEWORKS');
  process.exit(2);
}
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-noise-'));
process.on('exit', () => fs.rmSync(work, {recursive: true, force: true}));
const segmenter = new Intl.Segmenter('en', {granularity: 'sentence'});

function must(args) {
  const result = spawnSync(waymark, args, {encoding: 'utf8', maxBuffer: 1 << 28});
  if (result.status !== 0) throw new Error(`waymark ${args.join(' ')}: ${result.stderr}`);
  return result.stdout;
}

/** The criteria of a draft's level page: their lines, heading first, and the number of their sentences. */
function criteriaOf(text) {
  const criteria = [];
  let inside = false;
  text.replace(/<!--[^]*?-->/g, (comment) => comment.replace(/[^\n]/g, '')).split('\n').forEach((line, index) => {
    if (line.startsWith('## ')) inside = line === '## What changes here';
    if (!inside) return;
    if (line.startsWith('### ')) criteria.push({begin: index + 1, end: index + 1, sentences: 0});
    else if (criteria.length > 0 && line.trim() !== '') {
      criteria.at(-1).end = index + 1;
      criteria.at(-1).sentences += [...segmenter.segment(line)].length;
    }
  });
  for (const criterion of criteria) criterion.sentences = Math.max(1, criterion.sentences);
  return criteria;
}

const rules = new Map();
let criteria = 0, sentences = 0;
for (const name of fs.readdirSync(frameworks).filter((each) => fs.statSync(path.join(frameworks, each)).isDirectory()).sort()) {
  const draft = path.join(work, name);
  must(['import', 'framework', path.join(frameworks, name), '-o', draft]);
  const pages = new Map();
  for (const page of fs.readdirSync(path.join(draft, 'levels'))) {
    const found = criteriaOf(fs.readFileSync(path.join(draft, 'levels', page), 'utf8'));
    pages.set(`levels/${page}`, found);
    criteria += found.length;
    for (const each of found) sentences += each.sentences;
  }
  for (const finding of JSON.parse(must(['-p', draft, 'lint', '--format', 'json', '--fail-on', 'never'])).findings) {
    if (!rules.has(finding.rule)) rules.set(finding.rule, {findings: 0, severities: {}, hit: new Set()});
    const rule = rules.get(finding.rule);
    ++rule.findings;
    rule.severities[finding.severity] = (rule.severities[finding.severity] ?? 0) + 1;
    const criterion = pages.get(finding.file)?.find((each) => each.begin <= finding.line && finding.line <= each.end);
    if (criterion) rule.hit.add(`${name}/${finding.file}:${criterion.begin}`);
  }
}

console.log(`${criteria} criteria, ${sentences} sentences in them\n\n| rule | severity | findings | per 100 sentences | of all criteria |\n|---|---|---|---|---|`);
for (const [name, rule] of [...rules].sort((a, b) => b[1].findings - a[1].findings)) {
  const severity = Object.entries(rule.severities).map(([each, count]) => (Object.keys(rule.severities).length > 1 ? `${each} ${count}` : each)).join(', ');
  console.log(`| ${name} | ${severity} | ${rule.findings} | ${(100 * rule.findings / sentences).toFixed(1)} | ${(100 * rule.hit.size / criteria).toFixed(1)} % |`);
}
