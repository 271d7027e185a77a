/** How readers speak to whoever answers them, by language: the only table to extend for another language. */

type PhraseIntent = 'greeting' | 'who' | 'about' | 'newest';

const list = (words: string): string[] => words.trim().split(/\s+/);
const phrases = (text: string): string[] => text.split('|').map((one) => one.trim());

/** Words by which somebody is greeted, those that are a greeting alone, and those that only stand beside one. */
export const GREETING = {
  hail: list(
    `hi hey hello helo heya hiya howdy hallo moin servus salut bonjour bonsoir coucou hola ciao salve buongiorno olá oi hoi`,
  ),
  core: list(
    `yo grüezi grüß gruss morgen abend tag morning evening afternoon day buenos buenas buonasera goedemorgen goedendag goedenavond`,
  ),
  beside:
    list(`good guten gute gott dich everyone everybody all team folks zusammen allerseits días dia tardes tarde noches noite bom
    boa à tous todos tutti allemaal`),
};

/** The same for thanks. */
export const THANKS = {
  core: list(`thank thanks thx thanx tnx thnx ty tysm cheers danke dankeschön dank merci gracias grazie obrigado obrigada bedankt
    thakns thnaks thansk dnake`),
  beside:
    list(`you u much very lot for that this it helped helps help helpful answer answers tip all everything to great good nice ok
    okay cool perfect awesome vielen vielmals schönen lieben herzlichen für antwort hilfe tipp sehr schön super toll gut dir ihnen
    beaucoup pour réponse bien muchas muchísimas mil por respuesta ayuda molte tante mille per risposta muito pela resposta hartelijk
    veel voor wel je het antwoord`),
};

/** What says that an answer was welcome. */
export const APPROVAL = list(
  `ok okay great good nice cool super perfect awesome lovely brilliant toll prima klasse gut verstanden perfecto parfait perfetto`,
);

/** Words without which a phrase says the same. */
export const FILLERS =
  list(`the a an your so well usually mostly actually really just again there exactly please btw der die das dein deine ihre deinen
  deiner mal denn eigentlich bitte also el la tu tus por favor un una le les ton ta tes il tuo tua lo o seu teu de een`);

/** Words that mean the same in a phrase. */
export const SYNONYMS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['what is', 'whats wats'],
    ['who is', 'whos'],
    ['how is', 'hows'],
    ['you', 'u ya'],
    ['things', 'stuff'],
    ['are', 'r'],
    [
      'post',
      'posts article articles piece story beitrag beiträge artikel publicación articolo artigo bericht',
    ],
    [
      'newest',
      'latest last recent neuester neueste neuesten neustes neuestes letzter letzte letzten aktuellster aktuelle',
    ],
    ['newest', 'último última dernier dernière ultimo ultima laatste nieuwste'],
    ['bot', 'robot chatbot ai ki machine human mensch maschine person humano humain ia umano'],
  ].flatMap(([meaning = '', words = '']) => list(words).map((word) => [word, meaning])),
);

export const PHRASES: Readonly<Record<string, Readonly<Partial<Record<PhraseIntent, string[]>>>>> = {
  en: {
    greeting:
      phrases(`how are you | how are you doing | how is it going | how are things | how do you do | what is up | nice to meet you |
      anybody here`),
    who: phrases(`who are you | who is this account | who am i talking to | who am i speaking to | who do i talk to | who is behind this |
      who runs this | who writes this | who writes here | what are you | are you a bot | are you a real bot | are you real |
      are you a bot or a bot | are you a real bot or a bot | is this a bot | am i talking to a bot | introduce yourself |
      tell me about yourself | what is your name | what do you call yourself`),
    about:
      phrases(`what do you write about | what do you post about | what do you post | what do you talk about | what do you write |
      what do you cover | what are your topics | what topics do you cover | which topics do you cover | what are your posts about |
      what kind of things do you write about | what kind of things can i ask you about | what have you written about | what did you write about | what is this account about | what is this blog about |
      what can i ask | what can i ask you | what can i ask you about | what should i ask | what should i ask you | what can you do |
      what can you tell me | what do you know | what do you know about | what do you do | help | topics`),
    newest:
      phrases(`newest post | your most newest post | what is your newest post | what is the most newest post | what was your newest post |
      what is newest | what is your newest | what is new | anything new | any news | what did you write newest | what did you post newest | what did you publish newest | what is newest one |
      what have you written lately | what did you publish lately | show me your newest post | what is your newest post about`),
  },
  de: {
    greeting: phrases(`wie geht es | wie gehts | wie geht es dir | wie geht es ihnen | alles klar`),
    who: phrases(`wer bist du | wer sind sie | was bist du | mit wem spreche ich | mit wem rede ich | mit wem schreibe ich | bist du ein bot |
      bist du echt | bist du ein echter bot | bist du ein bot oder ein bot | wie heißt du | stell dich vor | erzähl von dir |
      wer schreibt hier | wer steckt dahinter`),
    about:
      phrases(`worüber schreibst du | worueber schreibst du | über was schreibst du | worüber schreiben sie | was schreibst du |
      worüber schreibt ihr | wovon schreibst du | was sind deine themen | welche themen hast du | was für themen hast du | was kann ich dich fragen |
      was kann ich fragen | was kannst du | was machst du | was weißt du | worum geht es hier | hilfe | themen`),
    newest:
      phrases(`was ist dein newest post | welcher ist dein newest post | wie heißt dein newest post | was gibt es neues | was gibts neues |
      was ist neu | gibt es was neues | gibts was neues | was hast du zuletzt geschrieben | worum geht es in deinem newest post |
      zeig mir deinen newest post`),
  },
  es: {
    greeting: phrases(`qué tal | cómo estás | cómo está`),
    who: phrases(`quién eres | quién es usted | eres un bot | cómo te llamas`),
    about: phrases(
      `sobre qué escribes | de qué escribes | qué escribes | de qué hablas | qué puedo preguntar | qué puedo preguntarte`,
    ),
    newest: phrases(`qué hay de nuevo | cuál es tu newest post | qué es lo newest`),
  },
  fr: {
    greeting: phrases(`ça va | comment ça va | comment vas tu | comment allez vous`),
    who: phrases(`qui es tu | tu es qui | t es qui | qui êtes vous | es tu un bot | comment tu t appelles`),
    about: phrases(
      `de quoi parles tu | de quoi tu parles | sur quoi écris tu | tu écris sur quoi | que puis je te demander`,
    ),
    newest: phrases(`quoi de neuf | quel est ton newest post | c est quoi ton newest post`),
  },
  it: {
    greeting: phrases(`come stai | come va`),
    who: phrases(`chi sei | sei un bot | come ti chiami`),
    about: phrases(`di cosa scrivi | di cosa parli | cosa posso chiedere | cosa posso chiederti`),
    newest: phrases(`cosa c è di nuovo | novità | qual è il tuo newest post`),
  },
  nl: {
    greeting: phrases(`hoe gaat het | hoe is het | alles goed`),
    who: phrases(`wie ben je | wie bent u | ben je een bot | hoe heet je`),
    about: phrases(`waar schrijf je over | waarover schrijf je | wat kan ik vragen | wat kan ik je vragen`),
    newest: phrases(`wat is er nieuw | wat is je newest post | wat is nieuw`),
  },
  pt: {
    greeting: phrases(`tudo bem | como vai | como está`),
    who: phrases(`quem és tu | quem é você | você é um bot | como te chamas`),
    about: phrases(`sobre o que escreves | sobre o que você escreve | o que posso perguntar`),
    newest: phrases(`o que há de novo | qual é o teu newest post`),
  },
};
