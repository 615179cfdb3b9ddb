import { AppError } from '#shared/api/errors.ts';
import type { StoredRecord } from './table.ts';

/** That a record cannot take a step; its own register says what its state and its steps are called. */
export const notAllowed = (
  { ledger, state }: Pick<StoredRecord, 'ledger' | 'state'>,
  action: string,
): AppError => new AppError('action-not-allowed', { action, state, ledger: ledger.name });
