/**
 * Names that people say for what runbooks call by its kind: products, and places. One way only: who says "Okta" may be
 * helped by what stands of identity providers, and who asks of those is not asking for Okta.
 */
import { plainWords, stemOf } from './words.ts';

const kinds = `
stripe, adyen, braintree, worldpay, mollie, checkout com, cybersource, payone: payment provider, provider, acquirer
okta, auth0, azure ad, entra, entra id, onelogin, ping identity, keycloak, adfs: identity provider, sso, saml
launchdarkly, unleash, optimizely, flagsmith, split io: flag service, feature flags, flag
cloudfront, cloudflare, fastly, akamai: cdn, edge
bigquery, redshift, databricks, dbt: warehouse
airflow, dagster: nightly load, task
sendgrid, mailgun, postmark, mailjet, sparkpost, ses: email, mail, provider
gmail, outlook, hotmail, yahoo, gmx, icloud mail: email, mail
twilio, vonage, messagebird, sinch: sms
dhl, ups, fedex, dpd, usps, hermes, gls, royal mail: carrier, label, tracking
sap, netsuite, navision, dynamics, odoo: erp
wms: warehouse system
kibana, splunk, loki, logstash, fluentd, graylog: logs
grafana, datadog, new relic, zabbix: metrics, monitoring
samsung, galaxy, pixel, xiaomi, oneplus: android
firefox, chrome, safari, edge browser: browser
k8s, eks, gke, aks, openshift: kubernetes, pod, node
rds, aurora, cloud sql: database, postgres
elasticache, memorystore, valkey: redis, cache
elastic, elasticsearch, opensearch, algolia, solr: search, index
sqs, sidekiq, celery, resque, bullmq: queue, job
minio, gcs, blob storage: bucket, object storage
pagerduty, opsgenie, victorops: pager, on call, alert
visa, mastercard, amex: card
zoom call, teams call, webrtc: video
ansible, chef, puppet: host
`;

/** Demonyms and cities that who is on call names most; countries come from the platform's own list. */
const places = `
german, germans, austrian, swiss, french, british, english, spanish, italian, dutch, belgian, polish, swedish, danish,
norwegian, finnish, czech, portuguese, greek, turkish, russian, ukrainian, american, canadian, mexican, brazilian,
indian, chinese, japanese, korean, australian, european, asian, african, uk, usa, europe, asia, africa, emea, apac,
latam, eu, england, scotland, south america, north america, middle east, california, texas, new york, london, paris, berlin, munich,
hamburg, vienna, zurich, madrid, barcelona, rome, milan, amsterdam, brussels, warsaw, prague, stockholm, copenhagen,
oslo, helsinki, lisbon, dublin, athens, istanbul, dubai, singapore, tokyo, seoul, sydney, melbourne, toronto, mumbai,
delhi, sao paulo, frankfurt, cologne, stuttgart, bavaria`;

const PLACE_KINDS = ['country', 'region'];

const stems = (phrase: string): string => plainWords(phrase).map(stemOf).join(' ');

const byName = new Map<string, readonly string[]>(
  kinds
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [names = '', kind = ''] = line.split(':');
      const words = kind.split(',').map((one) => plainWords(one).join(' '));
      return names.split(',').map((name) => [stems(name), words] as const);
    }),
);

const placeNames: ReadonlySet<string> = new Set(
  [...places.split(','), ...countries()].map(stems).filter((name) => name !== ''),
);

/** English names of countries by their codes. */
function countries(): string[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters.flatMap((first) => letters.flatMap((second) => names.of(first + second) ?? []));
}

/** What kind of thing a name stands for, in runbooks' words; none for what is no known name. */
export const kindsOf = (phrase: string): readonly string[] => byName.get(stems(phrase)) ?? [];

/** Whether it is a country, a city, or who lives there: where something happens, and not what. */
export const isPlace = (phrase: string): boolean => placeNames.has(stems(phrase));

/** Whether these words, each without its ending, are one name. */
export const isName = (words: readonly string[]): boolean =>
  byName.has(words.join(' ')) || placeNames.has(words.join(' '));

/** How a place is put where its name does not stand. */
export const placeKinds = (): readonly string[] => PLACE_KINDS;
