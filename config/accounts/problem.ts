import { shown } from '../../contract/shown.js';

/** What is wrong in an account file, and where. */
export interface Problem {
  /** Counted from 1. */
  readonly line: number;
  /** The dotted key, such as `planners.sourdough.covers`; `file` for the file as a whole. */
  readonly field: string;
  /** One line: the value and what is allowed. */
  readonly message: string;
}

/** A problem as a person reads it, in the form that editors make clickable. */
export const problemLine = (file: string, { line, field, message }: Problem): string =>
  shown(`${file}:${line}: ${field}: ${message}`);
