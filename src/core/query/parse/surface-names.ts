/** What people call a page: "/billing/invoices" is "billing invoices", "/products/:id" is "product page". */

/** Last parts that say nothing without what is before them. */
const VAGUE = new Set(['new', 'edit', 'show', 'list', 'index', 'team', 'security', 'profile', 'orders', 'articles']);

const HOME = ['home', 'homepage', 'home page', 'landing page', 'start page', 'front page', 'main page', 'root'];

const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  login: ['log in', 'sign in', 'signin', 'logon'],
  signup: ['sign up', 'registration page', 'register page'],
  checkout: ['check out'],
  cart: ['shopping cart', 'basket'],
  faq: ['faqs'],
};

/** Names of one surface, lower case; a name that another surface has a better claim to is left out. */
export function namesOfSurface(surface: string, all: readonly string[]): string[] {
  if (surface === '/') return HOME;
  const parts = surface
    .split('/')
    .filter((part) => part !== '' && !/^v\d+$/.test(part))
    .map((part) => (part.startsWith(':') ? ':' : part.replace(/[-_.]+/g, ' ')));
  const words = parts.filter((part) => part !== ':');
  const last = words.at(-1);
  if (last === undefined) return [];
  if (parts.at(-1) === ':') return detailNames(words, last);
  const names = [words.join(' ')];
  if (words.length === 1) return [...names, ...(OTHER_WORDS[last] ?? [])];
  names.push([...words].reverse().join(' '));
  const shared = all.filter((other) => other !== surface && other.split('/').some((part) => part === parts.at(-1)));
  if (!VAGUE.has(last) && shared.length === 0) names.push(last);
  return names;
}

/** "/orders/:id" is one order's page: "order details", never "orders". */
function detailNames(words: readonly string[], last: string): string[] {
  const one = last.endsWith('ies') ? `${last.slice(0, -3)}y` : last.replace(/s$/, '');
  const kinds = ['detail', 'details', 'detail page', 'details page'];
  const names = kinds.map((kind) => `${one} ${kind}`);
  return words.length > 1 ? [...names, [...words.slice(0, -1), one].join(' ')] : [...names, `single ${one}`];
}

/** First parts that several pages share and that are no page themselves: "settings" is "/settings*". */
export function groupsOfSurfaces(surfaces: readonly string[]): { name: string; pattern: string }[] {
  const firsts = new Map<string, number>();
  for (const surface of surfaces) {
    const [, first = '', second] = surface.split('/');
    if (first !== '' && second !== undefined) firsts.set(first, (firsts.get(first) ?? 0) + 1);
  }
  return [...firsts]
    .filter(([first, pages]) => pages > 1 && !surfaces.includes(`/${first}`))
    .map(([first]) => ({ name: first.replace(/[-_.]+/g, ' '), pattern: `/${first}*` }));
}
