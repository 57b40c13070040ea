/** A dropped file as text: UTF-8 or, where it is none, the code page that spreadsheets save in the West. */
export async function readFile(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  const start = new Uint8Array(bytes.slice(0, 2));
  // "PK": a workbook is a zip archive.
  if (start[0] === 0x50 && start[1] === 0x4b)
    throw new Error('This is a workbook. Save its sheet as CSV and drop that.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
