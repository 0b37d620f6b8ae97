import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** CHROMIUM_PATH, else where systems put it; undefined where there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH: given } = process.env;
  return given ?? PLACES.find((path) => existsSync(path));
}
