import { z } from 'zod';
import { type PersonValues, personRoles } from '#shared/ledgers/persons.ts';
import { command, job, output, query } from '../define.ts';
import { id, ledger, nothing, RecordInput, text } from '../inputs.ts';
import type * as P from '../persons.ts';

const key = z.string().min(3).max(200);
const Values = z.partialRecord(z.enum(personRoles), z.string().max(400));

/** The index of persons over all registers. */
export const personMethods = {
  'person.match': query(
    z.strictObject({ values: Values, exceptRecord: id.optional() }),
    output<P.PersonMatches>(),
    { rights: 'ledger.read', audited: 'whole', whole: true },
  ),
  'person.take': query(z.strictObject({ key }), output<PersonValues>(), {
    rights: 'ledger.write',
    whole: true,
    audited: true,
  }),
  'person.card': query(z.strictObject({ key }), output<P.PersonCard>(), {
    rights: 'ledger.read',
    audited: 'view',
    whole: true,
  }),
  /** Who stands in a record; with what was looked for, those first of whom it says something. */
  'person.inRecord': query(z.strictObject({ id, text: text(400).optional() }), output<P.PersonInRecord[]>(), {
    rights: 'ledger.read',
    audited: 'whole',
    whole: true,
  }),
  'person.decide': command(
    z.strictObject({ left: key, right: key, verdict: z.enum(['same', 'different']) }),
    output<P.PersonDecision>(),
    { rights: 'ledger.write', whole: true, audited: true },
  ),
  'person.undecide': command(z.strictObject({ id: z.int().min(1) }), output<P.PersonDecision>(), {
    rights: 'ledger.write',
    whole: true,
    audited: true,
  }),
  'person.warnings': query(
    z.strictObject({ ledger, id: id.optional(), record: RecordInput }),
    output<P.PersonWarning[]>(),
    { rights: 'ledger.read', audited: 'whole', whole: true },
  ),
  'person.seen': query(z.strictObject({ id }), output<P.SeenWarning[]>(), {
    rights: 'ledger.read',
    audited: 'whole',
    whole: true,
  }),
  'person.see': command(
    z.strictObject({ id, warnings: z.array(z.string().max(400)).max(200) }),
    output<P.SeenWarning[]>(),
    { rights: 'ledger.write', whole: true, audited: true },
  ),
  'person.rebuild': job(nothing, output<{ records: number; keys: number }>(), {
    rights: 'system.maintain',
    audited: true,
  }),
} as const;
