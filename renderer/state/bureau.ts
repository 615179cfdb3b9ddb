import type { CoreEvent, Envelope } from '#shared/api/envelope.ts';
import type { ErrorCode, Failure } from '#shared/api/errors.ts';
import type { Bureau, InputOf, MethodName, OutputOf } from '#shared/api/methods.ts';
import type { AttachmentView, ShellMethods } from '#shared/api/types.ts';
import { type AskedKind, askFor } from './asked.ts';
import { tellTransfer } from './transfers.ts';

declare global {
  interface Window {
    bureau: Bureau;
  }
}

/** A call that was answered with a failure; screens show its sentence. */
class CallFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.name = 'CallFailure';
    this.failure = failure;
  }
}

/** The failure behind anything caught; what is not a failure of the core becomes `internal`. */
export function failureFrom(caught: unknown): Failure {
  if (caught instanceof CallFailure) return caught.failure;
  return { code: 'internal', params: { incident: 'window' } };
}

/** Whether a job was stopped by whoever waited for it. */
export const isStopped = (caught: unknown) => failureFrom(caught).code === 'cancelled';

/** What reaches a page of an answer: of an attachment its address, never its bytes. */
export type Answer<M extends MethodName> = M extends 'attachment.view' ? AttachmentView : OutputOf<M>;

async function send<O>(method: string, input: unknown): Promise<O> {
  const envelope = (await window.bureau.invoke(method, input)) as Envelope<O>;
  if (envelope.ok) {
    // What is printed is asked for by the window's own part, in the name of its method
    const printed = input as { method?: string; input?: unknown };
    if (method !== 'shell.print') tellTransfer(method, input);
    else if ((envelope.value as { printed: string }).printed !== 'cancelled')
      tellTransfer(printed.method ?? '', printed.input);
    return envelope.value;
  }
  throw new CallFailure(envelope.error);
}

/** Refusals that the person at the window can lift at once. */
const lifted: Partial<Record<ErrorCode, AskedKind>> = { 'confirm-needed': 'confirm', veiled: 'reveal' };

/** What somebody does: where the core wants the password or a reason first, he is asked, and it goes on. */
export async function call<M extends MethodName>(method: M, input: InputOf<M>): Promise<Answer<M>> {
  try {
    return await send(method, input);
  } catch (caught) {
    const kind = lifted[failureFrom(caught).code];
    if (kind === undefined || !(await askFor(kind))) throw caught;
    return send(method, input);
  }
}

/** What the window asks by itself: nobody is interrupted by a question for it. */
export function read<M extends MethodName>(method: M, input: InputOf<M>): Promise<Answer<M>> {
  return send(method, input);
}

/** Dialogs and printing, which the window answers itself. */
export function shell<M extends keyof ShellMethods>(
  method: M,
  input: ShellMethods[M]['input'],
): Promise<ShellMethods[M]['output']> {
  return send(method, input);
}

export function listen(listener: (event: CoreEvent) => void): () => void {
  return window.bureau.listen((event) => listener(event as CoreEvent));
}
