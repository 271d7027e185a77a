import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fitPicture } from '../publishers/picture.js';
import { tempFiles } from '../testing/temp-folder.js';
import { bytesOfBuffer, boxesIn } from './mp4.js';
import { checkClip, checkPicture } from './check.js';
import { pngTelling, provenanceXmp } from './provenance.js';
import { box, clipOf, header, largeBox } from './testing/boxes.js';
import { noise as noiseOf } from './testing/noise.js';
import { readXmp } from './testing/read-xmp.js';

const fileOf = tempFiles();
const XMP = provenanceXmp({ postId: 'UpkTZ26nc9Eb', model: 'fal-ai/flux-pro/v1.1-ultra' });
const SAID = {
  DigitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
  AISystemUsed: 'fal-ai/flux-pro/v1.1-ultra',
  Identifier: 'UpkTZ26nc9Eb',
  CreatorTool: 'Copydesk',
};
const noise = (width = 64) => noiseOf(width, 48);

describe('a picture that a model made', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('as a %s says so, for any reader of XMP', async (format) => {
    const { path } = await checkPicture(await fileOf(await noise().toFormat(format).toBuffer()), XMP);
    expect(await readXmp(path)).toMatchObject(SAID);
    expect((await sharp(path).metadata()).xmpAsString).toContain('trainedAlgorithmicMedia');
    expect(await checkPicture(path)).toMatchObject({ width: 64, height: 48 });
  });

  it.each<[what: string, png: () => Promise<Buffer>]>([
    ['8 bits', () => noise().png().toBuffer()],
    ['16 bits', () => noise().toColourspace('rgb16').png().toBuffer()],
    ['a palette', () => noise().png({ palette: true }).toBuffer()],
    ['a colour profile', () => noise().withIccProfile('p3').png().toBuffer()],
  ])('keeps every byte of a PNG of %s but for its own', async (_what, png) => {
    const bytes = await png();
    const { path } = await checkPicture(await fileOf(bytes), XMP);
    const stored = await readFile(path);
    expect(await readXmp(path)).toMatchObject(SAID);
    const added = stored.length - bytes.length;
    expect(added).toBeLessThan(1_000);
    expect(Buffer.concat([stored.subarray(0, 33), stored.subarray(33 + added)]).equals(bytes)).toBe(true);
  });

  it('is the same file however often it is stored, and says nothing twice', async () => {
    const bytes = await noise().withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>').png().toBuffer();
    const once = pngTelling(bytes, XMP)!;
    expect(pngTelling(once, XMP)!.equals(once)).toBe(true);
    expect(once.toString('latin1').match(/XML:com\.adobe\.xmp/g)).toHaveLength(1);
    expect(await readXmp(await fileOf(once))).toMatchObject(SAID);
  });

  it('still says so in what a target gets, in smaller and as another kind of file', async () => {
    const { path } = await checkPicture(await fileOf(await noise(640).png().toBuffer()), XMP);
    const fitted = await fitPicture(await readFile(path), { maxBytes: 20_000 });
    expect(fitted.mimeType).toBe('image/jpeg');
    expect(await readXmp(await fileOf(fitted.bytes))).toMatchObject(SAID);
  });

  it('may end in bytes that no decoder reads', async () => {
    const bytes = Buffer.concat([await noise().png().toBuffer(), Buffer.from('rest')]);
    expect(pngTelling(bytes, XMP)!.toString('latin1').endsWith('rest')).toBe(true);
  });

  it('says nothing of a model where a person brought it, and is then left as it is', async () => {
    const bytes = await noise().png().toBuffer();
    const path = await fileOf(bytes);
    expect((await checkPicture(path)).path).toBe(path);
    expect(await readXmp(path)).toEqual({});
    const { path: converted } = await checkPicture(await fileOf(await noise().jpeg().toBuffer()));
    expect(await readXmp(converted)).toEqual({});
  });

  it.each([XMP, null])(
    'loses where a camera stood, whose it is and what was written into it',
    async (xmp) => {
      const gps = { GPSLatitude: '54/1 19/1 0/1', GPSLatitudeRef: 'N' };
      const camera = noise().withExif({ IFD0: { Artist: 'Mo of the harbour' }, IFD3: gps });
      for (const kind of ['png', 'jpeg', 'webp'] as const) {
        const bytes = await camera
          .clone()
          .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
          .toFormat(kind)
          .toBuffer();
        expect((await sharp(bytes).metadata()).exif?.toString('latin1')).toContain('Mo of the harbour');
        const { path } = await checkPicture(await fileOf(bytes), xmp);
        expect((await readFile(path)).toString('latin1')).not.toContain('Mo of');
        const { exif, xmpAsString } = await sharp(path).metadata();
        expect([exif, xmpAsString?.includes('trainedAlgorithmicMedia')]).toEqual([
          undefined,
          xmp === null ? undefined : true,
        ]);
      }
    },
  );
});

describe('a clip that a model made', () => {
  const XMP_BOX = 'be7acfcb97a942e89c71999491e3afac';
  const names = (clip: Buffer): string[] =>
    [...boxesIn(bytesOfBuffer(clip), 0, clip.length)].map(({ name }) => name);
  async function marked(bytes: Buffer): Promise<{ path: string; clip: Buffer }> {
    const path = await fileOf(bytes);
    expect(await checkClip(path, XMP)).toEqual(await checkClip(await fileOf(bytes)));
    expect(await checkClip(path)).toMatchObject({ width: 64, height: 48, seconds: 1 });
    return { path, clip: await readFile(path) };
  }

  it('says so, for any reader of XMP, behind everything that it was', async () => {
    const bytes = clipOf();
    const { path, clip } = await marked(bytes);
    expect(await readXmp(path)).toMatchObject(SAID);
    expect(clip.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(names(clip)).toEqual(['ftyp', 'moov', 'mdat', 'uuid']);
  });

  it('whose last box runs to the end of the file gives it its length', async () => {
    const frames = Buffer.concat([header(0, 'mdat'), Buffer.alloc(64 * 1_024)]);
    const { path, clip } = await marked(clipOf({ frames }));
    expect(names(clip)).toEqual(['ftyp', 'moov', 'mdat', 'uuid']);
    expect(await readXmp(path)).toMatchObject(SAID);
  });

  it.each<[length: string, of: (...content: Buffer[]) => Buffer]>([
    ['32 bits', (...content) => box('uuid', ...content)],
    ['64 bits', (...content) => largeBox('uuid', BigInt(16 + Buffer.concat(content).length), ...content)],
  ])('says nothing twice, where it said something in a box of %s', async (_length, of) => {
    const old = of(Buffer.from(XMP_BOX, 'hex'), Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'));
    const other = box('uuid', Buffer.alloc(16, 7));
    const { path, clip } = await marked(Buffer.concat([clipOf(), old, other]));
    expect(names(clip)).toEqual(['ftyp', 'moov', 'mdat', 'free', 'uuid', 'uuid']);
    expect(await readXmp(path)).toMatchObject(SAID);
  });
});

it('is XML whatever the model is called', async () => {
  const model = `a"b<c>&d\u0000\u000b\ud800' 模型 🦆`;
  const xmp = provenanceXmp({ postId: 'UpkTZ26nc9Eb', model });
  const said = await readXmp(await fileOf(pngTelling(await noise().png().toBuffer(), xmp)!));
  expect(said).toMatchObject({ ...SAID, AISystemUsed: `a"b<c>&d' 模型 🦆` });
  expect(said).not.toHaveProperty('Warning');
});
