// Development and tests only: on Node 20 tsx reaches a thread only when it is registered inside of it.
import { register } from 'tsx/esm/api';

register();
await import('./pdf-worker.ts');
