// An author writes in an editor; the client is the one VS Code uses.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {Client, applied, everything, pathwayFolder, placeOf} from './harness.mjs';

const rules = (diagnostics) => diagnostics.map(({code}) => code);
const has = (rule) => (diagnostics) => rules(diagnostics).includes(rule);
const lacks = (rule) => (diagnostics) => !rules(diagnostics).includes(rule);
const insert = (place, text) => ({range: {start: place, end: place}, text});

test('a finding appears while typing and goes when it is mended, with nothing saved', async (t) => {
  const client = await Client.start(t);
  const text = client.read('capabilities/design.md');
  await client.open('capabilities/design.md', text);
  await client.diagnostics('capabilities/design.md', lacks('dangling-link'));
  const place = placeOf(text, 'SSE.md#', 'SSE.md#'.length);
  await client.change('capabilities/design.md', insert(place, 'x'));
  const found = await client.diagnostics('capabilities/design.md', has('dangling-link'));
  const finding = found.find(({code}) => code === 'dangling-link');
  assert.equal(finding.source, 'waymark');
  assert.equal(finding.severity, 1);
  assert.match(finding.message, /leads to an id that is not on that page\.\nCorrect the id\. Did you mean `drives-design`\?/);
  await client.change('capabilities/design.md', {range: {start: place, end: {...place, character: place.character + 1}}, text: ''});
  await client.diagnostics('capabilities/design.md', lacks('dangling-link'));
  assert.equal(client.read('capabilities/design.md'), text);
});

test('a broken page is told of in files that link to it only as far as it breaks them, and hover goes on', async (t) => {
  const client = await Client.start(t);
  const text = client.read('levels/SSE.md');
  await client.open('levels/SSE.md', text);
  await client.open('capabilities/design.md');
  await client.diagnostics('levels/SSE.md');
  await client.change('levels/SSE.md', insert({line: 1, character: 0}, '"'));
  await client.diagnostics('levels/SSE.md', (all) => all.some(({severity}) => severity === 1));
  const link = placeOf(client.read('capabilities/design.md'), '#drives-design', 3);
  const hover = await client.request('textDocument/hover', client.at('capabilities/design.md', link));
  assert.match(hover.contents.value, /\*\*SSE\.drives-design\*\* · Drives the design of a system change/);
});

test('positions are UTF-16 unless UTF-8 is offered', async (t) => {
  for (const [encodings, expected, character] of [[['utf-16'], 'utf-16', 10], [['utf-16', 'utf-8'], 'utf-8', 14], [undefined, 'utf-16', 10]]) {
    const client = await Client.start(t, {capabilities: {...everything, general: {positionEncodings: encodings}}});
    assert.equal(client.server.capabilities.positionEncoding, expected);
    const text = client.read('levels/SSE.md').replace('One sentence', 'é😀é [no](ISE.md#nowhere) sentence');
    await client.open('levels/SSE.md', text);
    const [finding] = (await client.diagnostics('levels/SSE.md', has('dangling-link'))).filter(({code}) => code === 'dangling-link');
    // The link's target stands behind "é😀é [no](": 10 UTF-16 units, 14 bytes.
    assert.equal(finding.range.start.character, character);
    assert.equal(finding.range.end.character - finding.range.start.character, 'ISE.md#nowhere'.length);
    const line = finding.range.start.line;
    await client.change('levels/SSE.md', {range: {start: {line, character}, end: {line, character: character + 'ISE.md#nowhere'.length}}, text: 'ISE.md'});
    await client.diagnostics('levels/SSE.md', lacks('dangling-link'));
    assert.equal(await client.stop(), 0);
  }
});

test('hover shows the words behind an id, its level and where it is used', async (t) => {
  const client = await Client.start(t);
  const text = client.read('levels/SSE.md');
  await client.open('levels/SSE.md', text);
  const {contents} = await client.request('textDocument/hover', client.at('levels/SSE.md', placeOf(text, 'Drives the design', 4)));
  assert.equal(contents.kind, 'markdown');
  assert.match(contents.value, /\*\*SSE\.drives-design\*\* · Drives the design of a system change\n\nSenior Engineer \(SSE\)\n\nWrites it down\./);
  assert.match(contents.value, /Used in:\n\n- Design/);
  const level = await client.request('textDocument/hover', client.at('levels/SSE.md', placeOf(text, 'id: SSE', 5)));
  assert.match(level.contents.value, /\*\*SSE\*\* · Senior Engineer\n\ntrack: ic · scope: system · autonomy: Trusted · 1 criterion/);
});

test('ids complete in links, front matter and pathway.yaml', async (t) => {
  const client = await Client.start(t);
  const labels = async (file, text, place) => {
    await client.open(file, text);
    const {items} = await client.request('textDocument/completion', client.at(file, place));
    await client.close(file);
    return items.map(({label}) => label);
  };
  const design = client.read('capabilities/design.md') + '\nSee [this](../levels/SSE.md#';
  const end = (text) => placeOf(text + '\0', '\0');
  assert.ok((await labels('capabilities/design.md', design, end(design))).includes('drives-design'));
  const open = client.read('capabilities/design.md') + '\nSee [this](';
  const offered = await labels('capabilities/design.md', open, end(open));
  assert.ok(offered.includes('SSE.drives-design') && offered.includes('../levels/SSE.md'));
  const level = client.read('levels/SSE.md').replace('scope: system', 'scope: ');
  assert.ok((await labels('levels/SSE.md', level, placeOf(level, 'scope: ', 7))).includes('system'));
  const yaml = client.read('pathway.yaml') + '\nretired:\n  - id: SSE.old\n    now: ';
  assert.ok((await labels('pathway.yaml', yaml, end(yaml))).includes('SSE.drives-design'));
  const route = client.read('pathway.yaml').replace(/^routes:\n/m, 'routes:\n  - from: \n');
  assert.ok((await labels('pathway.yaml', route, placeOf(route, '- from: \n', 8))).includes('SSE'));
});

test('a citation typed in running text becomes a link', async (t) => {
  const client = await Client.start(t);
  const text = client.read('capabilities/design.md') + '\nCompare SSE.dri';
  await client.open('capabilities/design.md', text);
  const {items} = await client.request('textDocument/completion', client.at('capabilities/design.md', placeOf(text + '\0', '\0')));
  const [item] = items.filter(({label}) => label === 'SSE.drives-design');
  assert.equal(item.textEdit.newText, '[Drives the design of a system change](../levels/SSE.md#drives-design)');
});

test('a criterion is renamed across the folder, and its old citation still resolves', async (t) => {
  const client = await Client.start(t);
  const text = client.read('levels/SSE.md');
  await client.open('levels/SSE.md', text);
  const place = client.at('levels/SSE.md', placeOf(text, '{#drives-design', 5));
  const prepared = await client.request('textDocument/prepareRename', place);
  assert.equal(prepared.placeholder, 'drives-design');
  const {texts} = applied(await client.request('textDocument/rename', {...place, newName: 'leads-design'}), client.pathway);
  assert.match(texts['levels/SSE.md'], /\{#leads-design\}/);
  assert.match(texts['capabilities/design.md'], /SSE\.md#leads-design/);
  assert.match(texts['pathway.yaml'], /retired:\n(.*\n)*  - id: SSE\.drives-design\n    because: .*\n    now: SSE\.leads-design\n/);
  for (const text of Object.values(texts)) assert.doesNotMatch(text.replace('id: SSE.drives-design', ''), /#?drives-design/);
  for (const [file, text] of Object.entries(texts)) fs.writeFileSync(path.join(client.pathway, file), text);
  await client.notify('workspace/didChangeWatchedFiles', {changes: Object.keys(texts).map((file) => ({uri: client.uri(file), type: 2}))});
  await client.change('levels/SSE.md', {text: texts['levels/SSE.md']});
  assert.deepEqual((await client.diagnostics('levels/SSE.md')).filter(({severity}) => severity === 1), []);
});

test('a level is renamed with its file, its links, its marks on other pages and pathway.yaml', async (t) => {
  const client = await Client.start(t);
  const text = client.read('levels/ISE.md');
  await client.open('levels/ISE.md', text);
  const place = client.at('levels/ISE.md', placeOf(text, 'id: ISE', 4));
  const {texts, renamed} = applied(await client.request('textDocument/rename', {...place, newName: 'MID'}), client.pathway);
  assert.deepEqual(renamed, {'levels/ISE.md': 'levels/MID.md'});
  assert.match(texts['levels/SSE.md'], /\]\(MID\.md#/);
  assert.match(texts['pathway.yaml'], /from: MID/);
  for (const [file, text] of Object.entries(texts)) fs.writeFileSync(path.join(client.pathway, file), text);
  fs.renameSync(path.join(client.pathway, 'levels/ISE.md'), path.join(client.pathway, 'levels/MID.md'));
  const after = await Client.start(t, {pathway: client.pathway});
  await after.open('levels/MID.md');
  assert.deepEqual((await after.diagnostics('levels/MID.md')).filter(({severity}) => severity === 1), []);
});

test('a name that is none, or taken, is refused with a reason', async (t) => {
  const client = await Client.start(t);
  const text = client.read('levels/SSE.md');
  await client.open('levels/SSE.md', text);
  const place = client.at('levels/SSE.md', placeOf(text, 'id: SSE', 4));
  await assert.rejects(client.request('textDocument/rename', {...place, newName: '1st'}), {code: -32803, message: /`1st` cannot be an id/});
  await assert.rejects(client.request('textDocument/rename', {...place, newName: 'LSE'}), {code: -32803, message: /The level `LSE` is taken/});
  await assert.rejects(client.request('textDocument/prepareRename', client.at('levels/SSE.md', placeOf(text, 'One sentence'))), {code: -32803, message: /No id stands here/});
});

test('definition, references and symbols', async (t) => {
  const client = await Client.start(t);
  const design = client.read('capabilities/design.md');
  await client.open('capabilities/design.md', design);
  const place = client.at('capabilities/design.md', placeOf(design, '#drives-design', 3));
  const [link] = await client.request('textDocument/definition', place);
  assert.equal(link.targetUri, client.uri('levels/SSE.md'));
  assert.equal(link.targetSelectionRange.start.line, placeOf(client.read('levels/SSE.md'), '### Drives').line);
  const references = await client.request('textDocument/references', {...place, context: {includeDeclaration: true}});
  const files = references.map(({uri}) => path.relative(client.pathway, new URL(uri).pathname));
  assert.ok(files.includes('levels/SSE.md') && files.includes('capabilities/design.md'));
  assert.equal((await client.request('textDocument/references', {...place, context: {includeDeclaration: false}})).length, references.length - 1);
  await client.open('levels/SSE.md');
  const outline = await client.request('textDocument/documentSymbol', {textDocument: {uri: client.uri('levels/SSE.md')}});
  const changes = outline.find(({name}) => name === 'What changes here');
  assert.deepEqual(changes.children.map(({name, detail}) => [name, detail]), [['Drives the design of a system change', 'SSE.drives-design']]);
  const symbols = await client.request('workspace/symbol', {query: 'drives'});
  assert.deepEqual(symbols.map(({name}) => name), ['Drives the design of a system change']);
  const yaml = await client.request('textDocument/documentSymbol', {textDocument: {uri: client.uri('pathway.yaml')}});
  assert.ok(yaml.find(({name}) => name === 'routes').children.some(({name}) => name === 'SSE → LSE'));
});

test('a missing section is added where it belongs, an id is given, a finding is allowed with a reason', async (t) => {
  const client = await Client.start(t);
  const text = client.read('levels/SSE.md').replace(/## Autonomy\n\nOnce a month.\n\n/, '').replace(' {#drives-design}', '');
  await client.open('levels/SSE.md', text);
  const found = await client.diagnostics('levels/SSE.md', has('missing-section'));
  const act = async (rule) => {
    const finding = found.find(({code}) => code === rule);
    const params = {textDocument: {uri: client.uri('levels/SSE.md')}, range: finding.range, context: {diagnostics: [finding], only: ['quickfix']}};
    return (await client.request('textDocument/codeAction', params)).filter(({diagnostics}) => diagnostics[0].code === rule);
  };
  const texts = (action) => {
    fs.writeFileSync(path.join(client.pathway, 'levels/SSE.md'), text);
    return applied(action.edit, client.pathway).texts['levels/SSE.md'];
  };
  const [section] = await act('missing-section');
  assert.equal(section.title, 'Add the section `Autonomy`');
  assert.match(texts(section), /## Autonomy\n\n## What changes here/);
  const [id] = await act('criterion-without-id');
  assert.equal(id.isPreferred, true);
  assert.match(texts(id), /### Drives the design of a system change \{#drives-the-design-of-a-system-change\}/);
});

test('a warning is allowed in place, and then it is gone', async (t) => {
  const client = await Client.start(t);
  const text = client.read('levels/SSE.md').replace('Writes it down. The trace is a document.', 'Has five years of experience with the system. The trace is a document.');
  await client.open('levels/SSE.md', text);
  const [finding] = (await client.diagnostics('levels/SSE.md', has('tenure-criterion'))).filter(({code}) => code === 'tenure-criterion');
  const actions = await client.request('textDocument/codeAction', {textDocument: {uri: client.uri('levels/SSE.md')}, range: finding.range, context: {diagnostics: [finding]}});
  const allow = actions.find(({title}) => title === 'Allow `tenure-criterion` here, with a reason');
  const [{edits}] = allow.edit.documentChanges;
  assert.equal(edits[0].newText, '<!-- waymark: allow tenure-criterion because … -->\n');
  await client.change('levels/SSE.md', {...edits[0], text: edits[0].newText.replace('…', 'the licence asks for it')});
  await client.diagnostics('levels/SSE.md', (all) => lacks('tenure-criterion')(all) && lacks('unused-suppression')(all));
});

test('files that change on disk are seen, buffers stay on top', async (t) => {
  const client = await Client.start(t);
  assert.equal(client.requests.length === 0 || client.requests[0].method === 'client/registerCapability', true);
  await client.open('capabilities/design.md');
  await client.diagnostics('capabilities/design.md', lacks('dangling-link'));
  const level = path.join(client.pathway, 'levels/SSE.md');
  fs.writeFileSync(level, fs.readFileSync(level, 'utf8').replace('{#drives-design}', '{#other}'));
  await client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: client.uri('levels/SSE.md'), type: 2}]});
  await client.diagnostics('capabilities/design.md', has('dangling-link'));
  await client.open('levels/SSE.md', fs.readFileSync(level, 'utf8').replace('{#other}', '{#drives-design}'));
  await client.diagnostics('capabilities/design.md', lacks('dangling-link'));
  await client.close('levels/SSE.md');
  await client.diagnostics('capabilities/design.md', has('dangling-link'));
});

test('two workspace folders, one of which goes', async (t) => {
  const [one, two] = [pathwayFolder(t), pathwayFolder(t)];
  for (const pathway of [one, two]) fs.rmSync(path.join(pathway, 'levels/LSE.md'));
  const client = await Client.start(t, {pathway: one, folders: [one, path.dirname(two)]});
  await client.diagnostics('pathway.yaml', (all) => all.length > 0);
  client.pathway = two;
  await client.diagnostics('pathway.yaml', (all) => all.length > 0);
  await client.notify('workspace/didChangeWorkspaceFolders', {event: {added: [], removed: [{uri: new URL(`file://${path.dirname(two)}`).href, name: 'two'}]}});
  await client.diagnostics('pathway.yaml', (all) => all.length === 0);
});
