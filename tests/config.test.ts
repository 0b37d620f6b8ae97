import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { SeepassError } from '../src/errors.ts';

const faultsOf = (environment: Record<string, string>): SeepassError => {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof SeepassError) return error;
    throw error;
  }
  throw new Error('the environment was accepted');
};

describe('the configuration', () => {
  it('needs nothing: every setting has a default or may be absent', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ workspace: 'local', timezone: 'UTC', currency: 'USD', failureStatuses: [] });
    expect(config.digest).toEqual({
      channel: undefined,
      schedule: { minute: 540, weekdays: [1, 2, 3, 4, 5], zone: 'UTC' },
    });
    expect(config.channels).toEqual([]);
  });

  it.each(['99 99 * * *', '0 9 * *', '0 9 * * 1-5 *', '*/5 * * * *', '0 9 1 * *'])(
    'refuses %j as a schedule before anything starts',
    (cron) => {
      expect(faultsOf({ SEEPASS_DIGEST_CRON: cron }).message).toContain(
        'SEEPASS_DIGEST_CRON must be one time of day on days of the week',
      );
    },
  );

  it('reads when the digest leaves, on the clock of the workspace', () => {
    const { digest } = loadConfig({ SEEPASS_DIGEST_CRON: '30 7 * * 1,4', SEEPASS_TIMEZONE: 'Asia/Tokyo' });
    expect(digest.schedule).toEqual({ minute: 450, weekdays: [1, 4], zone: 'Asia/Tokyo' });
  });

  it('keeps hours for sixty days, and never for less than their baselines need', () => {
    expect(loadConfig({}).hours).toEqual({ settleMinutes: 10, keptDays: 60 });
    const chosen = loadConfig({ SEEPASS_HOURS_SETTLE_MINUTES: '0', SEEPASS_HOURS_KEPT_DAYS: '35' });
    expect(chosen.hours).toEqual({ settleMinutes: 0, keptDays: 35 });
    const { message } = faultsOf({ SEEPASS_HOURS_SETTLE_MINUTES: '60', SEEPASS_HOURS_KEPT_DAYS: '34' });
    expect(message).toContain('SEEPASS_HOURS_SETTLE_MINUTES must be less than an hour');
    expect(message).toContain('SEEPASS_HOURS_KEPT_DAYS must be at least 35');
  });

  it('asks for nobody to embed unless it is told whom, and for which model', () => {
    expect(loadConfig({}).embeddings).toBeNull();
    const url = 'https://api.openai.com/v1/';
    const { embeddings } = loadConfig({ SEEPASS_EMBEDDINGS_URL: url, SEEPASS_EMBEDDINGS_MODEL: 'small' });
    expect(embeddings).toEqual({ url: 'https://api.openai.com/v1', model: 'small', key: undefined });
    for (const half of ['URL', 'MODEL', 'KEY']) {
      const error = faultsOf({ [`SEEPASS_EMBEDDINGS_${half}`]: url });
      expect([error.code, error.line]).toEqual([
        'bad_config',
        expect.stringContaining('Set both SEEPASS_EMBEDDINGS_URL'),
      ]);
    }
  });

  it.each(['http://ollama:11434/v1', 'http://localhost:8080/v1', 'http://127.0.0.1/v1', 'http://[::1]:8080/v1'])(
    'has runbooks embedded unencrypted at %s, within the own network',
    (url) => {
      expect(loadConfig({ SEEPASS_EMBEDDINGS_URL: url, SEEPASS_EMBEDDINGS_MODEL: 'small' }).embeddings?.url).toBe(url);
    },
  );

  it.each([
    ...['http://api.example.com/v1', 'HTTP://api.example.com/v1', 'http://10.0.0.7/v1', 'http://[2001:db8::1]/v1'],
    ...[
      'ftp://ollama/v1',
      'ollama',
      'http://',
      'http://a b',
      'https://u:p@host.example/v1',
      'https://host.example/v1?x=1',
    ],
  ])('refuses to have runbooks embedded at %s', (url) => {
    const { message } = faultsOf({ SEEPASS_EMBEDDINGS_URL: url, SEEPASS_EMBEDDINGS_MODEL: 'small' });
    expect(message).toMatch(/SEEPASS_EMBEDDINGS_URL must (?:begin with https:\/\/|be a URL|end with its path)/);
  });

  it('treats an empty variable as not set, so that a copied .env.example works', () => {
    expect(loadConfig({ DATABASE_URL: '', SLACK_BOT_TOKEN: '', SEEPASS_HTTP_PORT: '' })).toEqual(loadConfig({}));
  });

  it('lists every fault at once, each with its fix', () => {
    const error = faultsOf({
      SEEPASS_TIMEZONE: 'Mars/Olympus',
      SLACK_BOT_TOKEN: 'wrong-token-value',
      SEEPASS_HTTP_PORT: '99999',
      SEEPASS_CURRENCY: 'dollars',
      SEEPASS_DIGEST_CRON: 'nine o clock',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
    });
    expect(error.code).toBe('bad_config');
    for (const name of [
      'SEEPASS_TIMEZONE',
      'SLACK_BOT_TOKEN',
      'SEEPASS_HTTP_PORT',
      'SEEPASS_CURRENCY',
      'SEEPASS_DIGEST_CRON',
      'DATABASE_URL',
    ])
      expect(error.message).toContain(name);
    expect(error.message).toContain('IANA time zone such as Europe/Berlin');
  });

  it('never repeats a value in a fault', () => {
    const { line } = faultsOf({ SLACK_BOT_TOKEN: 'wrong-token-value', DATABASE_URL: 'mysql://root:hunter2@db/x' });
    expect(line).not.toContain('wrong-token-value');
    expect(line).not.toContain('hunter2');
  });

  it('cannot be changed after it was read', () => {
    const config = loadConfig({ SEEPASS_ADMINS: 'U1, U2' });
    expect(config.admins).toEqual(['U1', 'U2']);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.slack)).toBe(true);
    expect(Object.isFrozen(config.admins)).toBe(true);
  });

  it('shows no secret however it is printed', () => {
    const secrets = {
      DATABASE_URL: 'postgres://seepass:hunter2@db/seepass',
      SLACK_BOT_TOKEN: 'xoxb-1-secretbot',
      SLACK_APP_TOKEN: 'xapp-1-secretapp',
      SLACK_SIGNING_SECRET: 'signing-secret-value',
      SEEPASS_INGEST_TOKEN: 'ingest-token-value-1',
      SEEPASS_PSEUDONYM_KEY: 'pseudonym-key-value-1',
      ANTHROPIC_API_KEY: 'sk-ant-secretkey',
    };
    const config = loadConfig(secrets);
    for (const printed of [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      String(config.database.url),
      `${config.slack.botToken}`,
    ])
      for (const value of Object.values(secrets)) expect(printed).not.toContain(value);
    expect(config.slack.botToken?.reveal()).toBe('xoxb-1-secretbot');
  });

  it('reads the secrets of tools by their names, several valid at once, and the keys of deliveries', () => {
    const config = loadConfig({
      SEEPASS_WEBHOOK_SECRET_SENTRY: 'the-first-secret-1, the-second-secret-2',
      SEEPASS_WEBHOOK_SECRET_API_LOG: 'the-secret-of-logs',
      SEEPASS_WEBHOOK_SECRET_API_LOG_NEXT: 'the-next-secret-of-logs',
      SEEPASS_DELIVERY_KEY: 'the-new-delivery-key,the-old-delivery-key',
    });
    const shown = (secrets: readonly { reveal(): string }[] = []) => secrets.map((secret) => secret.reveal());
    expect(Object.fromEntries(Object.entries(config.webhookSecrets).map(([name, all]) => [name, shown(all)]))).toEqual({
      SENTRY: ['the-first-secret-1', 'the-second-secret-2'],
      API_LOG: ['the-secret-of-logs', 'the-next-secret-of-logs'],
    });
    expect(shown(config.deliveryKeys)).toEqual(['the-new-delivery-key', 'the-old-delivery-key']);
    const short = { SEEPASS_WEBHOOK_SECRET_SENTRY: 'the-first-secret-1,short' };
    expect(() => loadConfig(short)).toThrow(/SEEPASS_WEBHOOK_SECRET_SENTRY must be at least 16 characters/);
    expect(() => loadConfig({ SEEPASS_DELIVERY_KEY: 'short' })).toThrow(/SEEPASS_DELIVERY_KEY must be at least 16/);
  });
});
