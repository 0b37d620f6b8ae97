/**
 * General English: what anybody says of anything, in whatever form. Where a question holds such a word and no runbook
 * does, nothing is missing; where one does, the word alone says little. Kept by its stem. Words that name what is done
 * to systems ("restore", "rotate", "drain") and things ("printer") are not among them.
 */
import { plainWords, stemOf } from './words.ts';

const words = `
  able absolute accord account achieve act activity actual address advantage advise affair afford agree aim aimed allow
  along amaze among announce apart appointment appropriate approximate area argue argument around article aspect assume
  assure attention author available aware away
  balance barely base basic bear beat beautiful behalf behaviour below bend benefit beside bet between beyond bite bold
  book bore born borrow bottom bound boy girl brain brave breath bright brilliant broad brother budget build business
  buy bought busy
  calculate call caller campaign capable care career careful careless case category celebrate centre center central
  century ceremony chain challenge chapter character chat cheap cheer chief child children choice circle circumstance
  city claim class classic clever click cloth coach coffee coincidence collect collection colour color combine comfort
  command comment commit communication community compare comparison compete complex concept concentrate conclude
  conclusion condition confident confirm conflict confuse congratulate conscious consequence contact contain content
  contest context contract contrary contrast contribute control convenient conversation convince cook cool corner cost
  count couple courage course cousin craft crash cream creative crew crime crisis crowd cry culture curious custom
  damage dance danger dangerous dare dark date deadline dear death debate decade decent decision deep defend define
  definition degree delight deliberate demand department dependent deserve design desire despite destroy detail
  determine develop development differ difference dinner dip direct direction director dirty disagree disappoint
  disaster discover discuss discussion display distance distinct district doctor document dollar doubt draft drama draw
  dream dress drink drive due duty
  eager ear earn ease east economy edge education effect effective efficient effort electric element elegant embarrass
  emotion emphasis employ employee encourage energy enjoy enormous enough ensure enthusiasm entry envelope environment
  equal equipment escape essential establish estimate euro evidence evil exam excellent except exception excite excuse
  exercise extent external extra extraordinary extreme eye
  face facility factor fail fair faith fake fall familiar family fan far fashion fast fat fate father favour favourite
  feature field figure film firm fit flat flow focus food fool foot football foreign form formal fortunate forward
  found foundation frame free freedom friend fun funny furniture further future
  gain game garden gather gentle gentleman genuine giant gift goal gold government gradual grand grateful grey gray
  greet ground growth guarantee guard guest guy
  habit hair hall handle handy happiness hat head health healthy heart heat heaven height hero hide hidden hill history
  holiday hot hotel household human humour hungry hurry husband
  ideal identical ill illness image imagine immediate impact impress impression improve improvement inch incident
  income increase independent individual industry influence inform information initial innocent inside insist inspire
  instance institution insurance intelligent intend intense intention interest interesting internal interview introduce
  introduction invent invest investigate investment invite involve island item
  joke journey joy judge junior justice
  kid kill kind king kiss kitchen knee knock knowledge
  lady lake land landscape language large latter laugh law lawyer lazy leader leadership league lean legal length
  lesson letter liberal lift light limited lip listen literature living local lonely loose loud luck lucky lunch
  machine magazine mail main maintain majority male female manner map march mark market marriage marry mass master
  material max maximum meal measure media medical medium member memory mental mere metal method middle mild military
  milk min minimum ministry minor mirror mistake mix mixture mobile model modern moral mother motion motivate mountain
  mouse mouth movement movie multiple murder muscle music mutual mystery
  narrow nation national native natural nature neat necessary neck negative neighbour neighbor nervous network news
  newspaper noble noise none normal north nose note notice novel nowhere nuclear nurse
  objective observe obvious occasion occupy offend offense office officer official onto operate operation opinion
  opportunity oppose opposite option orange ordinary organise organize origin original otherwise outcome outside
  overall overcome overview owner
  page pain paint pair panic paper parent park participant participate partner party passage passenger passion patient
  pattern peace penalty peak peer per percent percentage perfect perform performance period permit person personal
  perspective phase phenomenon philosophy physical piano picture pity plain plan plane planet plant plate player
  pleasant please pleasure plenty plus pocket poem poet poetry point police policy polite political politics popular
  population position positive possess possession possibility post potential pour power practical practice praise
  precise predict prefer preference pregnant presence present president press pressure pretty previous pride prime
  principal principle priority prison private prize procedure process produce profession professional professor profit
  program programme progress project promise pronounce proof proper property proportion propose prospect protect
  protest proud provided psychology public publish punish pure purple purpose
  qualify quality quarter quiet
  race radio rain range rapid rate ratio raw react reaction reader reality reason reasonable receive recognise
  recognize record red reduce reduction reflect reform regard region regret regulation reject relation relationship
  relative relax relevant relief religion remark remarkable remind remote rent repeat replace report represent
  republic reputation requirement research reserve resident resist resolve resource respect response responsible
  responsibility rest restaurant restrict reveal revenge review revolution reward rich ride ring rise risk river road
  role romantic roof room rough round routine royal ruin rule
  sad safe safety sake salary sample satisfy scale scary scene scenario school science scientific score scratch screen
  script sea season seat secretary section sector select selection self senior sense sensible sensitive sentence
  separate serious servant session settle severe shadow shake shame shape sharp sheet shelter shift shine shirt shock
  shoe shoot shop shopper shore shot shoulder shower shy sick sight sign signal silent silver sing single sir sister
  size skill skin sky slip smart smile smoke smooth snow social society soft soil soldier solid solution sorry soul
  source south space speaker specific speech speed spirit spite split sport spot spread spring square stable staff
  stage stair standard star station status steady step stick stomach stone story stranger strategy stream street
  strength stress stretch strict strike string stroke strong structure student studio study style subject substance
  succeed success successful suffer sugar suit suitable sum summer sun support suppose surface surprise surprising
  surround surrounding survey suspect sweet swim swing symbol sympathy system
  talent tall target taste tea teach teacher tear technical technique technology telephone television temperature
  temporary tend tendency tension term territory theme theory therefore thick thin threat throat throughout tight till
  title toe tone tongue tool tooth top topic touch tough tour tourist toward towards town trade tradition traditional
  train training transition translate transport trap travel treasure treat tree trend trial trick trip trouble trust
  truth tube tune
  unable uncle unfortunate union unique unit unite universe university unlike unless unlikely upper upset urge used
  useful usual
  valley valuable value variety various vast version versus victim victory video view village violence visible vision
  visit visitor vital voice volume volunteer vote
  wall war warm watch water wave weak wealth weapon wear weather wedding weight welcome west wet wheel white wife wild
  willing win wind window wine wing winter wise witness woman wonder wonderful wood word world worth wound wrap
  yard yellow young youth zero

  acceptable accompany accomplish accuse acknowledge acquire adapt adjust admire admit adopt advance advertise affect
  aid alter amuse analyse analyze annoy anticipate apologise apologize appeal appoint appreciate approach arise arrest
  arrive assess assign assist associate attach attack attend attract avoid awake award bake ban beg belong bind blame
  bless blink boil bounce breathe brush bump burn burst bury capture carry cease charge chase chew clap clarify clear
  climb collapse complete compose concern conduct confess confine confront construct consult convert convey cope correct
  cough crack crawl cross crush cure curl cut cycle dedicate defeat delay deliver deny deserve detect devote differ
  disappear discourage dislike dismiss disturb dive divide donate double drag drift drop drown eliminate emerge emphasise
  enable encounter endure engage enhance enlarge entertain equip evaluate evolve examine exceed exchange exclude exhaust
  exhibit expand explore expose express extend fade fascinate fasten favour fear fetch fire fix flash flee float fold
  force forgive frighten frustrate fulfil fulfill furnish gaze generate giggle glance grab grasp grin grip guide hammer
  hesitate highlight hire hook hop host hug hunt identify illustrate imitate imply impose indicate inherit inquire insert
  inspect instruct insult integrate interact interfere interpret interrupt jail justify kick kneel lean leap lick limit
  link lock melt mount multiply mutter neglect negotiate nod nominate notify object obtain occupy offer open operate
  oppose overlook owe pack park participate paste pat persist persuade phone pile pinch plug point polish pop possess
  pour praise preach precede prescribe preserve presume prevail print proceed prohibit promote prompt propose punch
  pursue puzzle question race react recall reckon recommend reconsider recruit refuse regain regulate relieve rely remain
  remark render repair repeat resemble reside resign restrict retain retire retreat reveal reverse rid rip roar rob roll
  rub rush sacrifice sail satisfy scare scatter scold scratch scream scrub search seize sew shave shelter shiver shrink
  shrug sigh sip slap slide smash sneeze sniff soak sort spare spell spill spin spit spoil spray squash squeeze stain
  stamp stare steer stir strengthen stroll struggle submit suggest summarise supervise supply surrender survive suspect
  suspend swallow swear sweep swell switch tackle tap tease tempt tickle tie tip toss trace trade transfer transform
  trap tremble trust tug tumble twist undergo undertake update urge vanish venture vibrate violate wander warn wash waste
  wave weigh whine whip whisper whistle wipe wrestle yawn yell

  accurate adequate afraid alive alone ancient anxious apparent artificial ashamed asleep automatic awful awkward brief
  calm casual cautious cheerful chronic civil clumsy coherent comfortable comparable compatible competent comprehensive
  concrete consistent continuous conventional cruel crucial daily decisive definite deliberate delicate delicious
  desperate diverse domestic dramatic dull dumb dynamic eager elderly empty endless entire equivalent eventual evident
  explicit faint false famous fatal fierce flexible fond fragile frequent frightened full generous gloomy grave guilty
  handsome harmful harsh helpful helpless hollow honest horrible hostile huge humble identical illegal immense imminent
  incredible inevitable inferior informal intact intimate invisible jealous keen lame legitimate lengthy literal lively
  logical magic magnificent mandatory massive mature mean meaningful miserable mysterious naive nasty naughty numb odd
  optimistic outer overnight painful pale passive peculiar permanent plausible prominent prompt proper pure radical
  reliable reluctant remote ridiculous rigid rude scarce selfish senseless shallow silly simultaneous sincere slender
  sloppy sole sophisticated spare spontaneous stiff straightforward strict stubborn subsequent subtle successive
  sufficient superb superior supreme surplus swift temporary tender tense thorough tidy tragic tremendous trivial ugly
  ultimate uncomfortable underlying unhappy uniform upcoming upright vague valid vicious visual vivid vulnerable weary
  whole widespread worthy
`;

/** Of these, what systems and runbooks are about all the same: they say as much as any other word. */
const kept = `
  account address appointment article attack author balance book bounce budget campaign card chain challenge channel chat claim click
  command commit contract cost crash crew custom delay design disappear doctor document dress drop edge education email
  electric empty enable entry expose exam exhaust film food fire flow football full furniture game gift gold government
  guest hair health hook host hotel image incident increase insurance interview invest island item
  kill king kitchen lawyer letter limit link lock logic lunch magazine mail map market marriage master medical memory
  metal milk mobile model mouse movie murder music network newspaper nurse office page paint paper park passenger
  patient percent performance phone piano picture plan plane plant plate plug police policy poet post power press print prison
  private profession promote protest psychology publish radio rain rate ratio raw red reduce region reject religion
  rent repair replace report reserve restaurant reverse review ring river road roll roof room rule
  safe salary sample scale school science score screen script season seat secretary session shift shirt shoe shop shopper shower
  sign signal sign silver soil soldier space speaker split sport station status stone stream string studio subject sugar suit
  survey suspend swim switch target tax tea teacher telephone television temperature template theme title tooth tour tourist
  trace trade train training transfer translate transport trap travel trial tune union university update upload valid
  version video village visitor voice volume vote wall war warm waste water weapon weather wedding weight wheel window wine
  winter wood yard zero delete deliver double collapse form feature figure history language legal list material media
  member organise origin owner partner penalty permit picture popular position priority process product profit project property public
  quality record research resource reward risk sale section server size skin source staff stage standard strike student
  style symbol ticket tool topic traffic vanish wave phone print object notify expand convert deny detect reset
  till machine lift display direct director customer coach coffee contact content data date deadline client machine
`;

const stems = (text: string): string[] => plainWords(text).map(stemOf);
const keptStems = new Set(stems(kept));
const general: ReadonlySet<string> = new Set(stems(words).filter((stem) => !keptStems.has(stem)));

const english: ReadonlySet<string> = new Set([...stems(words), ...keptStems]);

/** Whether a plain word, in any form, is said of anything. */
export const isGeneral = (word: string): boolean => general.has(stemOf(word));

/** Whether it is English as it stands, and no slip for another word. */
export const isEnglish = (word: string): boolean => english.has(stemOf(word));
