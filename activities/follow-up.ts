import { plainWords } from './plain-words.js';

/** How a question leans on the answer before: it has no subject of its own (`whole`), or one besides (`part`). */
export type FollowUp = 'whole' | 'part';

const MOST_WORDS = 9;
/** A question of so few words says too little by itself. */
const FEW_WORDS = 3;

const words = (text: string): ReadonlySet<string> => new Set(plainWords(text));

/** Words that point at what was said, in English, German, French, Spanish, Italian, Portuguese and Dutch. */
const POINTING =
  words(`this that it its these those they them he she him her there das dies diese dieser dieses es dazu davon darüber darum
  dafür dabei damit cela ça ce eso esto esa este questo quello ciò isso isto dat dit ervan`);

/** Words that carry a question on. */
const CARRYING = words('and but so also und aber et mais y pero e ma mas en maar');

/** Words of a question that are no subject: what, how and whether is asked, and of whom. */
const ASKING =
  words(`why how what when where who whom whose which is are was were be been am do does did has have had can could will would
  should may might tell say said show explain describe elaborate expand go continue more further much many long far often happen
  happened happens mean meant know think give get i me my you your we us of about for from to in on at by with the a an any some one bit
  little really true sure else example examples detail details exactly please though tho then again not no yes if or ok
  interesting interessant spannend wow hm oh aha cool great nice thanks danke
  warum wieso weshalb was wann wo wer wen wem wie welche welcher welches ist war sind waren hat habt hast haben hatte kann kannst können
  könntest wird wurde werden passiert passierte geschehen heißt bedeutet meinst meinen sag sagen sagst erzähl erzähle erzählen erklär
  erkläre erklären erklärst weiter mehr genauer genau viel lange oft wirklich wahr stimmt beispiel nochmal noch mal bitte denn dann
  eigentlich auch du ich mir mich sie er wir der die den dem ein eine einen etwas was von zu im am in mit bei um für nicht nein ja oder da
  pourquoi quoi quand où qui comment quel quelle quels est était sont c s t plus encore dis moi explique peux tu vous je vrai vraiment
  exemple détails le la les l de du des un une en savoir sur a à par
  por qué cuándo dónde quién cómo cuál fue era son es más cuéntame dime explica explícame verdad ejemplo un una el los lo poco sobre me puedes
  perché cosa quando dove chi come quale fu più dimmi spiega vero esempio di il
  porquê onde quem qual foi mais conta explica verdade exemplo o os
  waarom wat wanneer waar wie hoe welke meer vertel leg uit over echt voorbeeld je het van te bedoel`);

/** Whether a question leans on the answer before it; null for one that stands by itself. */
export function followUpIn(question: string): FollowUp | null {
  const said = plainWords(question);
  if (said.length === 0 || said.length > MOST_WORDS) return null;
  const isBare = said.every((word) => POINTING.has(word) || CARRYING.has(word) || ASKING.has(word));
  if (isBare) return 'whole';
  const points = said.some((word) => POINTING.has(word)) || CARRYING.has(said[0]!);
  return points || said.length <= FEW_WORDS ? 'part' : null;
}
