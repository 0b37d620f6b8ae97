/**
 * Other ways of putting what runbooks are about: who asks has a broken shop before them, who wrote the runbook a
 * system. One group a line, each of its entries standing for the others.
 */
import { plainWords, stemOf } from './words.ts';

const groups = `
pay, payment, acquirer, payment provider, payment processor, psp, authorisation
provider, processor, vendor, third party
switch, move, change, route
secondary, backup, second, fallback, other, alternative, spare
charge, bill, debit, money taken
twice, double, duplicate, duplicated, two times, again and again
cart, basket, shopping bag
voucher, coupon, promotion, promo, discount, promo code, campaign
login, log in, sign in, signin, sign ins, logon, log on, get in, authentication
sso, saml, single sign on, identity provider, idp
2fa, mfa, two factor, second factor, otp, login code, verification code, security code, one time code
totp, authenticator, authenticator app
sms, text message
device, phone, handset, mobile phone, smartphone
lock, locked, locked out, blocked
session, logged out, log out, sign out, signed out, kicked out, thrown out, log in again, sign in again
late, delay, slow, behind, lag, overdue, not on time
backlog, pile up, piling up, depth, jobs waiting
resend, replay, redeliver, send again, retry, requeue, rerun, re run, reprocess, re read, reset of offsets
backfill, load again, history
missing, lost, gone, vanish, disappear, miss, incomplete, gap, not there, not saved
refuse, reject, decline, deny, denied, rejected, not accepted, not valid, does not work, dont work, doesnt work
rotate, renew, renewal
secret, key, token, credential
tls, ssl, certificate, cert
letsencrypt, lets encrypt, certbot, acme, certificate authority
database, db, postgres, postgresql
query, statement, sql, select
kill, terminate
stop, cancel, abort, halt, pause, freeze
raise, increase, more, higher, allow more, bump, boost
grow, bigger, larger, enlarge, resize, more space, more disk
full, fill up, filling up, filled up, run out of, running out of, ran out of, out of space, maxed out, exhausted, exhaustion
scale, add, more capacity
replica, standby, follower, replication, replicated, read only copy
primary, master, leader
failover, fail over, failed over, promote, take over
dead, unreachable, down, offline, no connection, not reachable, no network, no internet, lost, died
disk, volume, storage, space
delete, remove, erase, drop, get rid of, getting rid of, throw away, forgotten, forget him, forget her, forget them, forget me
purge, clear, flush, invalidate
rollback, roll back, revert, undo, previous, go back, going back, way back, back to, former version, old version
deploy, deployment, release, rollout
shut off, turn off, switch off, disable, kill switch, deactivate, switched off, turned off, toggle
freeze, hang, stuck, stall, anr, does not progress, not responding, unresponsive, isnt moving, stopped halfway, never finishes, never ends, waits for ever
picture, image, photo, avatar
upload, uploading, attachment, attach
email, mail, inbox, e mail
spam, junk
invoice, billing, invoicing
tax, vat
reminder, dunning, payment reminder, overdue notice, warning letter
quota, limit, throttle, rate limit, api calls
flood, hammer, ddos, overload, abuse, abusive
crash, crashed, crashing, dies, dying, died, quits, closes itself
oom, out of memory
stale, outdated, old, no longer exist, out of date, yesterdays, sold out
empty, nothing, zero, no results, no hits, blank
warm, cold
miss, hit rate
ios, iphone, ipad, apple, testflight
android, play store, play console, google play
review, approve
faster, expedite, quicker, sooner, speed up
force, make
update, upgrade
push message, push notification, notification
deliver, arrive, reach, receive, come through
halfway, in the middle, midway, partly, broke off, aborted, interrupted
order, purchase, checkout, buy, bought
restore, recover, undelete, get back, bring back, gets back, deleted by accident, accidentally deleted
s3, bucket, object storage
garbled, broken characters, encoding, charset, umlauts, special characters
gdpr, privacy, data subject, personal data, pii, dsar
leak, exposed, committed, compromised, breach, github repo, public repo, public github, pushed to github
bot, credential stuffing, attack, stolen passwords, brute force
on call, oncall, pager, shift, duty
severity, sev
site, website, web, frontend, homepage, web page, ui
css, js, asset, static, bundle, stylesheet, javascript, hashed files
till, point of sale, cash register, cash desk, pos
parcel, shipment, tracking, package
carrier, courier
oversold, sold more, sold twice, sold three times, overselling
stock, inventory, quantities
legit, good
fraud, screening, fraudster, fraudulent
silence, mute, snooze, shut up
storm, too many, flood, nonstop
job, task, background job
worker, consumer
import, bulk load
index, reindex, indexer
wal, pg_wal
again, once more
edge, cdn, point of presence
country, region, location
copy, export
hotfix, urgent fix
amount, quantity
number, figure
refresh, reload
cost, bill, spend
sound, audio, hear, voice, microphone
metrics, prometheus, scrape, no data
traffic, request, visitors
notice, message
weekend, out of hours, outside working hours, night, 2am, 3am, middle of the night
big, large, huge
escalate, does not answer, no answer, doesnt answer, not answering, doesnt respond, not picking up, isnt picking up
endpoint, url, hook, callback
expire, expired, ran out, run out, out of date
collapse, drop, plummet, plunge
ratio, rate
visible, exposed
frozen, not moving, isnt moving, doesnt move, stuck, unchanged, not updated, does not update
webhook, hook, callback

enable, enable again, re enable, reactivate, turn on, switch on, activate
incident, outage, major incident
declare, open
review, postmortem, post mortem, retro, retrospective, incident review
tell, told, inform, notify, announce, let know
status page, statuspage, publicly
wording, phrase, what to write
large customers, biggest customers, biggest clients, largest customers, largest clients, key accounts, vip
hand over, handover, handoff, end of shift, next shift
chargeback, dispute
refund, money back, pay back, reimburse
thumbnail, preview, small picture
virus scanner, quarantine, malware scan, being checked
percent, percentage
node, machine, host, worker machine, vm
maintenance, patching, upgrade
pending, unschedulable, schedule
crashloopbackoff, crash loop, restart loop, keeps restarting, restarts over and over, restart over and over
replay, consume again, read again, once more
clock, clock skew, time difference, wrong time, ntp
personal data, email addresses, customer names
wrong passwords, wrong password, mistyped password, too many attempts, failed logins
peak, sale, black friday, cyber monday, big sale, sale day
shed, survive, overload, high load
waiting room, queue of requests, visitor queue, too many visitors
bypass, around, directly, straight
replica, copy of the database
abandoned, unused, orphaned, inactive, nobody uses
schema, column
nightly load, etl, dwh, warehouse load, nightly job
warehouse, dwh
backfill, load again, reload
recommendation, suggestion, personalisation, personalization, you may also like
credited, unlocked, in app
receipt, slip, order confirmation
closing, end of day
code, digit
hmac, digest, signature
dead letter, dlq, poison
cname, custom domain, own domain, subdomain
dns record, dns entry, subdomain, a record, ip
origin, cross origin
body, payload
sso, azure ad
key, credential, api key, access key, aws credentials
lost device, lost phone, new phone, broken phone, stolen phone
statement, sql
plan, planner, seq scan, sequential scan
lock, deadlock, alter table, ddl
differ, different, not equal, not the same, mismatch, dont match, doesnt match, does not match, off by
same, identical, alike
product, article
dashboard, overview
export, download, downloaded
consultation, appointment
poor, pixelated, blurry, choppy, quality
outage notice, status page, announcement
hit, lookup
list, n plus one
query, select
stolen, leaked
suspicious, strange, unknown
secondary on call, next on call, who next
review, due
volume, gb
archive, old data, last years
stuck, sits
order confirmations, receipts, mails
not secure, not private, isnt private, isnt secure, insecure
kafka, topic
offset, lag
crash, restart
terminal, machine
fall over, failover, take over
scale, capacity
pause, no jobs in flight, in flight
memory, maxmemory
search, searching, look for
garbled, look wrong, looks wrong
recording, saved, not saved
stop new installs, keep it from going, keep the rest from, rollout
canary, few percent, small part, few users
quota, double quota, more calls
broken, fails for everybody
who holds, uses up, using up, hogging, hogs, holds
terminal, card reader, card machine
rejected as too large, too big, oversized

risky, risk score, fraud, suspicious order
loyal, honest, genuine, trusted, legit, good
graph, chart, panel, metrics
ban, cut off, block, limit, cap
integrator, api client, api customer
store about, hold about, know about, have about, saved about, know of, personal data, their data
last piece, last one, last item, last pair, same item, oversold
email addresses, mail addresses, e mail addresses, personal data
plain text, unmasked, unencrypted, readable
takes over from, take over from, next on call, hand over, changeover
zero hits, 0 hits, no hits, no results, nothing found, finds nothing, found nothing, nothing is found
get off, move off, away from, force
over and over, again and again, keeps crashing, keeps failing, always fails, poison
under replicated, in sync, isr, broker
cannot query field, unknown field, field missing, schema mismatch
access control allow origin, cors, preflight, cross origin
each item, every item, per item, for each, n plus one
drowning, flooded, overwhelmed, swamped, overrun, overload
biggest accounts, top accounts, enterprise customers, important customers, large customers
missed events, undelivered, not delivered, missed deliveries, never got
small slice, small share, part of the traffic, percent of traffic, canary, route
monthly total, totals, sums, figures
marketplace, sales channel, inventory
latency, slow, response time, takes ages, takes for ever, takes forever, sluggish, crawling, lagging, laggy
timeout, timed out, times out, time out, deadline exceeded
connection refused, econnrefused, cannot connect, cant connect, no connection
too many connections, too many clients, connection pool, pool exhausted, out of connections, connection exhaustion
bloat, vacuum, autovacuum, dead tuples
build, pipeline, ci
nameserver, resolve, nxdomain, name resolution, dns
spf, dkim, dmarc, spam
bounce, bounced, undeliverable
blacklist, blacklisted, blocklist, reputation, spam
password reset, forgot password, forgotten password, reset link, reset mail
hacked, hacker, intruder, break in, compromised, security incident
right to be forgotten, erasure, delete account, account deletion, data deleted
cpu, processor, load
evicted, eviction, disk pressure, memory pressure, not ready, notready
reboot, restart, bounce the, power cycle
scale up, scale out, more workers, more pods, more instances, more replicas, add workers
scale down, scale in, fewer workers
noisy, flapping, too many alerts, alert storm
false alarm, false positive, false positives, declined wrongly
excel, spreadsheet, csv
subscription, membership, plan
expired card, card expired, card declined, failed payment
double charged, charged twice, paid twice, billed twice, duplicate charge
wrong price, old price, stale price
out of stock, sold out, not available, unavailable
typo, misspelt, synonym
shopper, guest, buyer
rebalance, rebalancing, consumer group
stuck transaction, idle transaction, idle in transaction
hot key, big key, large key
cache stampede, thundering herd
memory leak, leaking memory, memory grows
read replica, replica, secondary database
data loss, lost data, restore
wrong totals, wrong numbers, wrong figures, numbers differ, figures differ
printer, print, label
barcode, scanner, scan
store is offline, no internet, offline
certificate warning, browser warning, security warning, connection is not private
roll over, rotate
who is on call, whos on call, escalate
write up, writeup, postmortem, incident report
war room, incident channel, incident call
comms, communication, wording
downtime, outage
brownout, degraded, partial outage
graceful, drain, cordon
pin, hold back, stay on
unpublish, withdraw, take down, pull
signing key, signing secret, webhook secret, shared secret
unsigned, bad signature, invalid signature, signature mismatch
retries, attempts, retry
bulk, batch, mass
abuse, scraper, scraping, crawler, bots
echo, no sound, cant hear, cannot hear, muted
camera, webcam, black screen, no picture, no video
bandwidth, network quality, poor quality
test data, load test, stress test
teardown, tear down, clean up after

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
