// What a client may get wrong. Here bytes are written by hand; the server answers with the protocol's own errors and goes on.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {pathToFileURL} from 'node:url';
import protocol from 'vscode-languageserver-protocol/node';
import {Client, pathwayFolder, placeOf, waymark} from './harness.mjs';

/** Writes bytes, closes, and gives every body that came back and the exit code. */
async function talk(...pieces) {
  const server = spawn(waymark, ['lsp'], {stdio: ['pipe', 'pipe', 'inherit']});
  const chunks = [];
  server.stdout.on('data', (chunk) => chunks.push(chunk));
  for (const piece of pieces) server.stdin.write(typeof piece === 'object' ? framed(JSON.stringify(piece)) : piece);
  server.stdin.end();
  const code = await new Promise((resolve) => server.on('close', (status, signal) => resolve(signal ?? status)));
  const bodies = [];
  let rest = Buffer.concat(chunks);
  while (rest.length) {
    const end = rest.indexOf('\r\n\r\n');
    const length = Number(/Content-Length: (\d+)/.exec(rest.subarray(0, end).toString())[1]);
    bodies.push(JSON.parse(rest.subarray(end + 4, end + 4 + length).toString()));
    rest = rest.subarray(end + 4 + length);
  }
  return {bodies, code};
}
const framed = (body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const call = (id, method, params) => ({jsonrpc: '2.0', id, method, ...(params === undefined ? {} : {params})});
const tell = (method, params) => ({jsonrpc: '2.0', method, params});
const initialize = call(1, 'initialize', {processId: null, rootUri: null, capabilities: {}});
const end = [call(99, 'shutdown'), tell('exit')];
const codes = (bodies) => bodies.map(({id, error}) => [id, error?.code ?? 'good']);

test('a session in order ends with 0', async () => {
  const {bodies, code} = await talk(initialize, tell('initialized', {}), ...end);
  assert.deepEqual(codes(bodies), [[1, 'good'], [99, 'good']]);
  assert.equal(bodies[1].result, null);
  assert.equal(code, 0);
});

test('requests before initialize, after shutdown, twice, unknown', async () => {
  const {bodies, code} = await talk(
    call(0, 'textDocument/hover', {}), tell('textDocument/didOpen', {}), initialize, call(2, 'initialize', {capabilities: {}}), call('a', 'textDocument/foldingRange', {}),
    tell('$/somethingNew', {}), call(4, '$/somethingNew', {}), call(5, 'textDocument/hover', {}), call(6, 'shutdown'), call(7, 'textDocument/hover', {}), tell('exit'));
  assert.deepEqual(codes(bodies), [[0, -32002], [1, 'good'], [2, -32600], ['a', -32601], [4, -32601], [5, -32602], [6, 'good'], [7, -32600]]);
  assert.equal(code, 0);
});

test('what is no frame or no JSON is answered, and the next message is read', async () => {
  const good = call(2, 'textDocument/hover', {textDocument: {uri: 'untitled:one'}, position: {line: 0, character: 0}});
  const broken = [
    'Content-Length: many\r\n\r\n{}', 'Content-Type: text\r\n\r\n', framed('{"jsonrpc"'), framed('[]'), framed('{"jsonrpc":"2.0","id":{},"method":"x"}'), framed('{"jsonrpc":"1.0","id":8,"method":"x"}'),
    'Content-Length: 3\r\n\r\n{"jsonrpc":"2.0"}', framed('\u0000\u0001'), framed('['.repeat(5000)), framed('"\\ud800"'),
  ];
  for (const piece of broken) {
    const {bodies, code} = await talk(initialize, piece, good, ...end);
    assert.ok([-32700, -32600].includes(bodies[1].error?.code), `${piece.slice(0, 40)}: ${JSON.stringify(bodies[1])}`);
    assert.deepEqual(bodies.find(({id}) => id === 2), {jsonrpc: '2.0', id: 2, result: null}, piece.slice(0, 40));
    assert.equal(code, 0);
  }
});

test('a message that is announced too long is given up, and so is one that never ends', async () => {
  const long = await talk(initialize, 'Content-Length: 99999999999\r\n\r\n', 'x'.repeat(100000));
  assert.deepEqual(codes(long.bodies), [[1, 'good'], [null, -32700]]);
  assert.equal(long.code, 1);
  const open = await talk(initialize, 'Content-Length: 5000\r\n\r\n{"jsonrpc"');
  assert.deepEqual(codes(open.bodies), [[1, 'good']]);
  assert.equal(open.code, 1);
});

test('a client that goes away ends the server', async (t) => {
  assert.equal((await talk()).code, 1);
  const folder = pathwayFolder(t);
  const uri = pathToFileURL(path.join(folder, 'levels/SSE.md')).href;
  const {code} = await talk(initialize, tell('textDocument/didOpen', {textDocument: {uri, version: 1, text: ''}}));
  assert.equal(code, 1);
});

test('a request that is cancelled before its turn says so', async (t) => {
  const client = await Client.start(t);
  await client.open('levels/SSE.md');
  const token = new protocol.CancellationTokenSource();
  const slow = Array.from({length: 50}, () => client.request('workspace/symbol', {query: ''}));
  const cancelled = client.request('textDocument/hover', client.at('levels/SSE.md', {line: 1, character: 4}), token.token);
  token.cancel();
  await assert.rejects(cancelled, {code: -32800});
  assert.equal((await Promise.all(slow)).length, 50);
});

test('positions past the end, of files that are not there, of addresses that are none', async (t) => {
  const client = await Client.start(t);
  await client.open('levels/SSE.md');
  const far = {line: 4294967295, character: 4294967295};
  for (const method of ['textDocument/hover', 'textDocument/definition', 'textDocument/completion', 'textDocument/references']) {
    await client.request(method, {...client.at('levels/SSE.md', far), context: {includeDeclaration: true}});
    for (const uri of ['file:///nowhere/at/all.md', 'http://example.org/x.md', 'file://elsewhere/x.md', 'no address', '', 'file:///%00', `file://${client.pathway}/../../x.md`, `file://${client.pathway}/levels`]) {
      await client.request(method, {textDocument: {uri}, position: far, context: {includeDeclaration: true}});
    }
    await assert.rejects(client.request(method, {...client.at('levels/SSE.md', {line: -1, character: 0}), context: {}}), {code: -32602});
  }
  await client.change('levels/SSE.md', {range: {start: far, end: far}, text: '\nlast\n'}, {range: {start: far, end: {line: 0, character: 0}}, text: ''});
  await client.diagnostics('levels/SSE.md', (all) => all.length > 0);
  await client.notify('textDocument/didChange', {textDocument: {uri: client.uri('levels/LSE.md'), version: 2}, contentChanges: [{text: ''}]});
  await client.notify('textDocument/didChange', {textDocument: {uri: client.uri('levels/SSE.md'), version: 9}, contentChanges: [{range: 7, text: ''}]});
  await client.notify('textDocument/didClose', {textDocument: {uri: 'nonsense'}});
  assert.equal(await client.stop(), 0);
  assert.equal(client.log.length, 3);
});

test('half an emoji, CRLF and bare CR leave the text in step with the editor', async (t) => {
  const client = await Client.start(t);
  const text = client.read('levels/SSE.md').replaceAll('\n', '\r\n').replace('One sentence', 'One\rsentence 😀');
  await client.open('levels/SSE.md', text);
  await client.diagnostics('levels/SSE.md');
  const lines = text.split(/\r\n|\r|\n/);
  const line = lines.findIndex((each) => each.includes('😀'));
  const at = {line, character: lines[line].indexOf('😀') + 2};
  await client.change('levels/SSE.md', {range: {start: at, end: at}, text: ' [x](ISE.md#nowhere)'});
  const found = (await client.diagnostics('levels/SSE.md', (all) => all.some(({code}) => code === 'dangling-link'))).find(({code}) => code === 'dangling-link');
  assert.deepEqual(found.range.start, {line, character: at.character + 5});
});

test('five megabytes, a line of one megabyte, and ten thousand keys in one message', async (t) => {
  const client = await Client.start(t);
  const level = client.read('levels/SSE.md');
  const large = level + '\n## Notes\n\n' + 'They wrote the plan for the change, and three teams built to it. '.repeat(80).concat('\n\n').repeat(1000);
  assert.ok(large.length > 5e6);
  await client.open('levels/SSE.md', large);
  await client.diagnostics('levels/SSE.md');
  const end = placeOf(large.slice(0, 3000), '## Not expected');
  await client.change('levels/SSE.md', ...Array.from({length: 200}, () => ({range: {start: end, end}, text: 'x'})));
  await client.diagnostics('levels/SSE.md');
  await client.change('levels/SSE.md', {text: level + 'word '.repeat(200000)});
  await client.diagnostics('levels/SSE.md');
  await client.change('levels/SSE.md', {text: level});
  await client.change('levels/SSE.md', ...Array.from({length: 10000}, (_, i) => ({range: {start: {line: 12, character: i}, end: {line: 12, character: i}}, text: 'x'})));
  await client.diagnostics('levels/SSE.md');
  assert.equal(await client.stop(), 0);
});

test('a folder that goes away while it is open', async (t) => {
  const client = await Client.start(t);
  await client.open('levels/SSE.md');
  await client.diagnostics('levels/SSE.md');
  fs.rmSync(client.pathway, {recursive: true});
  await client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: client.uri('pathway.yaml'), type: 3}, {uri: client.uri('levels'), type: 3}]});
  await client.request('textDocument/hover', client.at('levels/SSE.md', {line: 1, character: 4}));
  await client.close('levels/SSE.md');
  assert.equal(await client.stop(), 0);
});
