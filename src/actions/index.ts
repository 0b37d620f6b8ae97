import { createActionRegistry } from '../core/actions.ts';
import { simulate } from './simulate.ts';

/** Every action type a proposal may name; adding one is a new file here and a line in this list. */
export const actions = createActionRegistry([simulate]);
