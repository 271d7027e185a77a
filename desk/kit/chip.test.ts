import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACCENTS, accentOf, shareAccents } from './chip.js';

const css = readFileSync(new URL('../static/base.css', import.meta.url), 'utf8');

/** What a colour scheme declares: the values of the custom properties in the rules of `:root` and of `.accent-…`. */
function declared(rules: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const [, selector = '', body = ''] of rules.matchAll(/(:root|\.accent-\d) \{([^}]*)\}/g))
    for (const [, name = '', value = ''] of body.matchAll(/(--[\w-]+): (#[\da-f]{6});/g))
      values.set(name === '--account' ? selector : name, value);
  return values;
}
const DARK = css.indexOf('@media (prefers-color-scheme: dark)');
const schemes = {
  light: declared(css.slice(0, DARK)),
  dark: declared(css.slice(DARK, css.indexOf('@media print'))),
};

/** WCAG 2.2, relative luminance. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

it('gives a handle one colour, and spreads handles over all of them', () => {
  expect(accentOf('ashtalksai')).toBe(accentOf('ashtalksai'));
  expect(accentOf('ashtalksai')).not.toBe(accentOf('crumbandcrust'));
  const seen = new Set(Array.from({ length: 100 }, (_, n) => accentOf(`account_${n}`)));
  expect([...seen].sort()).toEqual(Array.from({ length: ACCENTS }, (_, n) => `accent-${n}`));
});

it('gives no two accounts of a desk one colour while there are enough, and keeps most when another comes', () => {
  const handles = Array.from({ length: ACCENTS }, (_, n) => `account_${n}`);
  shareAccents(handles.slice(0, 5));
  const before = handles.map(accentOf);
  expect(new Set(before.slice(0, 5)).size).toBe(5);
  shareAccents(handles);
  expect(new Set(handles.map(accentOf)).size).toBe(ACCENTS);
  expect(handles.slice(0, 5).map(accentOf)).toEqual(before.slice(0, 5));
  shareAccents([]);
});

describe.each(Object.entries(schemes))('the %s colours', (_, colors) => {
  const color = (name: string): string => colors.get(name) ?? `no ${name}`;
  const accents = Array.from({ length: ACCENTS }, (_each, n) => `.accent-${n}`);
  const texts = ['--ink', '--quiet', '--accent', '--good', '--bad', '--warn', '--info', ...accents];

  it.each(texts)('%s can be read on what a page is made of', (text) => {
    for (const surface of ['--paper', '--raised', '--sunken'])
      expect(contrast(color(text), color(surface)), surface).toBeGreaterThanOrEqual(4.5);
  });
  it.each(['--accent', '--good', '--bad', '--warn', '--info'])('%s can be read on its soft self', (text) => {
    expect(contrast(color(text), color(`${text}-soft`))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(['--accent', ...accents])('text can be read on %s', (surface) => {
    expect(contrast(color('--on-accent'), color(surface))).toBeGreaterThanOrEqual(4.5);
  });
  it('the edge of a control can be seen', () => {
    for (const surface of ['--paper', '--raised'])
      expect(contrast(color('--edge'), color(surface)), surface).toBeGreaterThanOrEqual(3);
  });
});
