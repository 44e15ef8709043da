/**
 * The embedded database, asked as a good driver asks a server. PGlite itself sends six messages for each query, one after
 * another, and has it parsed and planned anew; here a statement is prepared once and then takes one message.
 */
import {
  messages,
  parse,
  PGlite,
  protocol,
  type QueryOptions,
  type Results,
  type Transaction,
} from '@electric-sql/pglite';

type Answer = Parameters<typeof parse.parseResults>[0];

interface Statement {
  readonly name: string;
  readonly parameterTypes: readonly number[];
  /** How its rows look, if it has any: told once, and not with each answer. */
  readonly description: Answer;
  uses: number;
}

const { serialize } = protocol;

/** More than the code has; some have a length that depends on what is asked. */
const MOST_STATEMENTS = 200;
/** Then it is planned again: nothing else tells the embedded database that its tables have grown. */
const MOST_USES = 1_000;

/** After so many exchanges its log is looked at, and beyond so many bytes it is let go. */
const LOOK_EACH = 128;
const MOST_LOG_BYTES = 16 * 1_048_576;
const IS_LONG = `select pg_current_wal_lsn() - redo_lsn > ${MOST_LOG_BYTES} as long from pg_control_checkpoint()`;

export class EmbeddedDatabase extends PGlite {
  /** By text, the least recently used first. */
  readonly #statements = new Map<string, Statement>();
  #prepared = 0;
  #exchanges = 0;

  /** No column is an array: to learn of their types is a query at the start, and 300 parsers copied for each answer. */
  override _initArrayTypes(): Promise<void> {
    return Promise.resolve();
  }

  override async query<T>(
    text: string,
    parameters: readonly unknown[] = [],
    options?: QueryOptions,
  ): Promise<Results<T>> {
    await this._checkReady();
    return this._runExclusiveTransaction(() => this.#run<T>(text, parameters, options));
  }

  override transaction<T>(act: (tx: Transaction) => Promise<T>): Promise<T> {
    return super.transaction((tx) =>
      act(
        Object.assign(tx, {
          query: <Row>(text: string, parameters: readonly unknown[] = [], options?: QueryOptions) =>
            this.#run<Row>(text, parameters, options),
        }),
      ),
    );
  }

  #run<T>(text: string, parameters: readonly unknown[], options?: QueryOptions): Promise<Results<T>> {
    return this._runExclusiveQuery(async () => {
      const { name, parameterTypes, description } = await this.#statementOf(text);
      const values = parameters.map((value, at) => this.#asText(value, parameterTypes[at]));
      const answer = await this.#ask(serialize.bind({ statement: name, values }), serialize.execute());
      const [result] = parse.parseResults([...description, ...answer], this.parsers, options);
      return result as Results<T>;
    });
  }

  async #statementOf(text: string): Promise<Statement> {
    const known = this.#statements.get(text);
    this.#statements.delete(text);
    if (known && known.uses < MOST_USES) {
      known.uses += 1;
      this.#statements.set(text, known);
      return known;
    }
    const [oldest] = this.#statements;
    if (known) await this.#forget(known);
    else if (oldest && this.#statements.size >= MOST_STATEMENTS) {
      this.#statements.delete(oldest[0]);
      await this.#forget(oldest[1]);
    }
    const name = `s${(this.#prepared += 1)}`;
    const answer = await this.#ask(serialize.parse({ name, text }), serialize.describe({ type: 'S', name }));
    const statement: Statement = {
      name,
      parameterTypes: parse.parseDescribeStatementResults(answer),
      description: answer.filter((message) => message.name === 'rowDescription'),
      uses: 1,
    };
    this.#statements.set(text, statement);
    return statement;
  }

  async #forget({ name }: Statement): Promise<void> {
    await this.#ask(serialize.close({ type: 'S', name }));
  }

  #asText(value: unknown, type = 0): string | null {
    if (value === null || value === undefined) return null;
    const write = this.serializers[type] ?? String;
    return write(value);
  }

  /**
   * One exchange. Not the raw one: PGlite keeps each of its answers until it is next asked by one of its other ways, here never.
   * @throws messages.DatabaseError
   */
  async #ask(...questions: readonly Uint8Array[]): Promise<Answer> {
    this.#exchanges += 1;
    // Not waited for: when it fails, the next look does it, and until then nothing is lost but room.
    if (this.#exchanges % LOOK_EACH === 0) void this.letGoOfLog().catch(() => undefined);
    const message = Buffer.concat([...questions, serialize.sync()]);
    const answer = await this.execProtocolStream(message, { syncToFs: false, throwOnError: false });
    const fault = answer.find((message) => message instanceof messages.DatabaseError);
    if (fault) throw fault;
    return answer;
  }

  /** A server's checkpoints are made by a process beside it. This one has none, and would keep its log for ever. */
  protected async letGoOfLog(): Promise<void> {
    const { rows } = await this.query<{ readonly long: boolean }>(IS_LONG);
    if (rows[0]?.long) await this.query('checkpoint');
  }
}
