import { Parser } from 'htmlparser2';
import { LONGEST_ADDRESS } from '../../contract/address.js';
import { type WrittenItem, FeedUnreadable } from './feed-item.js';

const ROOTS = new Set(['rss', 'rdf:rdf', 'feed']);
const ITEMS = new Set(['item', 'entry']);
/** What is read of an item. */
const FIELDS = new Set([
  ...['title', 'link', 'guid', 'id', 'pubdate', 'published', 'issued', 'updated', 'modified', 'dc:date'],
  ...['description', 'summary', 'content:encoded', 'content'],
]);
const DEEPEST = 100;
/** Of one field, in characters. */
const LONGEST_FIELD = 20_000;
/** Of one item. */
const MOST_LINKS = 10;
/** How many items are looked through for the newest. */
const MOST_ITEMS = 10_000;

/** Elements of XHTML whose text is not for readers. */
const UNREAD = new Set(['script', 'style']);

/** A field that is being read. */
interface OpenField {
  readonly name: string;
  /** How deep its element lies. */
  readonly depth: number;
  text: string;
  /** How deep an element in it lies whose text is not for readers; null outside of one. */
  unread: number | null;
}

interface OpenItem {
  readonly depth: number;
  readonly base: string;
  readonly about: string | null;
  readonly fields: Map<string, string>;
  readonly links: string[];
  /** RSS has it that an id is an address, unless it says otherwise. */
  isIdAddress: boolean;
}

/**
 * Reads the items of RSS 2 and its forerunners, RSS 1 and Atom out of a text that comes in pieces. A tolerant parser that knows
 * nothing of a document type: it declares no entities, so there is nothing to expand and nothing to fetch. What is half there at
 * the end of a text that breaks off is left out.
 */
export class XmlFeedParser {
  readonly #names = new XmlNames();
  readonly #parser: Parser;
  readonly #items: WrittenItem[] = [];
  #depth = 0;
  #isFeed = false;
  #base: string;
  #item: OpenItem | null = null;
  #field: OpenField | null = null;

  /** @param base the feed's own address, for its `xml:base`. */
  constructor(base: string) {
    this.#base = base;
    this.#parser = new Parser(
      {
        onopentag: (name, attributes) => this.#open(name, attributes),
        onclosetag: () => this.#close(),
        ontext: (text) => this.#add(text),
      },
      { xmlMode: true },
    );
  }

  /** @throws FeedUnreadable for what is no feed, or nested without end */
  write(text: string): void {
    if (!this.isFull) this.#parser.write(text);
  }

  /** It has as many items as are looked through. */
  get isFull(): boolean {
    return this.#items.length >= MOST_ITEMS;
  }

  /** The items that are whole, in the order of the feed. @throws FeedUnreadable for what is no feed */
  get items(): readonly WrittenItem[] {
    if (!this.#isFeed) throw new FeedUnreadable('it is no RSS, Atom or JSON Feed');
    return this.#items;
  }

  #open(tag: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new FeedUnreadable(`it is nested more than ${DEEPEST} deep`);
    this.#names.declare(attributes);
    const name = this.#names.of(tag);
    if (!this.#isFeed) this.#begin(name, attributes);
    else if (this.#item === null) this.#openItem(name, attributes);
    else if (this.#field !== null) this.#openWithin(this.#field, name);
    else if (this.#depth === this.#item.depth + 1) this.#openField(this.#item, name, attributes);
  }

  #begin(root: string | null, attributes: Readonly<Record<string, string>>): void {
    if (root === null || !ROOTS.has(root)) throw new FeedUnreadable('it is no RSS, Atom or JSON Feed');
    this.#isFeed = true;
    this.#base = within(this.#base, attributes['xml:base']);
  }

  #openItem(name: string | null, attributes: Readonly<Record<string, string>>): void {
    if (name === null || !ITEMS.has(name)) return;
    this.#item = {
      depth: this.#depth,
      base: within(this.#base, attributes['xml:base']),
      about: attributes['rdf:about'] ?? null,
      fields: new Map(),
      links: [],
      isIdAddress: true,
    };
  }

  #openField(item: OpenItem, name: string | null, attributes: Readonly<Record<string, string>>): void {
    if (name === null || !FIELDS.has(name)) return;
    this.#field = { name, depth: this.#depth, text: '', unread: null };
    const { href, rel = 'alternate', isPermaLink } = attributes;
    const isLink = name === 'link' && href !== undefined && rel === 'alternate';
    if (isLink && item.links.length < MOST_LINKS) item.links.push(href);
    if (name === 'guid' && isPermaLink === 'false') item.isIdAddress = false;
  }

  #openWithin(field: OpenField, name: string | null): void {
    this.#add(' ');
    if (name !== null && UNREAD.has(name)) field.unread ??= this.#depth;
  }

  #add(text: string): void {
    const field = this.#field;
    if (field && field.unread === null && field.text.length < LONGEST_FIELD)
      field.text += text.slice(0, LONGEST_FIELD);
  }

  #close(): void {
    const [item, field] = [this.#item, this.#field];
    if (item && field?.depth === this.#depth) {
      // The first of a name: of what feeds add, the later ones are for special readers.
      if (field.text.trim() !== '' && !item.fields.has(field.name)) item.fields.set(field.name, field.text);
      this.#field = null;
    } else if (field) {
      if (field.unread === this.#depth) field.unread = null;
      this.#add(' ');
    } else if (item?.depth === this.#depth) {
      if (!this.isFull) this.#items.push(writtenItem(item));
      this.#item = null;
    }
    this.#depth -= 1;
  }
}

function writtenItem({ base, about, fields, links, isIdAddress }: OpenItem): WrittenItem {
  const first = (...names: readonly string[]): string | null =>
    names.map((name) => fields.get(name)?.trim()).find((text) => text !== undefined) ?? null;
  const id = first('guid', 'id') ?? about;
  const found = [...links, first('link'), ...(isIdAddress && isAddress(id) ? [id] : [])];
  return {
    id,
    title: first('title') ?? '',
    summary: first('description', 'summary', 'content:encoded', 'content') ?? '',
    links: found.filter((link) => link !== null).map((link) => absolute(link, base)),
    date: first('pubdate', 'published', 'issued', 'dc:date', 'updated', 'modified'),
  };
}

const isAddress = (text: string | null): boolean => /^https?:/i.test(text ?? '');

const absolute = (link: string, base: string): string =>
  link.trim() !== '' && link.length <= LONGEST_ADDRESS && URL.canParse(link.trim(), base)
    ? new URL(link.trim(), base).href
    : '';

const within = (base: string, change: string | undefined): string =>
  change === undefined ? base : absolute(change, base) || base;

/** What the namespaces of feeds are to us: those of items themselves, Dublin Core's and that of `content:encoded`. */
const NAMESPACES: Readonly<Record<string, string>> = {
  'http://www.w3.org/2005/atom': '',
  'http://purl.org/atom/ns#': '',
  'http://purl.org/rss/1.0/': '',
  'http://my.netscape.com/rdf/simple/0.9/': '',
  'http://backend.userland.com/rss2': '',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf:',
  'http://purl.org/dc/elements/1.1/': 'dc:',
  'http://purl.org/dc/terms/': 'dc:',
  'http://purl.org/rss/1.0/modules/content/': 'content:',
};
const MOST_PREFIXES = 100;

/** The names of elements without what a feed calls its namespaces, so that `<a:entry>` is `entry` and `<media:title>` no title. */
class XmlNames {
  // Feeds that forget to declare them mean these.
  readonly #prefixes = new Map([
    ['atom', ''],
    ['rss', ''],
    ['rdf', 'rdf:'],
    ['dc', 'dc:'],
    ['content', 'content:'],
  ]);

  /** Takes the namespaces that an element declares, for the rest of the document. */
  declare(attributes: Readonly<Record<string, string>>): void {
    for (const [name, uri] of Object.entries(attributes)) {
      const known = name.startsWith('xmlns:') ? NAMESPACES[uri.trim().toLowerCase()] : undefined;
      if (known !== undefined && this.#prefixes.size < MOST_PREFIXES)
        this.#prefixes.set(name.slice(6), known);
    }
  }

  /** In small letters, such as `title`, `dc:date` or `rdf:rdf`; null for what is of a namespace that we don't read. */
  of(name: string): string | null {
    const colon = name.indexOf(':');
    if (colon < 0) return name.toLowerCase();
    const space = this.#prefixes.get(name.slice(0, colon));
    return space === undefined ? null : `${space}${name.slice(colon + 1).toLowerCase()}`;
  }
}
