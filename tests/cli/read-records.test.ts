import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInput } from '../../src/cli/input-bytes.ts';
import { readRecords } from '../../src/cli/read-records.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-read-'));
});
afterAll(() => rm(folder, { recursive: true }));

const two = [
  { line: 1, value: { ts: 1 } },
  { line: 2, value: { ts: 2 } },
];
interface Read {
  line: number;
  value?: unknown;
  reason?: string | undefined;
}
let files = 0;
async function read(content: string | Buffer, stdin = false, plainLines = false): Promise<Read[]> {
  files += 1;
  const path = join(folder, `input-${files}`);
  await writeFile(path, content);
  const input = await openInput(stdin ? '-' : path, Readable.from([Buffer.from(content)]));
  const { records } = await readRecords(input, ['ts'], plainLines);
  const all: Read[] = [];
  for await (const group of records) all.push(...group);
  return all;
}

describe('reading records', () => {
  it.each([
    ['JSONL', '{"ts":1}\n{"ts":2}\n'],
    ['JSONL without a last line end', '{"ts":1}\n{"ts":2}'],
    ['JSONL of Windows, with a byte order mark', '\uFEFF{"ts":1}\r\n{"ts":2}\r\n'],
    ['a JSON array', '[{"ts":1},\n {"ts":2}]'],
    ['a JSON array on many lines, with a byte order mark', '\uFEFF\n[\n{"ts":1}\n,\n{"ts":2}\n]\n'],
    ['packed JSONL', gzipSync('{"ts":1}\n{"ts":2}\n')],
    ['two packed parts in one file', Buffer.concat([gzipSync('{"ts":1}\n'), gzipSync('{"ts":2}\n')])],
  ])('tells %s by its content', async (_what, content) => {
    expect((await read(content)).map(({ value }) => ({ value }))).toEqual(two.map(({ value }) => ({ value })));
  });

  it('reads one value on many lines, and says so where it is none', async () => {
    expect(await read('\n{\n  "ts": 1\n}\n')).toEqual([{ line: 2, value: { ts: 1 } }]);
    expect(await read('{\n  "ts": 1\n')).toEqual([{ line: 1, reason: expect.stringMatching(/^the file is not one/) }]);
  });

  it('takes lines of text where the format has them, but no broken JSON', async () => {
    const records = await read('a line\n{"ts":1}\n{"ts":\n', false, true);
    expect(records).toEqual([
      { line: 1, value: 'a line' },
      { line: 2, value: { ts: 1 } },
      { line: 3, reason: expect.stringMatching(/^not valid JSON/) },
    ]);
  });

  it('reads standard input', async () => {
    expect(await read('{"ts":1}\n{"ts":2}\n', true)).toEqual(two);
  });

  it.each([',', ';', '\t'])('reads CSV separated by %j', async (separator) => {
    const text = [
      ['ts', 'surface', 'meta.x'],
      ['1', '/a', '"q ""x""\nsecond"'],
      ['2', '/b', ''],
    ]
      .map((row) => row.join(separator))
      .join('\r\n');
    expect((await read(text)).map(({ value }) => value)).toEqual([
      { ts: '1', surface: '/a', 'meta.x': 'q "x"\nsecond' },
      { ts: '2', surface: '/b', 'meta.x': '' },
    ]);
  });

  it('refuses single lines by number and goes on', async () => {
    const records = await read(
      `{"ts":1}\n\nnot json with a secret\n{"ts":"${'x'.repeat(3_000_000)}"}\n{"ts":1\u0000}\n{"ts":2}\n`,
    );
    expect(records.map(({ line, reason }) => [line, reason?.slice(0, 30)])).toEqual([
      [1, undefined],
      [3, 'not valid JSON: check its quot'],
      [4, 'the line is longer than 1 MB: '],
      [5, 'not valid JSON from character '],
      [6, undefined],
    ]);
    expect(JSON.stringify(records)).not.toContain('secret');
  });

  it('refuses single CSV rows by line and goes on', async () => {
    const records = await read(`ts,surface\n1,/a\n2,/b,too,many\n3,"${'x'.repeat(1_200_000)}"\n4,/d\n`);
    expect(records.filter(({ reason }) => reason === undefined).map(({ value }) => value)).toEqual([
      { ts: '1', surface: '/a' },
      { ts: '4', surface: '/d' },
    ]);
    expect(
      records
        .filter(({ reason }) => reason !== undefined)
        .map(({ line }) => line)
        .toSorted(),
    ).toEqual([3, 4]);
  });

  it('keeps bytes that are not UTF-8 as U+FFFD', async () => {
    expect(await read(Buffer.concat([Buffer.from('{"ts":"a'), Buffer.from([0xff]), Buffer.from('"}')]))).toEqual([
      { line: 1, value: { ts: 'a\uFFFD' } },
    ]);
  });

  it('gives the good part of a file that is cut off, then says so', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `{"ts":${index},"x":"${Math.sin(index)}"}`).join('\n');
    const packed = gzipSync(lines);
    const path = join(folder, 'cut.gz');
    await writeFile(path, packed.subarray(0, packed.length / 2));
    const { records } = await readRecords(await openInput(path, Readable.from([])), ['ts']);
    let seen = 0;
    const reading = (async () => {
      for await (const group of records) seen += group.length;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'bad_input', message: expect.stringContaining('is cut off') });
    expect(seen).toBeGreaterThan(1_000);
  });

  it('says after which element a JSON array is broken', async () => {
    await expect(read('[{"ts":1},{"ts":2},oops]')).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('after element 2'),
    });
  });

  it.each([
    ['an empty file', '', /is empty/],
    ['white space', ' \n\r\n', /is empty/],
    ['text without a header', 'hello world\nfoo', /neither JSONL, nor a JSON array, nor CSV/],
    ['a zip archive', 'PK\u0003\u0004\u0000\u0000', /is a zip archive or a spreadsheet/],
    ['UTF-16', Buffer.from('\uFEFF{"ts":1}', 'utf16le'), /is not UTF-8 text/],
  ])('refuses %s', async (_what, content, message) => {
    await expect(read(content)).rejects.toMatchObject({ code: 'bad_input', message: expect.stringMatching(message) });
  });

  it('refuses a folder and a missing file with what to do', async () => {
    await expect(openInput(folder, Readable.from([]))).rejects.toMatchObject({
      message: expect.stringContaining('is a folder'),
      fix: expect.stringContaining('Name one file'),
    });
    await expect(openInput(join(folder, 'nowhere'), Readable.from([]))).rejects.toMatchObject({
      message: expect.stringContaining('There is no file'),
    });
  });
});
