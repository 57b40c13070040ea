import { inflateRawSync } from 'node:zlib';

const endOfDirectory = 0x06054b50;
const endBytes = 22;

/** The files of a zip archive, by name; enough of the format to read what a writer of workbooks makes. */
export function unzip(archive: Buffer): ReadonlyMap<string, Buffer> {
  let end = archive.length - endBytes;
  while (end >= 0 && archive.readUInt32LE(end) !== endOfDirectory) end -= 1;
  if (end < 0) throw new Error('not a zip archive');
  const files = new Map<string, Buffer>();
  let entry = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    const method = archive.readUInt16LE(entry + 10);
    const packedBytes = archive.readUInt32LE(entry + 20);
    const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((at) => archive.readUInt16LE(entry + at));
    const local = archive.readUInt32LE(entry + 42);
    const name = archive.toString('utf8', entry + 46, entry + 46 + nameBytes!);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(start, start + packedBytes);
    files.set(name, method === 0 ? packed : inflateRawSync(packed));
    entry += 46 + nameBytes! + extraBytes! + noteBytes!;
  }
  return files;
}
