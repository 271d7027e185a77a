import type { Costs, SlotList } from '../../contract/lists.js';
import type { SlotFilter } from '../lists.js';
import { HttpBatches } from './batches.js';
import { HttpChats } from './chats.js';
import { HttpPosts } from './posts.js';
import { askDesk, deskAt, type Ask } from './request.js';
import type { CostKey } from '../../contract/money/charge.js';

/** An account, as its file at the desk has it. */
export interface HttpAccount {
  readonly handle: string;
  /** Null while its file was never read without a problem. */
  readonly name: string | null;
  readonly planners: readonly { readonly name: string; readonly covers: string }[];
  readonly formats: readonly string[];
  readonly targets: readonly string[];
  readonly problems: readonly { readonly line: number; readonly field: string; readonly message: string }[];
}

/**
 * Copydesk over its desk's HTTP API: for a program that reaches the desk and not Temporal.
 *
 * @example
 * const copydesk = await CopydeskHttp.connect({ url: 'https://desk.example', token });
 * for (const post of (await copydesk.posts.list({ waiting: true })).posts) console.log(post.title);
 */
export class CopydeskHttp {
  readonly posts: HttpPosts;
  readonly batches: HttpBatches;
  readonly chats: HttpChats;
  readonly #ask: Ask;

  private constructor(ask: Ask) {
    this.#ask = ask;
    this.posts = new HttpPosts(ask);
    this.batches = new HttpBatches(ask);
    this.chats = new HttpChats(ask);
  }

  /**
   * Asks once, so that an address or token that is wrong fails here. Nothing stays open.
   *
   * @param options.token the desk's, or a person's own
   * @throws DeskError when no desk answers there, or refuses the token
   */
  static async connect({ url, token }: { url: string; token: string }): Promise<CopydeskHttp> {
    const copydesk = new CopydeskHttp(askDesk(deskAt(url, token)));
    await copydesk.posts.list({ limit: 1 });
    return copydesk;
  }

  /** What was paid; `by` is `day` when left out. @throws UsageError */
  costs(filter: { readonly by?: CostKey; readonly since?: string } = {}): Promise<Costs> {
    return this.#ask.get('/api/costs', filter);
  }

  /** An account's slots to come, and which post goes out at each. @throws DeskRefusal with status 404 for an unknown account */
  slots(account: string, filter: SlotFilter = {}): Promise<SlotList> {
    return this.#ask.get('/api/slots', { account, ...filter });
  }

  /** Every account file of the desk, problems and all. */
  async accounts(): Promise<readonly HttpAccount[]> {
    const { accounts } = await this.#ask.get<{ accounts: HttpAccount[] }>('/api/accounts');
    return accounts;
  }
}
