// Lints Markdown files with a peer, in one warm process: node lint_peers.mjs write-good|alex|textlint FILE…
// Prints {"seconds", "findings", "memory_megabytes"}: of a pass over all files, and the most memory the process held.
import fs from 'node:fs';

const [peer, ...files] = process.argv.slice(2);
const texts = files.map((file) => fs.readFileSync(file, 'utf8'));

const peers = {
  async 'write-good'() {
    const {default: writeGood} = await import('write-good');
    return async (text) => writeGood(text).length;
  },
  async alex() {
    const {markdown} = await import('alex');
    return async (text) => markdown(text).messages.length;
  },
  async textlint() {
    const {createLinter} = await import('textlint');
    const {TextlintKernelDescriptor} = await import('@textlint/kernel');
    const {default: markdown} = await import('@textlint/textlint-plugin-markdown');
    const {default: terminology} = await import('textlint-rule-terminology');
    const descriptor = new TextlintKernelDescriptor({
      rules: [{ruleId: 'terminology', rule: terminology.default ?? terminology}],
      plugins: [{pluginId: '@textlint/markdown', plugin: markdown.default ?? markdown}],
      filterRules: [],
    });
    const linter = createLinter({descriptor});
    return async (text) => (await linter.lintText(text, 'page.md')).messages.length;
  },
};

const lint = await peers[peer]();
await lint(texts[0].slice(0, 2000));
const passes = [];
let findings = 0;
// A pass takes the slower ones half a minute; they are measured once.
for (let pass = 0; pass < (peer === 'write-good' ? 3 : 1); ++pass) {
  findings = 0;
  const began = process.hrtime.bigint();
  for (const text of texts) findings += await lint(text);
  passes.push(Number(process.hrtime.bigint() - began) / 1e9);
}
passes.sort((a, b) => a - b);
console.log(JSON.stringify({seconds: passes[Math.floor(passes.length / 2)], findings, memory_megabytes: process.resourceUsage().maxRSS / 1024}));
