import type { z } from 'zod';
import type { Right } from './rights.ts';

/**
 * How a method is carried out:
 * - `gate`: before and around the open ledger (state, set-up, sign-in); may be asynchronous.
 * - `query`: reads through a handle that cannot write; may stage files it was granted.
 * - `draft`: the small drafts file only; never waits behind a job.
 * - `command`: one IMMEDIATE transaction opened by the dispatcher.
 * - `job`: stages outside, reports progress, can be cancelled, commits once.
 */
export type MethodKind = 'gate' | 'query' | 'draft' | 'command' | 'job';

export type Method<K extends MethodKind = MethodKind, I = unknown, O = unknown> = {
  kind: K;
  input: z.ZodType<I, I>;
  rights: Right;
  /**
   * Logged by the dispatcher before the answer leaves, queries too. Of a `view` it is logged that somebody looks at
   * something, not every time that his window reads it again. Of `whole` it is logged which records somebody saw who had
   * names and numbers shown whole: lists, hits, choices.
   */
  audited: Audited;
  /** Only within five minutes of the caller's password having been typed (`session.confirm`). */
  confirmed: boolean;
  /** Gives, takes or destroys: the window asks by a dialog of the system, out of reach of a script in its page. */
  asked: boolean;
  /** Shows or sends out whole what is masked at first: only after `session.reveal` with a reason. */
  whole: boolean;
  /** Speaks of the ledger's whole unit: not for an account that sees a part of it. */
  wide: boolean;
  /** Carries only the type of the answer. */
  output?: O;
};

type Audited = boolean | 'view' | 'whole';
type Options = {
  rights: Right;
  audited?: Audited;
  confirmed?: boolean;
  asked?: boolean;
  whole?: boolean;
  wide?: boolean;
};
type Output<O> = { readonly __output?: O };

/** Names the answer's type; there is nothing to check at run time, the core is trusted. */
export function output<O>(): Output<O> {
  return {};
}

function maker<K extends MethodKind>(kind: K) {
  return <I, O>(input: z.ZodType<I, I>, _output: Output<O>, options: Options): Method<K, I, O> => ({
    kind,
    input,
    rights: options.rights,
    audited: options.audited ?? false,
    confirmed: options.confirmed ?? false,
    asked: options.asked ?? false,
    whole: options.whole ?? false,
    wide: options.wide ?? false,
  });
}

export const gate = maker('gate');
export const query = maker('query');
export const draft = maker('draft');
export const command = maker('command');
export const job = maker('job');
