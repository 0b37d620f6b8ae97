import type { ElementValue } from '../../page-protocol.ts';
import type { Json } from '../dom.ts';
import type { Names } from '../text/names.ts';

export interface Choice {
  id: string;
  label: string;
}

/** What blocks need from wherever they stand: a message, a modal or the Home tab. */
export interface Surface {
  names: Names;
  people: readonly Choice[];
  channels: readonly Choice[];
  /** Tells the app; the promise ends when it has acknowledged. */
  use(block: Json, element: Json, value?: ElementValue): Promise<void>;
  /** What an input holds now, and how it changes; kept across redraws. */
  held(block: Json, element: Json): ElementValue;
  hold(block: Json, element: Json, value: ElementValue): void;
  /** What is wrong with an input, by block_id. */
  errors: Readonly<Record<string, string>>;
}
