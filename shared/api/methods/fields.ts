import { z } from 'zod';
import type { FieldsOn } from '#shared/ledgers/optional.ts';
import { command, output, query } from '../define.ts';
import { nothing } from '../inputs.ts';

/** Optional fields of the registers: which of them the unit turned on. */
export const fieldMethods = {
  'fields.on': query(nothing, output<FieldsOn>(), { rights: 'session' }),
  /** What stands in the records is kept either way. */
  'fields.turn': command(
    z.strictObject({ ledger: z.string().max(60), field: z.string().max(60), isOn: z.boolean() }),
    output<FieldsOn>(),
    { rights: 'rules.confirm', wide: true, audited: true },
  ),
} as const;
