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
