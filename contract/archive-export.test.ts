import { expect, it } from 'vitest';
import { endLine, ExportError, readExport } from './archive-export.js';

const header = '{"table":"copydesk","row":{"version":1}}';
const row = '{"table":"posts","row":{"title":"Größe 👍"}}';

async function* chunksOf(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function linesOf(text: string | Uint8Array, size = 7): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readExport(chunksOf(text, size))) lines.push(line.text);
  return lines;
}

it.each([1, 7, 10_000])('an export is read line by line, in chunks of %d bytes', async (size) => {
  const text = `${header}\n${row}\n${endLine(2)}\n`;
  expect(await linesOf(text, size)).toEqual([header, row]);
  expect(await linesOf(text.trimEnd(), size)).toEqual([header, row]);
});

it.each<[what: string, text: string | Uint8Array, message: RegExp]>([
  ['empty', '', /^line 1: it is empty, and no export$/],
  ['broken off', `${header}\n${row}\n`, /^line 3: the export breaks off here/],
  ['broken off in a line', `${header}\n${row.slice(0, 20)}`, /^line 2: it is not JSON/],
  ['lacking a line', `${header}\n${endLine(2)}\n`, /^line 2: the export had 2 lines and 1 are there/],
  ['going on', `${header}\n${endLine(1)}\n${row}\n`, /^line 3: it stands after the last line/],
  ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47]), /^line 1: it is not UTF-8 text/],
  ['a list', '[1,2]\n', /^line 1: it names no table/],
  ['null', 'null\n', /^line 1: it names no table/],
  ['a page', '<!doctype html>\n', /^line 1: it is not JSON/],
  ['one endless line', 'x'.repeat(17 * 1024 * 1024), /^line 1: it is longer than any line/],
])('an export that is %s is none', async (_what, text, message) => {
  const reading = linesOf(text, 65_536);
  await expect(reading).rejects.toThrow(ExportError);
  await expect(reading).rejects.toThrow(message);
});
