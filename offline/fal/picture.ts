import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';
import satori from 'satori';
import { chanceOf } from '../seed.js';
import type { Card } from './card.js';
import { asJpeg } from './plain.js';

const require = createRequire(import.meta.url);
const font = (weight: 400 | 600) => ({
  name: 'Inter',
  data: readFileSync(require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff`)),
  weight,
  style: 'normal' as const,
});
const FONTS = [font(400), font(600)];

/** Two ends of a gradient, a mark and the ink upon them. */
const PALETTES = [
  { from: '#10243e', to: '#1f6f78', mark: '#f2a65a', ink: '#f6f3ec' },
  { from: '#3d1f3d', to: '#a23b4e', mark: '#f7c59f', ink: '#fff6ee' },
  { from: '#f3e9dc', to: '#d9b88f', mark: '#8f3b1b', ink: '#2d1d12' },
  { from: '#132a13', to: '#4f772d', mark: '#ecf39e', ink: '#f4f8e8' },
  { from: '#e8eef2', to: '#b4c7d6', mark: '#c1440e', ink: '#16232e' },
  { from: '#1b1b2f', to: '#4b3f8f', mark: '#8be0d4', ink: '#f1effb' },
  { from: '#fff1d0', to: '#f0a868', mark: '#345511', ink: '#33200c' },
  { from: '#0b3c49', to: '#731963', mark: '#fffdfd', ink: '#fff5fb' },
] as const;

/** Draws a title card. Inter's Latin glyphs only: others are left blank. */
export async function drawCard(card: Card): Promise<Buffer> {
  const svg = await satori(cardTree(card), { ...card.size, fonts: FONTS });
  const picture = (await renderAsync(svg)).asPng();
  return card.jpeg ? asJpeg(picture) : picture;
}

function cardTree({ seed, text, size }: Card): Parameters<typeof satori>[0] {
  const chance = chanceOf(seed);
  const palette = chance.pick(PALETTES);
  const unit = Math.min(size.width, size.height) / 100;
  const disc = unit * (60 + chance.next(40));
  const children = [
    box({
      position: 'absolute',
      left: size.width - disc * (0.55 + chance.next(20) / 100),
      top: disc * (chance.next(30) / 100 - 0.45),
      width: disc,
      height: disc,
      borderRadius: disc,
      background: palette.mark,
      opacity: 0.28,
    }),
    // Positioned, or the disc is painted over them.
    box({ position: 'relative', width: unit * 14, height: unit * 1.2, background: palette.mark }),
    box(
      {
        position: 'relative',
        fontSize: unit * (text.length > 70 ? 7 : 8.5),
        fontWeight: 600,
        lineHeight: 1.2,
      },
      text,
    ),
    box({ position: 'relative', fontSize: unit * 3.2, fontWeight: 400, opacity: 0.85 }, 'Offline sample'),
  ];
  return box(
    {
      flexDirection: 'column',
      justifyContent: 'space-between',
      width: '100%',
      height: '100%',
      // Without it the padding is added to the 100 % and the text is clipped (satori 0.63).
      boxSizing: 'border-box',
      padding: unit * 9,
      background: `linear-gradient(${chance.pick([115, 135, 160, 205])}deg, ${palette.from}, ${palette.to})`,
      color: palette.ink,
      fontFamily: 'Inter',
    },
    children,
  );
}

/** satori takes React-like elements and needs no React for them. */
const box = (style: Record<string, unknown>, children?: unknown): Parameters<typeof satori>[0] =>
  ({ type: 'div', props: { style: { display: 'flex', ...style }, children } }) as Parameters<
    typeof satori
  >[0];
