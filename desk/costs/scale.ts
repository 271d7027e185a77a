/** The top of a chart: the least round amount that nothing is above. A round amount is 1, 2, 2.5 or 5 of a power of ten. */
export function roundTop(most: number): number {
  if (!(most > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const steps = [1, 2, 2.5, 5, 10].map((step) => step * power);
  return steps.find((step) => step >= most) ?? 10 * power;
}
