import { z } from 'zod';
import { parseDay } from '#shared/domain/day.ts';
import { ruleDecisionSchema } from '#shared/domain/deadline-rule.ts';
import type * as D from '../deadline-types.ts';
import { command, job, output, query } from '../define.ts';
import { grant, id, nothing, RecordInput } from '../inputs.ts';

const day = z.string().refine((value) => parseDay(value) !== null);
const rule = z.string().regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);

/** Whose and which deadlines; without `on`, those of today. */
const Asked = {
  on: day.optional(),
  person: z.string().max(60).optional(),
  unit: id.optional(),
  rule: rule.optional(),
};

/** What is due, the rules behind it, the calendar it is counted by. */
export const deadlineMethods = {
  'deadline.board': query(
    z.strictObject({
      ...Asked,
      part: z.enum(['overdue', 'today', 'week']).optional(),
      offset: z.int().min(0).max(10_000_000).optional(),
      limit: z.int().min(1).max(1000).optional(),
    }),
    output<D.Board>(),
    { rights: 'ledger.read', audited: 'whole' },
  ),
  /** The board as a page to print; names of parties leave the program with it. */
  'deadline.sheet': query(z.strictObject(Asked), output<{ html: string; rows: number }>(), {
    rights: 'ledger.read',
    audited: true,
  }),
  /** Of the record as it stands, or as it is typed in `record`. */
  'deadline.record': query(
    z.strictObject({ id, record: RecordInput.optional() }),
    output<D.RecordDeadlines>(),
    { rights: 'ledger.read', audited: 'whole' },
  ),
  'deadline.rules': query(nothing, output<D.RuleShown[]>(), { rights: 'ledger.read' }),
  'deadline.confirm': command(
    z.strictObject({ rule, decision: ruleDecisionSchema, note: z.string().trim().max(200) }),
    output<D.RuleShown[]>(),
    { rights: 'rules.confirm', wide: true, audited: true },
  ),
  'calendar.years': query(nothing, output<D.HeldYear[]>(), { rights: 'ledger.read' }),
  'calendar.import': job(z.strictObject({ file: grant }), output<D.CalendarTaken>(), {
    rights: 'rules.confirm',
    wide: true,
    audited: true,
  }),
} as const;
