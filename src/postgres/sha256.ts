import { hash } from 'node:crypto';

/** Of the text's UTF-8 bytes, lower-case hex. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex');
