// Optional fields by the command line: listed, turned on and off, and shown of a record only while they are on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPersonInCorrection } from '#tests/fixtures/correction.ts';
import { aCommandLine, type CommandLine } from './command-line.ts';

let line: CommandLine;
beforeAll(async () => {
  line = aCommandLine();
  await line.json('demo', '--cases', '0');
});
afterAll(() => line.remove());

const turn = ['fields', 'turn', '--ledger', 'correction', '--field', 'heldAt'] as const;

test('off, on and off again: the list of fields, the record shown, and what is wrong', async () => {
  const heldAt = { ledger: 'correction', field: 'heldAt', label: '原羁押场所' };
  expect((await line.json('fields')).fields).toContainEqual({ ...heldAt, isOn: false });
  const person = line.file('person.json', { ...aPersonInCorrection(), heldAt: '玉门市看守所' });
  const add = ['record', 'add', '--ledger', 'correction', '--file', person] as const;
  expect((await line.refused(...add)).fields).toEqual({ heldAt: { problem: 'turned-off' } });

  expect((await line.run(line.on(...turn))).out).toContain('原羁押场所\t已启用');
  expect((await line.json('fields')).fields).toContainEqual({ ...heldAt, isOn: true });
  const { id } = await line.json(...add);
  const shown = async () => (await line.run(line.on('record', 'get', '--id', id))).out;
  expect(await shown()).toContain('原羁押场所\t玉门市看守所');

  expect((await line.run(line.on(...turn, '--off'))).out).toContain('原羁押场所\t未启用');
  expect(await shown()).not.toContain('玉门市看守所');
  expect((await line.run(line.on('fields'))).out).toContain('correction\theldAt\t原羁押场所\t未启用');
  const wrong = await line.refused('fields', 'turn', '--ledger', 'correction', '--field', 'category');
  expect(wrong.code).toBe('field-not-optional');
});
