// The barest service that reads and checks a report: node:http and the same schema. Nothing is stored.
import { createServer } from 'node:http';
import { reportSchema } from '#tollbook/domain/schema/report.js';

createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const report = reportSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    response
      .writeHead(201, { 'content-type': 'application/json' })
      .end(JSON.stringify({ figures: report.figures.length }));
  });
}).listen(Number(process.env['PORT']), '127.0.0.1');
