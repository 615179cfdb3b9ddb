import { useMemo } from 'react';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { asUsed, optionalFieldsOf } from '#shared/ledgers/optional.ts';
import { useQuery } from './queries.ts';

/** A register as the unit uses it; null until that is known, and for a name that is no register's. */
export function useLedger(name: string | null): LedgerSpec | null {
  const ledger = ledgers.find((one) => one.name === name) ?? null;
  const isFixed = ledger === null || optionalFieldsOf(ledger).length === 0;
  const { value } = useQuery('fields.on', isFixed ? null : {});
  return useMemo(() => {
    if (isFixed) return ledger;
    return value === null ? null : asUsed(ledger, value);
  }, [ledger, isFixed, value]);
}
