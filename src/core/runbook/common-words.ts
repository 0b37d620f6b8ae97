/**
 * Words that name no subject. Who asks says "suddenly", "eating" or "on a Sunday" where no runbook does: that must not
 * count as something that nobody wrote of. What is done to systems ("rotate", "restore", "purge") is not among them.
 */
import { plainWords } from './words.ts';

const wordSet = (words: string): ReadonlySet<string> => new Set(plainWords(words));

/** Question words, particles, politeness: in every question, and about nothing. */
export const EMPTY_WORDS = wordSet(`
  a about all an and any anybody anyone are as at be because been being but by can cant could did do does doing dont
  doesnt for from get gets getting go goes going gone got had has have having he her here him his how i if im in instead
  into is isnt it its just keep keeps let lets like make makes many me might more most much must my need new no not now
  of off on one only or our out over please pls runbook playbook procedure instructions guide docs she should show since
  so some somebody someone step steps such super tell than that the their them then there they thing things this those
  through time to too tried under until up upon us very want wants was we well were what whats when where which while
  who why will with would yet you your today tomorrow everything say says said told whose last first right really still
  bot few lot lots ever never every nobody everyone everybody way ppl asap whom wasnt werent isnt arent didnt doesnt havent
  hasnt hadnt wont wouldnt shouldnt couldnt aint theyre youre weve ive im ill also too very such own yet else elsewhere
  http https www com org net cannot may might shall meg gig mb gb anymore both either neither each rather quite than thus hence whether while whatever whoever however hey hi hello thx
  thanks thank omg wtf btw fyi idk imo etc via per

  seit ist sind nicht kein keine der das den dem ein eine einen und oder wie wo wer warum da bei mit auf fur zu wir ich
  tun jetzt bitte nach von vom beim haben kann noch alle alles ganz`);

/** What is said of any trouble, of anybody, of any time and of any manner. */
export const COMMON_WORDS = wordSet(`
  account accounts app application broken break breaks check client clients customer customers deal error errors fail
  failed failing fails failure fix fixed fixing handle happen happened happening happens issue issues people person
  problem problems service spike spiking system team trouble use used user users using work worked working works wrong
  server

  afternoon afterwards again ago april august before after daily day days december during evening february friday hour
  hours january july june lately march may midnight minute minutes monday month monthly months moment morning night
  nightly noon november october often once overnight recently saturday second seconds september soon sunday thursday
  tuesday wednesday week weekly weeks year years yesterday min mins sec hrs hr stunde stunden minuten tage heute gestern

  accept allow answer appear appears ask asked asking asks attempt attempts become becomes begin begins behave believe
  bring bringing came care cause causes choose come comes coming complain complaining complains consider continue count
  counts create decide depend describe eat eating eats enter exist expect explain explode fall falls feel follow forget
  forgot find finds found give given gives grab guess hate hear help hit hits hitting hold hope include involve join jump
  kick know known learn leave leaves left lie live look looking looks looked love manage mean means meet mention mind
  notice noticed occur occurs offer own pass pick play prepare proceed produce provide put puts read reads realise
  recommend refer relate remain remember require requires return returned returns run running runs see seeing seen seem
  seems serve set ship shipped sit solve speak spend stand start started starts stay stays steal stolen suggest
  suppose take takes taken talk tells think thought throw throwing throws touch treat trigger try trying turn turned
  turns type typed typing understand visit wait waits waiting wake walk wanted warn wish wonder worry went write

  show shown showing shows send sending sends sent match matches

  high higher visible partner advise concern concerned able actual additional available aware bad best better busy certain common complete constant correct crazy critical
  current different difficult easy entire exact final fine former fresh general good great happy hard heavy important
  impossible incorrect likely little long low main major minor nice normal obvious odd ok old ordinary particular past
  perfect permanent poor possible potential previous proper quick random rare ready real recent regular related same
  serious several severe short significant similar simple single slight small special specific strange sudden sure
  temporary terrible tiny total true typical unable unclear unexpected unknown unusual urgent useful usual various weird
  whole wide worse worst

  colleague colleagues guys folks team mate somebody bunch thanks advice idea ideas clue tip tips answer answers chance
  longer shorter earlier later sooner faster slower quickest fastest easiest biggest largest smallest latest newest
  oldest nearest cheapest bigger larger smaller higher lower deeper

  add added adding adds apply applied arrange avoid blame blow blows blew bother buzz calm carry catch caught cheat
  clean climb climbs climbing close closed cover crawl cut cuts die died dies dying dig drag drown drowning dump edit
  edited end ended ending ends explode exploded fear fetch fight fill finish finished fly freak grant grow guilty hang
  happen hurt ignore ignored keeping kept lack lacking lay lead led lend let lift list load lose lost mess messed move
  moved moving name named obey obtain overnight pause perform permit poke pop popped pretend prevent promise prove pull
  pulled quit raise reach reached react refuse refused reply replied respond responded responding result save saved
  saying scream screaming seek share shout sink sits sitting skip sleep smell sound split stare state store
  stored struggle struggling suffer suffering supply support survive swallow tend threaten threatens threatening tick
  total track travel turn twist unite use vary view warning wish wonder
  accidentally actively automatically badly clearly directly entirely equally extremely gradually heavily honestly
  individually instead manually originally perfectly permanently personally publicly purely really recently regularly
  roughly sadly seriously seemingly severely shortly simply somehow sometime sometimes somewhere somewhat still strictly
  super surely therefore together truly usually worldwide yesterdays todays tonight weekday weekdays anytime meanwhile
  ages age quarter decade
  disaster nightmare mess chaos panic hell damn crap shit fuck fucking bloody stupid silly dumb awful horrible ugly
  angry annoyed annoying confused desperate furious scared upset worried worrying unhappy tired impatient
  big tiny giant massive enormous endless numerous countless tons loads plenty dozens hundreds thousands millions
  only even ever maybe perhaps indeed else
  boss manager intern newbie expert engineer engineers developer developers dev devs ops admin admins support sales
 management department company business firm organisation organization
  buyer buyers shopper shoppers merchant merchants cashier cashiers doctor doctors patient patients visitor guest guests
  tenant integration integrations partner partners rings ringing pushed pushing fires firing
  prod production live staging environment env

  one two three four five six seven eight nine ten twenty thirty fifty hundred thousand million dozen although though
  almost already anyway apparently barely basically between carefully completely constantly correctly currently
  definitely easily especially eventually exactly finally forever frequently fully generally hardly immediately
  incorrectly instantly literally mainly mostly nearly normally occasionally possibly previously probably properly
  quickly quietly randomly rapidly rarely repeatedly slightly slowly sometimes straight strangely suddenly temporarily
  totally typically unexpectedly usually without within

  amount back bit bunch case chance downtime example fact guy half idea kind matter middle part piece place point
  question reason roof side situation sort stuff stuck two words world huge`);
