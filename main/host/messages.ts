import type { MessagePort } from 'node:worker_threads';
import type { CallContext, Duty } from '#core/api/contract.ts';
import type { CoreEvent, Envelope } from '#shared/api/envelope.ts';

/** What both long-lived threads are started with; everything here can be cloned into a worker. */
export type HostEnv = {
  /** Absolute path of the data folder. */
  folder: string;
  /** Absolute path of the seeds shipped with the program. */
  seeds: string;
  /** Absolute path of the native file of the driver; without it the driver finds its own. */
  nativeBinding?: string;
  /** Version of the program, as package.json says. */
  version: string;
  /** Copies are made hourly and at the end without being asked. */
  automaticBackups?: boolean;
};

export type ThreadStart = {
  duty: Duty;
  env: HostEnv;
  helperFile: string;
  peer: MessagePort;
  /** Cancels travel on a port of their own, so that a busy job can take them out between two events. */
  control: MessagePort;
};

export type ToThread =
  | { is: 'call'; id: number; method: string; input: unknown; context: CallContext }
  | { is: 'close'; id: number };

export type FromThread =
  | { is: 'ready' }
  | { is: 'reply'; id: number; envelope: Envelope<unknown> }
  | { is: 'event'; event: CoreEvent };

export type ControlMessage = { cancel: string };
