import { SeepassError } from '../errors.ts';

/** In bytes. */
export const LARGEST_DOCUMENT = 20 * 1024 * 1024;

export const tooLarge = (name: string, bytes: number): SeepassError =>
  new SeepassError('too_large', `${name} has ${Math.ceil(bytes / 1024 / 1024)} MB.`, {
    fix: 'Up to 20 MB are read. Add the part that people need on call.',
  });
