/** What an incident is called: `#` is a rank of a day's list, so incidents have a name that is nothing else. */
export const incidentName = (number: number): string => `INC-${number}`;

/** The number in "INC-12", "inc12", "#12" or "12"; undefined for anything else. */
export function readIncidentRef(word: string): number | undefined {
  const digits = /^(?:inc[-_ ]?|#)?(\d{1,9})$/i.exec(word)?.[1];
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits);
}

/** Whether a word can only mean an incident, and not a rank. */
export const isIncidentName = (word: string): boolean => /^inc[-_]?\d{1,9}$/i.test(word);
