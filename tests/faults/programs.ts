// The core as a program of its own uses it: for the tests and for the child processes that are killed or deprived.
import path from 'node:path';
import type { Core, CoreEnv } from '#core/api/contract.ts';
import { createCore } from '#core/api/core.ts';
import { helperTasks } from '#core/api/helper-tasks.ts';
import { names } from '#core/db/folder.ts';
import type { CoreEvent, Envelope } from '#shared/api/envelope.ts';
import type { ErrorCode, Failure } from '#shared/api/errors.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/api/methods.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';

export const folderNames = names;
const seeds = path.join(import.meta.dirname, '..', '..', 'seeds');
export const account = 'admin';
export const password = 'correct horse';

export type Program = {
  core: Core;
  folder: string;
  events: CoreEvent[];
  token: string | null;
  call<M extends MethodName>(
    method: M,
    input: InputOf<M>,
    grants?: Record<string, string>,
  ): Promise<Envelope<OutputOf<M>>>;
  /** The answer, or a thrown error that names the failure. */
  must<M extends MethodName>(
    method: M,
    input: InputOf<M>,
    grants?: Record<string, string>,
  ): Promise<OutputOf<M>>;
  /** The failure; throws where the call succeeded. */
  failure<M extends MethodName>(
    method: M,
    input: InputOf<M>,
    grants?: Record<string, string>,
  ): Promise<Failure>;
  signIn(): Promise<void>;
  close(): Promise<void>;
};

/** One program on a data folder: writer, reader and helpers in this thread. */
export function startProgram(folder: string, more: Partial<CoreEnv> = {}): Program {
  const events: CoreEvent[] = [];
  const core = createCore({
    folder,
    seeds,
    version: '0.1.0',
    now: () => new Date(),
    helper: async (task, input) =>
      (helperTasks[task as keyof typeof helperTasks] as (input: unknown) => unknown)(input),
    emit: (event) => void events.push(event),
    kdfCost: 1024,
    ...more,
  });
  let calls = 0;
  const program: Program = {
    core,
    folder,
    events,
    token: null,
    call: (method, input, grants = {}) =>
      core.call(method, input, { call: `call-${++calls}`, token: program.token, grants }) as never,
    async must(method, input, grants) {
      const answer = await program.call(method, input, grants);
      if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    async failure(method, input, grants) {
      const answer = await program.call(method, input, grants);
      if (answer.ok) throw new Error(`${method} succeeded`);
      return answer.error;
    },
    async signIn() {
      program.token = (await program.must('session.signIn', { account, password })).token;
      await program.must('session.reveal', { reason: '办理业务' });
    },
    close: () => core.close(),
  };
  return program;
}

/** A new ledger of a station (few areas, so that a test takes little time), closed again. Returns its recovery key. */
export async function makeLedger(folder: string, more: Partial<CoreEnv> = {}): Promise<string> {
  const program = startProgram(folder, more);
  const unit = { level: 'station', unitCode: '620921100', unitName: '城关司法所', parent: '620921' } as const;
  const { recoveryKey } = await program.must('setup.create', { ...unit, account, password });
  await program.close();
  return recoveryKey;
}

/** A case as a clerk types it; every one has words of its own. */
export function someCase(number: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    acceptedOn: `2025-0${1 + (number % 9)}-1${number % 10}`,
    kind: '02',
    source: 'application',
    summary: `第${number}起：双方因宅基地排水发生争执，经多次协商未果。`,
    parties: [
      {
        side: 'applicant',
        type: 'natural',
        name: `申${number}甲`,
        idNumber: makeIdentityNumber('1990-01-01', 1 + (number % 999)),
        phone: '13800001234',
      },
      { side: 'respondent', type: 'natural', name: `应${number}乙` },
    ],
    ...more,
  };
}

/** What the program says of its folder. */
export async function stateOf(program: Program) {
  return (await program.must('program.state', {})).state;
}

export async function failedState(program: Program): Promise<ErrorCode> {
  const state = await stateOf(program);
  if (state.is !== 'failed') throw new Error(`state is ${state.is}`);
  return state.failure.code;
}

export type Random = { next(): number; below(limit: number): number };

/** mulberry32: the same numbers for the same seed. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, below: (limit) => Math.floor(next() * limit) };
}
