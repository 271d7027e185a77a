/**
 * What a file is, by its first bytes, for a person: `PNG`, `JPEG`, `WebP`, `GIF`, `MP4`, `WebM`, `HTML`, `SVG`, `XML`,
 * `JSON`, `text`, `empty` or `unknown`.
 */
export function kindOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'empty';
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 512));
  const binary = MAGIC.find(({ at, starts }) => head.subarray(at, at + starts.length).equals(starts));
  return binary ? binary.kind : kindOfText(head.toString('utf8'));
}

const magic = (kind: string, at: number, starts: string) => ({
  kind,
  at,
  starts: Buffer.from(starts, 'latin1'),
});

const MAGIC = [
  magic('PNG', 0, '\x89PNG\r\n\x1a\n'),
  magic('JPEG', 0, '\xff\xd8\xff'),
  magic('WebP', 8, 'WEBP'),
  magic('GIF', 0, 'GIF8'),
  magic('MP4', 4, 'ftyp'),
  magic('WebM', 0, '\x1a\x45\xdf\xa3'),
];

function kindOfText(head: string): string {
  const start = head
    .replace(/^\ufeff/, '')
    .trimStart()
    .toLowerCase();
  if (/^<!doctype html|^<html|^<head|^<body/.test(start)) return 'HTML';
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<svg/s.test(start)) return 'SVG';
  if (start.startsWith('<?xml')) return 'XML';
  if (/^[{[]/.test(start)) return 'JSON';
  // eslint-disable-next-line no-control-regex -- a control character is what tells binary from text
  return /[\ufffd\u0000-\u0008]/.test(start.slice(0, -3)) ? 'unknown' : 'text';
}
