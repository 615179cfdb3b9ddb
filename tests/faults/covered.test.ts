// Every method that may write is tried on a full disk and killed, or says by which act it is stood for.
import { expect, test } from 'vitest';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { acts } from './acts/all.ts';
import { excused } from './acts/covered.ts';

/** A query writes where it was granted a file to write to. */
const writing = (Object.keys(methods) as MethodName[]).filter((name) => {
  const { kind, input } = methods[name];
  return kind !== 'query' || 'out' in ((input as { shape?: object }).shape ?? {});
});
const tried = new Set(Object.values(acts).flatMap((act) => act.methods));

test('every command, job, draft and gate, and every query that writes a file, is an act or excused', () => {
  expect(writing.length).toBeGreaterThan(90);
  expect(writing.filter((name) => !tried.has(name) && !excused[name])).toEqual([]);
});

test('an excuse is for a method that is no act and that may write, and names an act that there is', () => {
  const names = Object.keys(excused) as MethodName[];
  expect(names.filter((name) => tried.has(name) || !writing.includes(name))).toEqual([]);
  expect(names.filter((name) => excused[name]?.as !== undefined && !acts[excused[name].as])).toEqual([]);
});
