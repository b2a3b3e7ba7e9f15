// Writes a pathway of about 500 pages from the starter's own pages: every archetype stands several times under other ids.
import fs from 'node:fs';
import path from 'node:path';

const out = process.argv[2];
fs.cpSync('starter', out, {recursive: true});
const archetypes = path.join(out, 'archetypes');
for (const name of fs.readdirSync(archetypes)) {
  const id = name.replace(/\.md$/, '');
  const text = fs.readFileSync(path.join(archetypes, name), 'utf8');
  for (let i = 2; i <= 6; ++i) {
    fs.writeFileSync(path.join(archetypes, `${id}-${i}.md`), text.replace(/^id: .*$/m, `id: ${id}-${i}`).replace(/^title: (.*)$/m, `title: $1 ${i}`));
  }
}
