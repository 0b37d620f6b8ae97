/**
 * Other ways of putting what runbooks are about: who asks has a broken shop before them, who wrote the runbook a
 * system. One group a line, each of its entries standing for the others.
 */
import { plainWords, stemOf } from './words.ts';

const groups = `
pay, payment, acquirer, payment provider, payment processor, authorisation
provider, processor, vendor
switch, move, change, route
secondary, backup, second, fallback, other, alternative
charge, bill, debit
twice, double, duplicate, two times
cart, basket, shopping bag
voucher, coupon, promotion, promo, discount
login, log in, sign in, signin, logon, authentication
sso, saml, single sign on, identity provider
2fa, mfa, two factor, second factor, otp
totp, authenticator
sms, text message
device, phone, handset
lock, locked
session, logged out, log out, sign out, signed out
late, delay, slow, behind, lag, overdue
backlog, pile up, piling up, depth
resend, replay, redeliver, send again, retry, requeue, rerun, re run, reprocess, re read, reset of offsets
backfill, load again, history
missing, lost, gone, vanish, disappear, miss, incomplete
refuse, reject, decline, deny, denied, rejected, does not work, dont work, doesnt work
rotate, renew, renewal
secret, key, token, credential
tls, ssl, certificate, cert
letsencrypt, certbot, certificate authority
database, db, postgres, postgresql
query, statement, sql
kill, terminate
stop, cancel, abort, halt, pause, freeze
raise, increase, more, higher, allow more, bump, boost
grow, bigger, larger, enlarge, resize
full, fill up, filling up, run out of, running out of, exhausted, exhaustion
scale, add
replica, standby, replication, replicated
primary, master
failover, fail over, promote
dead, unreachable, down, offline, no connection, lost
disk, volume
delete, remove, erase, drop
purge, clear, flush, invalidate
rollback, roll back, revert, undo, previous
deploy, deployment, release
shut off, turn off, switch off, disable, kill switch, deactivate
freeze, hang, stuck, stall, anr, does not progress, isnt moving, stopped halfway, never finishes
picture, image, photo
upload, uploading
email, mail
spam, junk
invoice, billing, invoicing
tax, vat
reminder, dunning
quota, limit, throttle, rate limit
flood, hammer, ddos
crash, crashed, crashing
oom, out of memory
stale, outdated, old, no longer exist
empty, nothing, zero, no results
warm, cold
miss, hit rate
ios, iphone, ipad, apple
android, play store, play console
review, approve
faster, expedite
force, make
update, upgrade
push, notification
deliver, arrive, reach, receive
halfway, in the middle, midway, partly
order, purchase, checkout
restore, recover, undelete, get back, bring back
s3, bucket, object storage
garbled, broken characters, encoding, charset
gdpr, privacy, data subject, personal data
leak, exposed, committed, compromised, pushed to github
bot, credential stuffing, attack
on call, oncall, pager, shift
severity, sev
site, website, web, frontend
css, js, asset, static
till, point of sale, cash register, pos
parcel, shipment, tracking
carrier, courier
oversold, sold more
stock, inventory
legit, good
fraud, screening
silence, mute
storm, too many
job, task
worker, consumer
import, bulk load
index, reindex
wal, pg_wal
again, once more
edge, cdn
country, region
copy, export
hotfix, urgent fix
amount, quantity, number, level, figure
refresh, reload
cost, bill, spend
sound, audio, hear, voice
metrics, prometheus, grafana, scrape
traffic, request
notice, banner, message
weekend, out of hours, outside working hours, night
big, large, huge
escalate, does not answer, no answer, doesnt answer
endpoint, url
expire, expired, ran out, run out, out of date
collapse, drop, plummet, plunge
ratio, rate
visible, exposed, showed up
frozen, not moving, isnt moving, doesnt move, stuck
log in again, sign in again

400, 422, bad request, invalid
401, unauthorised, unauthorized
403, forbidden, access denied
404, not found
413, too large, payload too large
429, throttled, rate limit, too many requests
5xx, 500, 502, 503, 504, gateway, upstream

datenbank, database
platte, festplatte, disk
voll, full
langsam, slow
hangt, haengt, hang
hinterher, behind
fehlt, fehlen, missing
gesperrt, locked
abgelaufen, expired
wachst, grow
zahlung, payment
bestellung, bestellungen, order
rechnung, invoice
warenkorb, cart
lager, stock
anmeldung, anmelden, login
zertifikat, certificate
`;

const byStem = new Map<string, Set<string>>();
for (const line of groups.trim().split('\n')) {
  const entries = line.split(',').map((entry) => plainWords(entry).join(' '));
  for (const entry of entries) {
    const key = stemsOf(entry);
    const known = byStem.get(key) ?? new Set();
    for (const other of entries) known.add(other);
    byStem.set(key, known);
  }
}

function stemsOf(phrase: string): string {
  return phrase.split(' ').map(stemOf).join(' ');
}

/** The longest entry that is one phrase has this many words. */
export const LONGEST_PHRASE = 4;

/** Other ways of putting a word or a phrase of plain words; none for what is not listed. */
export function synonymsOf(phrase: string): string[] {
  return [...(byStem.get(stemsOf(phrase)) ?? [])].filter((entry) => entry !== phrase);
}

/** Whether these words, each without its ending, are one entry. */
export const isPhrase = (stems: readonly string[]): boolean => byStem.has(stems.join(' '));
