import sharp from 'sharp';

/** A picture of noise, which nothing compresses well and which no cut leaves whole. */
export const noise = (width: number, height: number): ReturnType<typeof sharp> =>
  sharp({
    create: {
      ...{ width, height, channels: 3, background: '#888' },
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });
