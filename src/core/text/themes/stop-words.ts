/**
 * Words that say nothing about a subject: function words of seven languages, and what people write to any support
 * team. Other languages lean on the weights alone, which are small for words that most tickets hold.
 */
const lists = [
  // English
  `a about above across after again against all also although always am an and another any anyone anything are
   around as at away be because been before behind being below between beyond both but by can can't cannot could
   couldn't did didn't do does doesn't doing don't during each either else even ever every few for from get gets
   getting give go going got had has hasn't have haven't having he her here him his how however i i'd i'll i'm i've
   if im in instead into is isn't it it's its ive just keep keeps know least less let like lot made make makes many
   maybe me might more most much must my myself need neither never no nobody none not nothing now of off ok on once
   one only or other others our out over own per perhaps quite rather really same say says see seems several shall
   she should since so some someone something still such tell than that that's the their them then there there's
   these they thing things this those though through to together too toward tried try trying under until up upon us
   use using very want was wasn't way we we're we've well were what what's when where whether which while who whole
   why will with within without won't would wouldn't yes yet you you're your yours`,
  // any mail to support
  `advise appreciate asap assist assistance back best check checking could customer dear hello help helping hey hi
   hope hoping idea issue kind kindly last look looking morning please pls problem question quick quickly regards
   since soon sorry support team thank thanks thx today tomorrow urgent urgently week wondering work working works
   yesterday`,
  // German
  `aber alle als am an auch auf aus bei bin bis bitte da danke das dass dem den der des die dies diese doch du ein
   eine einem einen einer es für guten habe haben hat hilfe ich ihr ihre im in ist ja kann kein keine könnte leider
   man mehr mein meine mich mir mit nach nicht noch nur oder schon sehr sich sie sind so um und uns unser unsere
   vielen von vor war was wenn wer wie wieder wir wird wo zu zum zur über`,
  // French
  `ai au aux avec avez avoir bonjour c'est ce cela ces cette comme comment dans de des du elle en est et faire il
   ils j'ai je la le les leur ma mais me merci mes mon n'est ne nos notre nous on ou où par pas plus pour pourquoi
   qu qu'il quand que qui sa sans se ses si son sont suis sur tout très un une vos votre vous être`,
  // Spanish
  `a al algo aquí así como con cuando cómo de del desde donde el ella en es esta estamos este esto estoy está favor
   fue gracias ha hace hacer hay he hola la las le lo los me mi mis mucho muy más no nos nuestra nuestro o para
   pero por porque puedo que quiero qué se ser si sin sobre son su sus sí también tengo un una y ya yo`,
  // Italian
  `a al alla anche che ci ciao come con cosa da dal dei del della di e ed gli grazie ha ho i il in io la le lo ma
   mi mia mio nel nella non o per perché più quando questo se si sono su un una vi è`,
  // Portuguese
  `a ao as com como da das de do dos e ela ele em estou está eu foi isso já mais mas me meu minha muito na nas no
   nos não o obrigado olá os ou para pela pelo por que se sem ser seu sua são também tem tenho um uma você é`,
  // Dutch
  `aan al als ben bij dan dat de der die dit doen door dus een en er geen graag had hallo heb hebben heeft het hier
   hoe ik in is ja je kan kunnen maar me meer met mij mijn naar niet nog nu of om ons onze ook op over te tot u uit
   van veel voor wat we wel wij wordt zijn zo`,
];

const STOP_WORDS: ReadonlySet<string> = new Set(lists.flatMap((list) => list.trim().split(/\s+/)));

export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);
