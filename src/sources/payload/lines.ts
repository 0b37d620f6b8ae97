/**
 * The values of a body that holds one value a line, whether it comes as text, as lines, or parsed: a line that is
 * JSON is its value, any other line its text. Empty lines are left out.
 */
export function valuesOf(body: unknown): readonly unknown[] {
  if (typeof body === 'string') return body.split(/\r\n|\n|\r/).flatMap(valueOfLine);
  if (Array.isArray(body)) return body.flatMap((part) => (typeof part === 'string' ? valueOfLine(part) : [part]));
  return [body];
}

function valueOfLine(line: string): unknown[] {
  const text = line.trim();
  if (text === '') return [];
  if (!/^[{[]/.test(text)) return [text];
  try {
    return [JSON.parse(text)];
  } catch {
    return [text];
  }
}
