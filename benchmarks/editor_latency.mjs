// From a key to its diagnostics, as an editor sees it: `waymark lsp` on the starter with one page grown to 50 KB.
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import protocol from 'vscode-languageserver-protocol/node';

/** The text of levels/SSE.md with sections of its own prose behind it, until it has 50 KB. */
export function grownPage(folder) {
  let text = fs.readFileSync(path.join(folder, 'levels/SSE.md'), 'utf8');
  const body = text.slice(text.indexOf('## Scope of impact') + '## Scope of impact'.length, text.indexOf('## Autonomy'));
  for (let i = 1; text.length < 50 * 1024; ++i) text += `\n## Notes ${i}\n${body}`;
  return text;
}

/** Milliseconds of each key, sorted. The folder's levels/SSE.md is opened 50 KB long; nothing is written. */
export async function keysToDiagnostics(command, args, folder, keys = 300) {
  const uri = pathToFileURL(path.join(folder, 'levels/SSE.md')).href;
  const text = grownPage(folder);
  const server = spawn(command, args, {stdio: ['pipe', 'pipe', 'ignore']});
  const connection = protocol.createProtocolConnection(server.stdout, server.stdin);
  let arrived = () => {};
  connection.onNotification('textDocument/publishDiagnostics', (params) => {
    if (params.uri === uri) arrived(params.version);
  });
  connection.onRequest(() => null);
  connection.listen();
  const until = (version) => new Promise((resolve) => (arrived = (seen) => (seen === undefined || seen >= version) && resolve()));
  await connection.sendRequest('initialize', {
    processId: null, rootUri: null, workspaceFolders: [{uri: pathToFileURL(folder).href, name: 'pathway'}],
    capabilities: {textDocument: {publishDiagnostics: {versionSupport: true}}},
  });
  await connection.sendNotification('initialized', {});
  const opened = until(1);
  await connection.sendNotification('textDocument/didOpen', {textDocument: {uri, languageId: 'markdown', version: 1, text}});
  await opened;
  const line = text.slice(0, text.lastIndexOf('\n## Notes')).split('\n').length + 4;
  const times = [];
  for (let i = 0; i < keys; ++i) {
    const seen = until(i + 2);
    const began = process.hrtime.bigint();
    const start = {line, character: i};
    await connection.sendNotification('textDocument/didChange', {
      textDocument: {uri, version: i + 2}, contentChanges: [{range: {start, end: start}, text: 'typing '[i % 7]}]});
    await seen;
    times.push(Number(process.hrtime.bigint() - began) / 1e6);
  }
  await connection.sendRequest('shutdown', null);
  await connection.sendNotification('exit');
  connection.dispose();
  return times.sort((a, b) => a - b);
}
