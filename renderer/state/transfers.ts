import { create } from 'zustand';
import { isToBeDescribed } from '#shared/domain/transfers.ts';

/** Whether something left the machine since it was last said, or put off, where it went. */
export const useTransfers = create<{ isWaiting: boolean }>(() => ({ isWaiting: false }));

/** Told of every call that was answered. */
export function tellTransfer(method: string, input: unknown): void {
  if (isToBeDescribed(method, input)) useTransfers.setState({ isWaiting: true });
}

export function forgetTransfers(): void {
  useTransfers.setState({ isWaiting: false });
}
