import { z } from 'zod';
import { command, output, query } from '../define.ts';
import { id, ledger, nothing, text, year } from '../inputs.ts';
import type * as T from '../numbering-types.ts';

/** Whose numbers: those of a year and of the committee (or whatever the description names), else the unit's own. */
const series = { ledger, year, by: id.optional() };
const most = z.int().min(1).max(500);

/** Numbers of records: how they look, and those given away before there are records for them. */
export const numberingMethods = {
  /** Series of numbers of papers: what `ledger` of the others may name besides a register. */
  'number.series': query(nothing, output<T.NumberSeries[]>(), { rights: 'ledger.read' }),
  'number.settings': query(z.strictObject({ ledger }), output<T.NumberSettings>(), {
    rights: 'ledger.read',
  }),
  'number.change': command(
    z.strictObject({ ledger, pattern: text(80).optional(), prefix: z.string().trim().max(20).optional() }),
    output<T.NumberSettings>(),
    { rights: 'numbers.manage', wide: true, audited: true },
  ),
  'number.blocks': query(z.strictObject({ ledger, year: year.optional() }), output<T.NumberBlock[]>(), {
    rights: 'ledger.read',
  }),
  'number.reserve': command(z.strictObject({ ...series, count: most }), output<T.NumbersReserved>(), {
    rights: 'ledger.write',
    audited: true,
  }),
  'number.return': command(z.strictObject({ ledger, number: text(80), reason: text(200) }), output<null>(), {
    rights: 'ledger.write',
    audited: true,
  }),
  'number.assign': command(z.strictObject({ ledger }), output<T.NumbersAssigned>(), {
    rights: 'ledger.write',
    audited: true,
  }),
  'number.grant': command(
    z.strictObject({ ...series, count: z.int().min(1).max(10_000), installation: id }),
    output<T.NumbersGranted>(),
    { rights: 'numbers.manage', wide: true, audited: true },
  ),
  'number.receive': command(
    z.strictObject({ code: z.string().trim().min(1).max(4000) }),
    output<T.NumberBlock>(),
    { rights: 'numbers.manage', wide: true, audited: true },
  ),
  'number.raise': command(z.strictObject({ ledger, number: text(80) }), output<{ isRaised: boolean }>(), {
    rights: 'numbers.manage',
    wide: true,
    audited: true,
  }),
} as const;
