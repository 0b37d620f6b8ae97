import { parentPort, workerData } from 'node:worker_threads';
import { readPdfText } from './pdf-text.ts';

/** The thread's body: one PDF in, its text out. */
const { bytes, mostPages } = workerData as { bytes: Uint8Array; mostPages: number };

parentPort?.postMessage(await readPdfText(bytes, mostPages));
