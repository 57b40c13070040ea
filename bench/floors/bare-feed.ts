// The least that fans out: one buffer, written to every socket in a loop.
import { createServer, type ServerResponse } from 'node:http';

const readers = new Set<ServerResponse>();

createServer((request, response) => {
  if (request.url === '/feed') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    readers.add(response);
    response.on('close', () => readers.delete(response));
    return;
  }
  if (request.method !== 'POST') {
    response.end('ok');
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const frame = Buffer.concat(chunks);
    for (const reader of readers) reader.socket?.write(frame);
    response.writeHead(201).end();
  });
}).listen(Number(process.env['PORT']), '127.0.0.1');
