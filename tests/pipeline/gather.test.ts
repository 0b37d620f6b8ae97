import { expect, it } from 'vitest';
import { gather } from '../../src/pipeline/gather.ts';

const squares = async (numbers: readonly number[]): Promise<Map<number, number>> =>
  new Map(numbers.map((number) => [number, number * number]));

it('does at once what is asked for in the same breath, and the next breath by itself', async () => {
  const seen: number[][] = [];
  const square = gather((numbers: readonly number[]) => {
    seen.push([...numbers]);
    return squares(numbers);
  });
  expect(await Promise.all([square(1), square(2), square(3)])).toEqual([1, 4, 9]);
  expect(await square(4)).toBe(16);
  expect(seen).toEqual([[1, 2, 3], [4]]);
});

it('lets none fail for another that does', async () => {
  const square = gather(async (numbers: readonly number[]) => {
    if (numbers.includes(2)) throw new Error('no twos');
    return squares(numbers);
  });
  const ends = await Promise.allSettled([square(1), square(2), square(3)]);
  expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : String(end.reason)))).toEqual([
    1,
    'Error: no twos',
    9,
  ]);
});

it('fails whoever is left without a result', async () => {
  const square = gather(async (_numbers: readonly number[]) => new Map<number, number>());
  await expect(square(1)).rejects.toThrow('no result');
});
