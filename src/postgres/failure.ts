import { SeepassError } from '../errors.ts';

const REASONS: Readonly<Record<string, { what: string; fix: string }>> = {
  ECONNREFUSED: { what: 'nothing listens there', fix: 'Start the server, or check host and port.' },
  ENOTFOUND: { what: 'its host is not known', fix: 'Check the host name.' },
  EAI_AGAIN: { what: 'its host name could not be looked up', fix: 'Check the network and the host name.' },
  ETIMEDOUT: { what: 'it did not answer in time', fix: 'Check host, port and firewall.' },
  EHOSTUNREACH: { what: 'its host cannot be reached', fix: 'Check the network.' },
  ENETUNREACH: { what: 'its network cannot be reached', fix: 'Check the network.' },
  ENOENT: { what: 'its socket is not there', fix: 'Start the process that serves it, then try again.' },
  '28P01': { what: 'user or password is wrong', fix: 'Check DATABASE_URL.' },
  '28000': { what: 'it refuses this user', fix: 'Check the user in DATABASE_URL and the rules of pg_hba.conf.' },
  '3D000': { what: 'that database does not exist', fix: 'Create it with createdb, or check its name in DATABASE_URL.' },
  '53300': { what: 'it has no connection left', fix: 'Raise max_connections, or stop other clients.' },
  '57P01': { what: 'it is shutting down', fix: 'Try again when it is back.' },
  '57P03': { what: 'it is starting up', fix: 'Try again in a moment.' },
  '42501': { what: 'this user lacks a right', fix: 'Grant it rights on the database and its public schema.' },
};

const LOST = {
  what: 'the connection was lost',
  fix: 'Try again: it is not known whether the last statement was done.',
};
const LOST_MESSAGES = /^(Connection terminated unexpectedly|Client has encountered a connection error)/;
const LOST_CODES = new Set(['ECONNRESET', 'EPIPE', '57P02', '08006', '08003']);

const SLOW = {
  what: 'it did not answer in time',
  fix: 'It may be busy: try again in a moment, or check host and port.',
};
const SLOW_MESSAGES = /^(timeout e|Connection terminated due to connection timeout)/;

function reasonFor(code: string, message: string): { what: string; fix: string } | undefined {
  if (SLOW_MESSAGES.test(message)) return SLOW;
  if (LOST_CODES.has(code) || LOST_MESSAGES.test(message)) return LOST;
  return REASONS[code];
}

/**
 * Words for a failure to reach the database, one line and without credentials; any other error comes back as
 * it is.
 */
export function explainFailure(error: unknown, description: string): unknown {
  if (error instanceof SeepassError || !(error instanceof Error)) return error;
  // Node tries every address of a host name and reports them together.
  if (error instanceof AggregateError && error.errors.length > 0) return explainFailure(error.errors[0], description);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = reasonFor(code, error.message);
  if (!reason) return error;
  return new SeepassError('database_unavailable', `The database ${description} is not available: ${reason.what}.`, {
    fix: reason.fix,
    cause: error,
  });
}
