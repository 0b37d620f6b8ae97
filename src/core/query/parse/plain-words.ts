/** Everyday words that questions are made of: never taken for a typing error of something we know. */
export const PLAIN_WORDS: ReadonlySet<string> = new Set(
  `attention intention mention tension pension stake bank banks male female males females mate rule rules role roles gender color colour
  colours colors star stars sign signs moon sun shape shapes pace space spaces race trace traces place
  control track sale target targets goal goals budget purpose schedule excl incl vat satisfied actives hundred thousand million launch launched launching season outage outages holiday lunch dinner breakfast summer winter spring autumn
  random bots bot spam internal external wide wise shoe hair eye eyes brand brands taste
  a about above across active actually after again against all also always am amount an and another any anyone anything
  app apps are area around as ask at away back bad badly be became because been before began behind being below best
  better between big bigger biggest board both bottom break breakdown broke broken build but by call called came can
  cant cause caused causes causing chance change changed changes chart check code come comes common company compare
  compared comparison complain complaining could count cut daily data date day days decline declined decrease details
  did didnt different do does doing dont done down drive driven drives driving drop dropped dropping due during each
  early either else end ends enough even ever every everybody everyone everything example examples except explain far
  fast faster fastest few fewer fewest figure figures find first fix fixed flow following for found four fresh from full
  gave get gets getting give given gives go goes going good got graph great group grouped grew grow growing grown
  guess had half happen happened happening happens hard has hasnt have having he hello help here hey hi high higher
  highest hit hits hour hourly hours how however hurt hurting i if im important improve improved improving in incident
  incidents include including increase increased increasing instead into is isnt issue issues it items its itself
  january february march april may june july august september october november december job jump jumped just keep kind
  know large largest last late lately later latest least left less let level like likely limit line list little live
  long longer look looking looks lose lost lot low lower lowest made main make makes making many matter matters me mean
  median mention minute minutes mobile moment monday tuesday wednesday thursday friday saturday sunday money month
  monthly months more most mostly move moved much must my name named names near need needs never new newest next nice
  night no none normal not nothing now number numbers of off often ok okay old on once one ones only onto open opened or
  other others our out over overall own part past pay paying people per percent percentage perhaps period place please
  plot pls point points popular possible present previous prior problem problems product put quarter quarterly question
  questions quick quickly quite ranked ranking rate rates rather read reading real really reason reasons recent recently
  related report result results right rise risen rising root rose run running said same saw say saying says second
  seconds see seem seems seen send sent set seven several share she should show showed showing shown shows side since
  single six small smallest so some somebody someone something soon sorted sort spike spiked split start started starting
  state stay stayed still stop stopped such sum summary sure take taken takes talk team tell ten than thank thanks that
  thats the their them then there these they thing things think this those though three through time times to today
  together told tomorrow too took top total totals toward trend trended trending trends tried try turn two type types
  under understand unique until up upon us use used useful using usual usually value values versus very via vs want
  wanted wants was wasnt way ways we week weekend weekly weeks well went were what whats when where whether which while
  who whole whom whose why will wish with within without wont work worked working world worse worst would year yearly
  years yes yesterday yet you your yours zero average avg mean max min hello morning evening afternoon tonight hope
  wondering curious detail happy believe hear hearing heard feel feels write writes writing wrote shoot shot fell fall
  fallen falls climb climbed climbing slower slow slowest slowly worried dipped dip lift lifted surge surged crash hurts
  blame behave behaving looks affected affecting affect impact impacted impacting experience experienced suffer suffered
  combined together excluding exclude apart rank order sorted descending ascending highest quote quotes sample samples
  verbatim specific exact exactly certain particular respectively versus compare comparing contrast against per across love loved lose loving fraction function functions phone phones copy copied ago develop developed sheet hand boss manager
  colleague colleagues team teams desk desks notes friend client present presenting presented prepare prepared review reviews
  deck slide slides sheet numbers story stories happens weird strange odd crazy insane huge tiny massive slight slightly
  please kindly thank appreciate appreciated favour favor promise idea ideas clue hint guess sense believe thought think
  thinking feel feeling felt concern concerned worried worry urgent urgently asap soon quick rough roughly approximately about
  around exactly precise precisely total totals grand whole entire complete overall average typical normal usual unusual
  relative absolute difference differences gap gaps delta variation increase decrease growth decline drops rises falls dips
  jumps peaks peak peaked bottomed lowest highs lows record records best worst good bad fine great poor awful terrible
  horrible broken breaks breaking break fails failing failed failure succeed succeeded success works working worked run
  runs stuck stalled frozen freeze freezes crash load loads loaded loading loses losing lost leave leaves leaving left gone
  stay stays staying return returns returned came come join joined joins signing register registered active inactive idle
  sleeping busy quiet calm normal stable unstable healthy sick fire fires burn burning smoke heat hot cold warm cool
  morning noon evening night midnight weekday weekdays holiday holidays christmas easter black friday season seasonal
  euro euros dollar dollars pound cents price prices cost costs cheap expensive budget finance financial board boards
  investor investors stakeholder stakeholders report reporting dashboard dashboards table tables column columns row rows
  line lines bar bars pie graph graphs axis legend label labels number numbered digit digits percent percentages basis
  points decimal decimals round rounded estimate estimated guesstimate ballpark detail details deep deeper shallow context
  background history historical past future present current test tests testing tested tester qa dev devs
  engineering engineer engineers developer developers support supporter agent agents sales marketing product design legal
  ops operations finance hr people leadership exec execs ceo cto cfo coo vp founder founders owner owners lead leads
  customer customers client clients company companies account accounts organisation organization business businesses
  website site sites app apps application applications platform platforms system systems service services server servers
  tablet browser browsers device devices screen screens page pages button buttons form forms field fields
  click clicked clicking type typed typing scroll scrolled tap tapped open opened close closed closing submit submitted
  send sends sending sent receive received receiving deliver delivered delivery email emails mail message messages chat
  chats call calls calling called phone ring rang answer answers answered reply replied respond responded response wait
  waits waiting waited delay delays delayed late early earlier sooner later recent recently latest newest oldest older
  newer young fresh stale old first second third fourth fifth sixth seventh eighth ninth tenth half quarter double triple
  backlog stack raise raised raises words complainer complainers spender spenders flip flipped reverse reversed invert swap switch ascending descending twice once thrice couple several many few some any none all each every both neither either least most more less fewer`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
