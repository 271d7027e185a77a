/** Scripts that put no space between words; two characters of one stand for a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+/gu;

/** The runs of such characters in a text. */
export const unspacedIn = (text: string): string[] => text.match(UNSPACED) ?? [];

/** The rest of the text, with a space for each run. */
export const spacedIn = (text: string): string => text.replace(UNSPACED, ' ');

/** What stands for the words of a run of such characters: each two neighbors; the only one, where there is one. */
export function pairsOf(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

/**
 * Words that say little by themselves, in the languages that most accounts write. In a language that is not here all words
 * count, which makes `landsOn` a little stricter.
 */
const WORDS: Readonly<Record<string, string>> = {
  en: `a about after all also am an and any are as at be because been before being but by can cannot could did do does
    doing don done down each else ever every for from get gets go goes got had has have he her here hers him his how i if
    in into is isn it its itself just let like made make makes many may me might more most much must my never no nor not
    now of off on once one only or other our out over own same she should so some such than that the their them then
    there these they thing things this those through to too under until up upon us very was we were what when where which
    while who whom whose why will with without won would yet you your yours`,
  de: `aber alle als am an auch auf aus bei bin bis bist da das dass dein dem den denn der des dich die dies diese dieser
    dieses doch du ein eine einem einen einer eines er es euch für hat habe haben ich ihr im in ist ja jede jeder jedes
    kann kein keine man mehr mein mich mit nach nicht nichts noch nur ob oder ohne sein seine sich sie sind so über um und
    uns unser vom von vor war was wenn wer werden wie wir wird wo zu zum zur`,
  fr: `à au aux avec ce ces cet cette ceux comme dans de des du elle elles en est et eux il ils je la le les leur leurs lui
    mais me même mes moi mon ne nos notre nous on ont ou où par pas plus pour qu que quand qui sa sans se ses si son sont
    sur ta te tes toi ton tu un une vos votre vous y`,
  es: `a al algo ante con como cuando de del desde donde e el ella ellas ellos en entre era es esa ese eso esta está este
    esto fue ha hay la las le les lo los más me mi muy nada ni no nos o para pero por porque que qué se ser si sí sin
    sobre son su sus también te tiene todo tu tus un una uno unos y ya yo`,
  it: `a ai al alla anche che chi ci come con cui da dal dalla dei del della delle di e è ed era gli ha ho i il in io la le
    lo loro ma mi nei nel nella noi non nostro o per perché più quando quel quella questo se sei si solo sono su sua suo
    ti tra tu un una uno vi`,
  pt: `a ao aos as até com como da das de do dos e é ela elas ele eles em entre era essa esse esta está este eu foi há isso
    isto já lhe mais mas me mesmo meu muito na nas nem no nos não o os ou para pela pelo por quando que quem se sem ser
    seu só sua são também te tem um uma você`,
  nl: `aan al als bij dan dat de den der die dit door een en er geen haar heb heeft het hij hoe ik in is je jij kan maar
    meer men met mij mijn na naar niet niets nog nu of om omdat ons ook op over te toch tot u uit van veel voor waar was
    wat we wel wie wij worden ze zich zij zijn zo`,
  pl: `a ale ani bez być był była było co czy dla do go i ich im in ja jak jako je jego jej jest już kto która które który
    ma mi mnie na nad nas nie nim o od on ona ono oraz po pod przez się są ta tak tam te tego tej ten to tu tylko ty w we
    z za ze że`,
};

export const STOP_WORDS: ReadonlySet<string> = new Set(
  Object.values(WORDS).flatMap((words) => words.split(/\s+/)),
);

/** The share of the button's words that the paragraph must say; `lands-on.test.ts` measures it. */
const ENOUGH = 0.6;
/** A thought that the button says in one sentence may take the piece a few. */
const MORE_SENTENCES = 2;

/**
 * Whether a paragraph says the button, the closing line that the plan gave the piece, in its own words or more: most of the
 * words that carry the button's meaning stand close together in it, in any order and in any form ("bills", "billed").
 * Words are all that it sees: who says the same in quite other words does not land by it.
 */
export function landsOn(paragraph: string, button: string): boolean {
  const wanted = meaningOf(button);
  if (wanted.length === 0) return true;
  const span = sentencesOf(button).length + MORE_SENTENCES;
  const sentences = sentencesOf(paragraph).map(wordsIn);
  return sentences.some((_, start) => {
    const said = sentences.slice(start, start + span).flat();
    return wanted.filter((word) => said.some((other) => isSameWord(word, other))).length >= needed(wanted);
  });
}

/** Of one or two words all must be said: half of them is the topic, not the thought. */
const needed = ({ length }: readonly string[]): number => (length <= 2 ? length : Math.ceil(length * ENOUGH));

/** The words that carry a meaning, each once; all words where none does ("It is what it is."). */
function meaningOf(text: string): string[] {
  const words = wordsIn(text);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return [...new Set(telling.length > 0 ? telling : words)];
}

const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[.!?…。！？])["'’”»)\]]*(?:\s+|(?<=[。！？]))|\n+/u).filter((part) => part.trim() !== '');

/** Lower case, without accents and apostrophes: "isn’t" is the two words "isn" and "t", of which one has meaning. */
function wordsIn(text: string): string[] {
  const even = text.normalize('NFKC').toLowerCase();
  const pairs = unspacedIn(even).flatMap(pairsOf);
  const spaced = spacedIn(even).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...spaced.filter((word) => word.length > 1 || /\p{N}/u.test(word)), ...pairs];
}

/** The letters in which two forms of a word must agree, at the least, and the share of the longer one. */
const STEM = 4;
const STEM_SHARE = 0.6;

/** Two forms of one word begin alike: price, prices, pricing. A short word has no forms. */
function isSameWord(one: string, other: string): boolean {
  if (one === other) return true;
  const shortest = Math.min(one.length, other.length);
  const longest = Math.max(one.length, other.length);
  let same = 0;
  while (same < shortest && one[same] === other[same]) same += 1;
  // A plural or an ending of a word of three letters: bill, bills; tax, taxes.
  if (same === shortest && shortest >= 3 && longest - shortest <= 2) return true;
  return same >= STEM && same >= longest * STEM_SHARE;
}
