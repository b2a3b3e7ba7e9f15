// What the editor tests share: a real client, a pathway of their own, `waymark lsp`. WAYMARK names the program; build/dev's unless said.
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import protocol from 'vscode-languageserver-protocol/node';

const here = path.dirname(fileURLToPath(import.meta.url));
export const waymark = path.resolve(process.env.WAYMARK ?? path.join(here, '../../build/dev/waymark'));
const fixture = path.join(here, '../fixtures/pathways/good');

/** What VS Code says it can do, as far as it matters here. */
export const everything = {
  general: {positionEncodings: ['utf-16']},
  workspace: {
    workspaceFolders: true,
    didChangeWatchedFiles: {dynamicRegistration: true},
    workspaceEdit: {documentChanges: true, resourceOperations: ['create', 'rename', 'delete']},
  },
  textDocument: {
    hover: {contentFormat: ['markdown', 'plaintext']},
    definition: {linkSupport: true},
    documentSymbol: {hierarchicalDocumentSymbolSupport: true},
    codeAction: {codeActionLiteralSupport: {codeActionKind: {valueSet: ['quickfix']}}},
    publishDiagnostics: {relatedInformation: true, versionSupport: true, codeDescriptionSupport: true},
    rename: {prepareSupport: true},
  },
};

export function pathwayFolder(test, from = fixture) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-editor-')));
  test.after(() => fs.rmSync(folder, {recursive: true, force: true}));
  const pathway = path.join(folder, 'pathway');
  fs.cpSync(from, pathway, {recursive: true});
  return pathway;
}

/** The place of the `nth` occurrence of some words, `ahead` characters into them. */
export function placeOf(text, words, ahead = 0, nth = 0) {
  let at = -1;
  for (let i = 0; i <= nth; ++i) at = text.indexOf(words, at + 1);
  if (at < 0) throw new Error(`"${words}" is not in the text`);
  const lines = text.slice(0, at + ahead).split('\n');
  return {line: lines.length - 1, character: lines.at(-1).length};
}

/** The texts that a workspace edit makes, by file. Edits are applied from the end, as a client does. */
export function applied(edit, pathway) {
  const texts = {};
  const steps = edit.documentChanges ?? Object.entries(edit.changes).map(([uri, edits]) => ({textDocument: {uri}, edits}));
  const renamed = {};
  for (const step of steps) {
    if (step.kind === 'rename') {
      renamed[path.relative(pathway, fileURLToPath(step.oldUri))] = path.relative(pathway, fileURLToPath(step.newUri));
      continue;
    }
    const file = fileURLToPath(step.textDocument.uri);
    const document = protocol.TextDocumentItem.create('', '', 0, fs.readFileSync(file, 'utf8'));
    const lines = document.text.split('\n');
    const offset = ({line, character}) => lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
    let text = document.text;
    for (const {range, newText} of [...step.edits].sort((a, b) => offset(b.range.start) - offset(a.range.start))) {
      text = text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end));
    }
    texts[path.relative(pathway, file)] = text;
  }
  return {texts, renamed};
}

export class Client {
  #process;
  #connection;
  #published = new Map();
  #waiting = [];
  #versions = new Map();
  requests = [];
  log = [];

  constructor(test, pathway) {
    this.pathway = pathway;
    this.#process = spawn(waymark, ['lsp'], {stdio: ['pipe', 'pipe', 'inherit']});
    this.ended = new Promise((resolve) => this.#process.on('exit', (code, signal) => resolve(signal ?? code)));
    this.#connection = protocol.createProtocolConnection(this.#process.stdout, this.#process.stdin);
    this.#connection.onNotification('textDocument/publishDiagnostics', (params) => {
      this.#published.set(params.uri, params);
      this.#waiting = this.#waiting.filter((waiting) => !waiting());
    });
    this.#connection.onNotification('window/logMessage', ({message}) => this.log.push(message));
    this.#connection.onRequest((method, params) => {
      this.requests.push({method, params});
      return null;
    });
    this.#connection.listen();
    test.after(async () => {
      this.#process.kill('SIGKILL');
      this.#connection.dispose();
      await this.ended;
    });
  }

  static async start(test, {pathway = pathwayFolder(test), capabilities = everything, folders = [pathway]} = {}) {
    const client = new Client(test, pathway);
    client.server = await client.request('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: folders.map((folder) => ({uri: pathToFileURL(folder).href, name: path.basename(folder)})),
    });
    await client.notify('initialized', {});
    return client;
  }

  uri(file) {
    return pathToFileURL(path.join(this.pathway, file)).href;
  }
  read(file) {
    return fs.readFileSync(path.join(this.pathway, file), 'utf8');
  }
  request(method, params, token) {
    return this.#connection.sendRequest(method, params ?? null, ...(token ? [token] : []));
  }
  notify(method, params) {
    return this.#connection.sendNotification(method, params);
  }
  at(file, position) {
    return {textDocument: {uri: this.uri(file)}, position};
  }

  async open(file, text = this.read(file)) {
    this.#versions.set(file, 1);
    await this.notify('textDocument/didOpen', {textDocument: {uri: this.uri(file), languageId: file.endsWith('.md') ? 'markdown' : 'yaml', version: 1, text}});
  }
  async change(file, ...contentChanges) {
    const version = this.#versions.get(file) + 1;
    this.#versions.set(file, version);
    await this.notify('textDocument/didChange', {textDocument: {uri: this.uri(file), version}, contentChanges});
    return version;
  }
  close(file) {
    return this.notify('textDocument/didClose', {textDocument: {uri: this.uri(file)}});
  }

  /** The findings of a file as soon as they are `good`; of an open document those of its newest text. */
  async diagnostics(file, good = () => true) {
    const found = () => {
      const published = this.#published.get(this.uri(file));
      const current = published && (published.version ?? 0) >= (this.#versions.get(file) ?? 0);
      return current && good(published.diagnostics) ? published.diagnostics : undefined;
    };
    if (found()) return found();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no such diagnostics of ${file}; last: ${JSON.stringify(this.#published.get(this.uri(file)))}`)), 20000);
      this.#waiting.push(() => {
        const diagnostics = found();
        if (!diagnostics) return false;
        clearTimeout(timer);
        resolve(diagnostics);
        return true;
      });
    });
  }

  async stop() {
    await this.request('shutdown');
    await this.notify('exit');
    return this.ended;
  }
}
