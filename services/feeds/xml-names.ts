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
export class XmlNames {
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
