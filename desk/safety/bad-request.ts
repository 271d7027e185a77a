/** What was sent can't be used: one line that says why, with the status that the answer carries. */
export class BadRequest extends Error {
  override name = 'BadRequest' as const;
  readonly status: 400 | 414;
  /** The parameter at fault. */
  readonly field?: string;
  constructor(message: string, { status = 400, field }: { status?: 400 | 414; field?: string } = {}) {
    super(message);
    this.status = status;
    if (field !== undefined) this.field = field;
  }
}
