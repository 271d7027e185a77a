import { protocol, types, type PGlite } from '@electric-sql/pglite';

const { serialize } = protocol;

/** The answer to a query, as `pg` gives it. */
export interface QueryAnswer {
  readonly rows: Record<string, unknown>[];
  readonly rowCount: number;
  readonly command: string;
}

/** What PostgreSQL says of a statement once. */
interface Statement {
  readonly name: string;
  /** Object ids of its parameters' types. */
  readonly parameters: readonly number[];
  readonly columns: readonly { readonly name: string; readonly dataTypeID: number }[];
}

type Messages = Awaited<ReturnType<PGlite['execProtocol']>>['messages'];

/** The longest unused are closed beyond this many: a list of values makes a statement for each length. */
const KEPT = 200;

/**
 * Queries of a PGlite that nobody else uses, each parsed and planned once and then called by its name. PGlite's own `query` does
 * both every time, and crosses into its WebAssembly six times where this does once: measured, a third of the CPU.
 */
export class PreparedQueries {
  readonly #db: PGlite;
  readonly #statements = new Map<string, Statement>();
  #count = 0;

  constructor(db: PGlite) {
    this.#db = db;
  }

  /** @throws DatabaseError of PGlite, with PostgreSQL's code */
  async query(text: string, values: readonly unknown[]): Promise<QueryAnswer> {
    const statement = await this.#statement(text);
    const { name, parameters, columns } = statement;
    const messages = await this.#run([
      serialize.bind({
        statement: name,
        values: values.map((value, at) => this.#sent(value, parameters[at])),
      }),
      serialize.execute({}),
    ]);
    const rows = messages.filter(isRow).map(({ fields }) => this.#row(fields, columns));
    const [command = '', ...counts] = (messages.find(isComplete)?.text ?? '').split(' ');
    return { rows, command, rowCount: Number(counts.at(-1) ?? 0) || 0 };
  }

  async #statement(text: string): Promise<Statement> {
    const known = this.#statements.get(text);
    // The last used stands last.
    this.#statements.delete(text);
    const statement = known ?? (await this.#prepare(text));
    this.#statements.set(text, statement);
    return statement;
  }

  async #prepare(text: string): Promise<Statement> {
    const [oldest] = this.#statements.size >= KEPT ? this.#statements : [];
    if (oldest) this.#statements.delete(oldest[0]);
    const name = `q${(this.#count += 1)}`;
    const messages = await this.#run([
      ...(oldest ? [serialize.close({ type: 'S', name: oldest[1].name })] : []),
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
    ]);
    return {
      name,
      parameters: messages.find(isParameters)?.dataTypeIDs ?? [],
      columns: messages.find(isColumns)?.fields ?? [],
    };
  }

  /** One crossing into PGlite. */
  async #run(message: readonly Uint8Array[]): Promise<Messages> {
    const { messages } = await this.#db.execProtocol(Buffer.concat([...message, serialize.sync()]));
    return messages;
  }

  #sent(value: unknown, type = 0): string | null {
    if (value === null || value === undefined) return null;
    return this.#db.serializers[type]?.(value) ?? String(value);
  }

  #row(fields: readonly (string | null)[], columns: Statement['columns']): Record<string, unknown> {
    return Object.fromEntries(
      columns.map(({ name, dataTypeID }, at) => [
        name,
        types.parseType(fields[at] ?? null, dataTypeID, this.#db.parsers),
      ]),
    );
  }
}

type MessageOf<Name extends keyof typeof protocol.messages> = InstanceType<
  Extract<(typeof protocol.messages)[Name], abstract new (...args: never) => unknown>
>;
const isRow = (message: Messages[number]): message is MessageOf<'DataRowMessage'> =>
  message.name === 'dataRow';
const isComplete = (message: Messages[number]): message is MessageOf<'CommandCompleteMessage'> =>
  message.name === 'commandComplete';
const isColumns = (message: Messages[number]): message is MessageOf<'RowDescriptionMessage'> =>
  message.name === 'rowDescription';
const isParameters = (message: Messages[number]): message is MessageOf<'ParameterDescriptionMessage'> =>
  message.name === 'parameterDescription';
