/** One thing a need names, with the other ways runbooks may put it. */
export interface SearchTerm {
  /** As it was said, in plain lower-case words. */
  text: string;
  /** Single words or phrases; each counts as the term. The first is the term itself. */
  alternatives: readonly string[];
  /** How much it says: 1 for a word, more for a page or an error signature, less for a word that everybody uses. */
  weight: number;
}
