/** Where a picture or clip comes from, as it says itself wherever it goes. */
export interface Provenance {
  readonly postId: string;
  /** The model that made it, by its provider's name. */
  readonly model: string;
}

/** IPTC's word for what a model made that was trained on the works of people. */
const MADE_BY_A_MODEL = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

/**
 * The XMP of what a model made: `DigitalSourceType` and `AISystemUsed` of the IPTC Photo Metadata Standard 2025.1, and the post's id as
 * the identifier of Dublin Core. The same for the same picture, so that storing it twice stores the same bytes.
 */
export function provenanceXmp({ postId, model }: Provenance): string {
  const properties = {
    'Iptc4xmpExt:DigitalSourceType': MADE_BY_A_MODEL,
    'Iptc4xmpExt:AISystemUsed': model,
    'dc:identifier': postId,
    'xmp:CreatorTool': 'Copydesk',
  };
  const written = Object.entries(properties).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about=""${NAMESPACES}${written.join('')}/>`,
    '</rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('\n');
}

const NAMESPACES = [
  ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"',
  ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
  ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
].join('');

/** Characters that XML can't hold, as little as a model's name should, go. */
const escaped = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- those that XML 1.0 forbids
    .replace(/[\u0000-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
