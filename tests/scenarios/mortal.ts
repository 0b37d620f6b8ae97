/** Processes that die: from some call on, nothing that they ask for is heard of any more. */

export class Killed extends Error {
  constructor() {
    super('the process was killed');
    this.name = 'Killed';
  }
}

/** How many calls a process makes before it is killed, and whether the last one still takes effect. */
export interface Life {
  callsLeft: number;
  lastTakesEffect: boolean;
}

/** The same object, as a process of that life sees it. */
export function mortal<T extends object>(target: T, life: Life): T {
  return new Proxy(target, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name);
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        life.callsLeft -= 1;
        if (life.callsLeft < 0 || (life.callsLeft === 0 && !life.lastTakesEffect)) throw new Killed();
        const answer: unknown = await Reflect.apply(value, object, given);
        if (life.callsLeft <= 0) throw new Killed();
        return answer;
      };
    },
  });
}

/** The same for an object that is made of several, such as all stores of a workspace. */
export function mortalParts<T extends object>(parts: T, life: Life): T {
  return new Proxy(parts, {
    get(object, name) {
      const part: unknown = Reflect.get(object, name);
      return typeof part === 'object' && part !== null ? mortal(part, life) : part;
    },
  });
}

/** Whoever calls a process that may die goes on. */
export function mayBeKilled(error: unknown): void {
  if (!(error instanceof Killed)) throw error;
}
