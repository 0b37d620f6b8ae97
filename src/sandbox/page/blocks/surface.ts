import type { ElementValue, PageFile } from '../../page-protocol.ts';
import type { Option, OptionGroup } from '../controls/combobox.ts';
import { type Json, text } from '../dom.ts';
import type { Names } from '../text/names.ts';

/** What blocks need from wherever they stand: a message, a modal or the Home tab. */
export interface Surface {
  names: Names;
  people: readonly Option[];
  channels: readonly Option[];
  /** Tells the app; the promise ends when it has acknowledged. */
  use(block: Json, element: Json, value?: ElementValue): Promise<void>;
  /** Asks the app for the options of an external menu. */
  suggest(block: Json, element: Json, query: string): Promise<OptionGroup[]>;
  /** Keeps a file in the workspace; undefined when that failed, which the page has said. */
  upload(file: File): Promise<PageFile | undefined>;
  /** What an input holds now, and how it changes; kept across redraws. */
  held(block: Json, element: Json): ElementValue;
  hold(block: Json, element: Json, value: ElementValue): void;
  /** What is wrong with an input, by block_id. */
  errors: Readonly<Record<string, string>>;
}

/** The same for an element before and after a redraw. */
export const keyOf = (block: Json, element: Json): string => `${text(block.block_id)} ${text(element.action_id)}`;
