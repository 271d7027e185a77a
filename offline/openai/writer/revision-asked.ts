/** A version that an editor has read, and what they ask for. */
export interface RevisionAsked {
  readonly note: string;
  readonly title: string;
  /** Null for a format without an article. */
  readonly body: string | null;
  readonly caption: string;
  readonly hashtags: readonly string[];
}

const ASKED =
  /<version>\n([\s\S]+)\n<\/version>\s+The editor asks for this change[^\n]*\n([\s\S]+?)(?=\n\nThere was a problem with the last draft|\n\nAnswer with the JSON object alone|$)/;

/** What a prompt wants revised; null for a first draft. */
export function revisionAskedIn(prompt: string): RevisionAsked | null {
  const [, version, note] = ASKED.exec(prompt) ?? [];
  if (version === undefined || note === undefined) return null;
  const titleEnd = `${version}\n`.indexOf('\n');
  const title = version.slice(0, titleEnd).replace(/^Title: /, '');
  const rest = version.slice(titleEnd);
  const captionAt = rest.lastIndexOf('\n\nCaption: ');
  const hashtagsAt = rest.lastIndexOf('\n\nHashtags: ');
  if (captionAt < 0 || hashtagsAt < captionAt) return null;
  const [hashtags = ''] = rest.slice(hashtagsAt + '\n\nHashtags: '.length).split('\n');
  const body = rest.slice(0, captionAt).trim();
  return {
    note: note.trim(),
    title,
    body: body === '' ? null : body,
    caption: rest.slice(captionAt + '\n\nCaption: '.length, hashtagsAt).trim(),
    hashtags: hashtags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  };
}
