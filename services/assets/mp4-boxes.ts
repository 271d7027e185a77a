/**
 * Whether an MP4 was cut off on its way: the name of the top-level box that runs past the end of the file, null when all
 * are whole. A reader of frames does not notice; it gives fewer. The sizes are those of ISO/IEC 14496-12, section 4.2.
 */
export function cutOffBox(bytes: Uint8Array): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length;) {
    if (at + 8 > bytes.length) return 'header';
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const size = sizeOfBox(view, at);
    if (size === null || at + size > bytes.length) return name;
    at += size;
  }
  return null;
}

/** In bytes with its header; null for one that can't be. */
function sizeOfBox(view: DataView, at: number): number | null {
  const size = view.getUint32(at);
  // 0: to the end of the file. 1: the size follows in 64 bits.
  if (size === 0) return view.byteLength - at;
  if (size !== 1) return size >= 8 ? size : null;
  if (at + 16 > view.byteLength) return null;
  const large = Number(view.getBigUint64(at + 8));
  return large >= 16 ? large : null;
}
