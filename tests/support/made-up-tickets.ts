/** Tickets of known intents, from patterns in which `(a|b|)` is one of a, b and nothing. */
import { createRng, type Rng } from '../../src/core/simulate/rng.ts';

export interface MadeUpTicket {
  readonly intent: string;
  readonly text: string;
}

const INTENTS: Readonly<Record<string, readonly string[]>> = {
  'calendar sync': [
    '(events|meetings|appointments) (do not|no longer|never) show up in (google|outlook|my) calendar',
    '(the|our) calendar (sync|connection|feed) (is broken|has stopped|shows nothing) (since the update|again|)',
    'I (moved|rescheduled) a meeting here and the calendar (still has|keeps) the old time',
    'can you resync my (outlook|google|apple) calendar, (half|most) of the events are missing',
  ],
  'late delivery': [
    'my parcel (is|was) (three|four|five) days late and tracking has not moved',
    'where is our delivery, it was (promised|due|expected) on (monday|friday)',
    'the courier (says|claims) the package is delayed (again|once more|)',
    'still waiting for the shipment, (no|zero) tracking (update|movement) since (it left|the depot)',
  ],
  'damaged goods': [
    'the (box|parcel) arrived (crushed|torn|wet) and (two|three) items are broken',
    '(received|got) a (cracked|damaged|broken) (screen|bottle|frame), I have photos',
    'the glass was in pieces when I opened the (parcel|box)',
    'item came (scratched|dented) (and the packaging was ripped|), (want|need) a replacement',
  ],
  'refund not received': [
    'you (promised|confirmed) a refund (two|three) weeks ago and (the money|nothing) has (not come|arrived)',
    'where is my refund, the bank (sees|shows) no (credit|payment back)',
    'refund for the returned (shoes|jacket|lamp) is still (missing|pending)',
    'still no refund on my (card|account) after (ten|twelve|fifteen) days',
  ],
  'microphone in calls': [
    'nobody (can hear|hears) me in (video|group|) calls although the microphone is (on|selected)',
    '(my|the) mic (cuts out|goes silent) after (a minute|a few seconds) in every (meeting|call)',
    'audio only works one way, they (cannot|do not) hear my microphone',
    'microphone (permission|access) is granted and still (no sound|silence) in the call',
  ],
  'slow application': [
    'the (app|whole application) is (painfully|terribly|so) slow (this week|today|), every (page|click) takes ten seconds',
    'everything (lags|crawls) since (the last release|monday), loading takes forever',
    'pages (take|need) (ages|half a minute) to load (for all of us|in our office)',
    'performance is (awful|terrible), scrolling a list (freezes|stutters)',
  ],
  'delete account': [
    'please (delete|erase|remove) my account and all (my data|personal data)',
    'how (can|do) I close my account (for good|permanently)',
    'I want my (profile|account) (deleted|gone) under gdpr',
    'remove all personal data you (hold|have stored) on me and close the account',
  ],
  'language setting': [
    'the interface (switched|changed) to (spanish|german|french) and I cannot change it back',
    'how do I (set|switch) the language (to english|of the menu)',
    'menus are (suddenly|half) in (dutch|italian|german), language setting (is ignored|does nothing)',
    'wrong language after (login|the update), my profile says english',
  ],
  'printer labels': [
    'labels (come out|print) (too small|cut off|shifted) on our (zebra|brother|) printer',
    'the label printer (is not found|stopped responding) when we print shipping labels',
    'printing labels gives (blank|empty) (paper|stickers)',
    'barcode on the printed label is (blurry|unreadable), the scanner refuses it',
  ],
  'api key': [
    'where (do|can) I (create|find|generate) an api key for (our integration|the rest api)',
    'our api key (stopped working|is rejected) with 401 unauthorized',
    'need to rotate the api (key|token) (because it leaked|this quarter)',
    'requests with the new api token (fail|are refused) (as unauthorized|)',
  ],
  'photo upload': [
    'photos (fail|refuse) to upload from my (iphone|android|phone), the bar (stops|hangs) at (90|99) percent',
    'uploading (a picture|an image|pictures) ends with (an error|file too large)',
    'cannot (attach|add) images to a (listing|post), upload spins (forever|for minutes)',
    'image upload (broken|fails) (on mobile|in safari|)',
  ],
  'duplicate notifications': [
    'I get (every|each) notification (twice|three times) on my phone',
    'push notifications (arrive|come) (double|twice) since (yesterday|the update)',
    'how to stop (so many|the duplicate) notifications, each (comment|mention) pings (twice|me twice)',
    'same alert (buzzes|appears) two times, (watch and phone|both devices) are logged in',
  ],
  'gift card': [
    'the gift card (code|balance) is not (accepted|recognised) at checkout',
    'my gift (card|voucher) shows a balance of zero (though|although) I never used it',
    'can I (combine|use) two gift cards on one order',
    'gift card I bought for (my sister|a friend) never (arrived|came) by mail',
  ],
  'change email address': [
    'I need to (change|update) the email address of my (login|profile)',
    'my company has a new domain, how do we (move|switch) all email addresses',
    '(changing|updating) the email says the address is already (taken|in use)',
    'the confirmation for my new email address (never comes|is missing)',
  ],
  'subtitle timing': [
    'subtitles (are|run) (two|three) seconds (behind|ahead of) the (video|speech)',
    'captions (lag|drift) more and more during (an episode|the film)',
    'subtitle timing is (off|wrong) on the tv app only',
    'the captions disappear too (fast|soon) to read',
  ],
  'smart lock': [
    'the (door|front door) lock does not (open|unlock) from the app (any more|)',
    'lock (shows|says) offline although the (bridge|hub) is connected',
    'my door code is refused by the (lock|keypad)',
    'battery of the smart lock (empties|dies) in (a week|two weeks)',
  ],
  'booking cancellation': [
    'I have to cancel (our|my) booking for (next weekend|june), what are the (fees|charges)',
    'the cancel button of my reservation (does nothing|is greyed out)',
    '(hotel|guesthouse) says the booking was cancelled but I (did not|never) do that',
    'how late can (we|I) cancel the (reservation|booking) free of charge',
  ],
  'seat selection': [
    'the seats we (chose|picked) were changed (without notice|after paying)',
    'cannot (select|choose) seats for (my children|two passengers) together',
    'seat map (does not load|stays white) when (checking in|booking)',
    'paid for extra legroom and got a (normal|middle) seat',
  ],
  'tax form': [
    'where (can|do) I (download|get) my (annual|yearly) tax (form|certificate)',
    'the (amount|total) on the tax form (does not match|differs from) my payouts',
    'need the tax certificate for (last year|2025) for my accountant',
    'wrong (name|tax number) printed on the tax form',
  ],
  'payout delayed': [
    'our weekly payout (has not arrived|is late) (again|)',
    'payout is stuck in (processing|review) for (six|eight) days',
    'when do sellers (get|receive) the payout for (last week|december)',
    'bank details are (correct|verified) and the payout still (fails|bounces)',
  ],
  'map wrong location': [
    'the map (puts|shows) our shop (two streets|a mile) away from where it is',
    'pin on the map is in the wrong (place|street), drivers (get lost|call us)',
    'location jumps around on the map while (driving|walking)',
    'gps (position|location) is (off|wrong) by (500 metres|a block)',
  ],
  'fitness tracking': [
    'my run was recorded as (zero|0) steps (although|while) I ran (5|10) km',
    'heart rate (is missing|stays flat) in every workout',
    'workouts from my watch (do not|never) reach the app',
    'steps (count|are counted) (double|twice) when I carry the phone too',
  ],
  'recipe units': [
    'can recipes show grams instead of cups',
    'the ingredient amounts are wrong when I (double|halve) the (servings|portions)',
    'recipe (units|measures) switch between ounces and grams',
    'serving size (calculator|scaling) gives (silly|odd) amounts of (salt|flour)',
  ],
  'course certificate': [
    'I (finished|completed) the course and get no certificate',
    'certificate has my name (misspelled|wrong)',
    'where do I download the certificate of the (python|sales) course',
    'last lesson stays at 95 percent so the certificate is (locked|not issued)',
  ],
  'exam proctoring': [
    'the proctoring (software|tool) (crashed|froze) in the middle of my exam',
    'webcam check before the exam (fails|never passes)',
    'I was thrown out of the exam because of a (noise|second screen), that was the proctor software',
    'can I (repeat|resit) the exam, the browser lock (kicked|threw) me out',
  ],
  'loan application': [
    'my loan application is (pending|in review) for (ten|twelve) days',
    'why was my loan (request|application) (declined|rejected) with a good score',
    'cannot upload the (payslip|bank statement) to the loan application',
    'how do I (change|raise) the amount of the loan I applied for',
  ],
  'insurance claim': [
    'when is my claim for the (broken window|water damage|stolen bike) (decided|paid)',
    'claim form (does not accept|refuses) the (police report|repair bill)',
    'I have (filed|sent) a claim and (nobody|no adjuster) has called',
    'the claim was (closed|settled) for less than the repair (cost|bill)',
  ],
  'medication reminder': [
    'the reminder for my (pills|tablets|medication) comes an hour late since the clock change',
    'medication reminders (stopped|do not ring) on silent mode',
    'how to set a reminder for (every second day|twice a day) for (insulin|tablets)',
    'a dose I took is shown as (missed|skipped) by the reminder',
  ],
  'classroom invite': [
    'students (cannot|do not) join the class with the invite (code|link)',
    'class code says (invalid|expired) for half of my pupils',
    'how do I invite (parents|a second teacher) to the class',
    'pupils who joined the classroom do not see any (homework|assignments)',
  ],
  'podcast playback': [
    'episodes (stop|pause) after (ten|twenty) minutes when the screen is off',
    'playback speed (resets|jumps back) to normal with each podcast episode',
    'downloaded podcasts (vanish|disappear) after a few days',
    'the podcast skips (back|ahead) (30|15) seconds by itself',
  ],
};

const BEFORE = ['', '', '', 'Hi, ', 'Hello team,\n', 'hey ', 'Good morning,\n\n'] as const;
const AFTER = [
  '',
  '',
  '',
  '. Please help',
  '. Thanks',
  '. Any idea?',
  '\n\nBest regards\nMarta',
  '. This is urgent',
] as const;

/** What they are about; nothing in src/core/text/themes was tuned on them. */
export const INTENT_NAMES: readonly string[] = Object.keys(INTENTS).sort();

/** Tickets about one thing; some are alike to the letter, as in life. */
export function writeTickets(rng: Rng, intent: string, count: number): MadeUpTicket[] {
  const patterns = INTENTS[intent];
  if (patterns === undefined) throw new RangeError(`no intent "${intent}"`);
  return Array.from({ length: count }, () => ({
    intent,
    text: `${rng.pick(BEFORE)}${expand(rng, rng.pick(patterns))}${rng.pick(AFTER)}`,
  }));
}

/** A burst of tickets about one thing among others about everything else, in random order. */
export function writeBurst(seed: number, { burst = 20, others = 90 } = {}): { about: string; tickets: MadeUpTicket[] } {
  const rng = createRng(seed, 'burst');
  const about = rng.pick(INTENT_NAMES);
  const rest = INTENT_NAMES.filter((intent) => intent !== about);
  const among = Array.from({ length: others }, () => writeTickets(rng, rng.pick(rest), 1)).flat();
  return { about, tickets: shuffle(rng, [...writeTickets(rng, about, burst), ...among]) };
}

function expand(rng: Rng, pattern: string): string {
  const text = pattern.replace(/\(([^()]*)\)/g, (_, choices: string) => rng.pick(choices.split('|')));
  return text.replace(/ {2,}/g, ' ').replace(/ ,/g, ',').trim();
}

function shuffle<T>(rng: Rng, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: rng.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
