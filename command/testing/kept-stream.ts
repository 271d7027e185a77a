export function keptStream(isTTY = false) {
  const lines: string[] = [];
  return { lines, isTTY, write: (text: string | Uint8Array) => Boolean(lines.push(String(text))) };
}
