/** One thing that was looked at: what was found, and what to do where something is to be done. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly found: string;
  readonly fix: string | null;
}

export const ok = (name: string, found: string): Check => ({ name, state: 'ok', found, fix: null });
export const warn = (name: string, found: string, fix: string): Check => ({ name, state: 'warn', found, fix });
export const fail = (name: string, found: string, fix: string): Check => ({ name, state: 'fail', found, fix });
