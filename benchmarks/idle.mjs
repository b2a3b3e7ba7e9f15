// Ten thousand people with a tab open, a few hundred clients that send half a request and stop, and people who read meanwhile: ./bench idle. All on loopback.
import fs from 'node:fs';
import net from 'node:net';

const idle = 10000, halves = 300, each = 200;

const open = (port, words) =>
  new Promise((resolve, reject) => {
    const socket = net.connect({port, host: '127.0.0.1'}, () => {
      if (words) socket.write(words);
      resolve(socket);
    });
    socket.on('error', reject);
    // Read, so that an end is seen.
    socket.resume();
  });

export async function idleConnections({serve, report, round, latency}) {
  const {url, pid} = await serve();
  const page = `${url}/levels/SSE`;
  const {port} = new URL(url);
  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  const percentiles = ({p50, p99, rate}) => `p50 ${round(p50)} ms, p99 ${round(p99)} ms at ${round(rate)}/s`;
  const alone = await latency(page, 1000);
  const before = memory();
  const sockets = [];
  try {
    // Each has read a page: a tab that stays open.
    for (let i = 0; i < idle; i += each) {
      sockets.push(...(await Promise.all(Array.from({length: each}, () => open(port, `GET /levels/SSE HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)))));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    const stay = sockets.filter((socket) => socket.bytesRead > 0 && !socket.readableEnded && !socket.destroyed).length;
    const after = memory();
    for (let i = 0; i < halves; ++i) sockets.push(await open(port, 'POST /search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le'));
    const meanwhile = await latency(page, 1000);
    report('connections that stay open after a page', `${round(stay)}, ${round((after - before) * 1024 / stay)} KB each, ${round(after)} MB in all`, undefined,
           undefined, undefined, '10,000');
    report('a page with nobody else', percentiles(alone), undefined, undefined, undefined, 'none set');
    report(`the same beside them and ${halves} half requests`, percentiles(meanwhile), undefined, undefined, undefined, 'p99 under 10 ms');
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}
