import { create } from 'zustand';
import { isToBeDescribed } from '#shared/domain/transfers.ts';

/** By what something left the machine since it was last said, or put off, where it went. */
export const useTransfers = create<{ waiting: ReadonlySet<string> }>(() => ({ waiting: new Set() }));

/** Told of every call that was answered. */
export function tellTransfer(method: string, input: unknown): void {
  if (!isToBeDescribed(method, input)) return;
  useTransfers.setState(({ waiting }) => ({ waiting: new Set([...waiting, method]) }));
}

export function forgetTransfers(): void {
  useTransfers.setState({ waiting: new Set() });
}
