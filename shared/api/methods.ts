import { z } from 'zod';
import type { CodeList } from '#shared/domain/code-list.ts';
import type { Figure } from '#shared/domain/figures.ts';
import { command, draft, gate, job, output, query } from './define.ts';
import { isPlainRecord } from './plain-record.ts';
import type * as T from './types.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const year = z.int().min(1949).max(2999);
const grant = z.string().min(1).max(200);
const ledger = z.string().regex(/^[a-z][A-Za-z]{1,39}$/);
const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const level = z.enum(['station', 'county', 'city', 'province']);
const nothing = z.strictObject({});
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Equal to a value, one of several, or a range with either end open. Fields are those the description offers. */
export const FilterInput = z.record(
  z.string(),
  z.union([
    scalar,
    z.array(scalar).max(200),
    z.strictObject({
      from: z.union([z.string(), z.number()]).optional(),
      to: z.union([z.string(), z.number()]).optional(),
    }),
  ]),
);

/**
 * A record as typed: fields with plain values and rows of such; what they may be, its ledger's description checks.
 * By hand, because a job brings 200,000 of them.
 */
const RecordInput = z.custom<Record<string, unknown>>(isPlainRecord);

export const ListInput = z.strictObject({
  ledger,
  filter: FilterInput.optional(),
  sort: z.strictObject({ field: z.string(), descending: z.boolean() }).optional(),
  offset: z.int().min(0).max(10_000_000).optional(),
  limit: z.int().min(1).max(1000).optional(),
});

/** The whole way into the core. The renderer, the command line and the tests know nothing else. */
export const methods = {
  // — around the ledger —
  'program.state': gate(nothing, output<T.ProgramState>(), { rights: 'none' }),
  'program.use': gate(z.strictObject({ folder: grant.optional() }), output<T.ProgramState>(), {
    rights: 'none',
  }),
  'program.restore': gate(
    z.strictObject({ backup: text(200).optional(), file: grant.optional() }),
    output<T.ProgramState>(),
    {
      rights: 'none',
    },
  ),
  'setup.areas': gate(
    z.strictObject({ parent: z.string().max(12).optional(), text: z.string().max(40).optional() }),
    output<T.Area[]>(),
    { rights: 'none' },
  ),
  'setup.create': gate(
    z.strictObject({
      level,
      unitCode: z.string().regex(/^\d{2}(\d{2}(\d{2}(\d{3})?)?)?$/),
      unitName: text(60),
      parent: z
        .string()
        .regex(/^\d{2,9}$/)
        .optional(),
      account: text(40),
      password: z.string().min(1).max(200),
    }),
    output<T.SetUp>(),
    { rights: 'none' },
  ),
  'setup.demo': gate(
    z.strictObject({
      level: level.optional(),
      account: text(40).optional(),
      password: z.string().min(1).max(200),
      cases: z.int().min(0).max(2_000_000).optional(),
      years: z.strictObject({ from: year, to: year }).optional(),
      seed: z
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .optional(),
    }),
    output<T.DemoMade>(),
    { rights: 'none' },
  ),
  'session.signIn': gate(
    z.strictObject({ account: text(40), password: z.string().min(1).max(200) }),
    output<T.SignedIn>(),
    { rights: 'none' },
  ),
  'session.recover': gate(
    z.strictObject({ recoveryKey: text(200), account: text(40), newPassword: z.string().min(1).max(200) }),
    output<T.SignedIn>(),
    { rights: 'none' },
  ),
  'session.current': gate(nothing, output<T.SessionInfo | null>(), { rights: 'none' }),
  'session.lock': gate(nothing, output<null>(), { rights: 'none' }),
  'session.unlock': gate(z.strictObject({ password: z.string().min(1).max(200) }), output<T.SignedIn>(), {
    rights: 'none',
  }),
  'session.signOut': gate(nothing, output<null>(), { rights: 'none' }),

  // — dictionaries and base data —
  'codes.lists': query(nothing, output<CodeList[]>(), { rights: 'session' }),
  'units.tree': query(nothing, output<T.Unit[]>(), { rights: 'session' }),
  'divisions.children': query(z.strictObject({ parent: z.string().max(12) }), output<T.Area[]>(), {
    rights: 'session',
  }),

  // — every ledger, by its description —
  'ledger.list': query(ListInput, output<T.Page>(), { rights: 'ledger.read' }),
  'ledger.get': query(z.strictObject({ id }), output<T.Whole>(), { rights: 'ledger.read', audited: true }),
  'ledger.check': query(z.strictObject({ ledger, record: RecordInput }), output<T.Checked>(), {
    rights: 'ledger.read',
  }),
  'ledger.save': command(
    z.strictObject({
      ledger,
      id: id.optional(),
      baseVersion: z.string().optional(),
      record: RecordInput,
    }),
    output<T.Saved>(),
    { rights: 'ledger.write', audited: true },
  ),
  'ledger.act': command(
    z.strictObject({
      id,
      action: z.string().max(40),
      baseVersion: z.string().optional(),
      record: RecordInput.optional(),
    }),
    output<T.Saved>(),
    { rights: 'ledger.write', audited: true },
  ),
  'ledger.addMany': job(
    z.strictObject({ ledger, records: z.array(RecordInput).max(200_000) }),
    output<{ added: number }>(),
    { rights: 'ledger.write', audited: true },
  ),
  'ledger.choices': query(
    z.strictObject({
      ledger,
      text: z.string().max(60).optional(),
      limit: z.int().min(1).max(200).optional(),
    }),
    output<T.Choice[]>(),
    { rights: 'ledger.read' },
  ),
  'search.find': query(
    z.strictObject({ text: z.string().max(200), limit: z.int().min(1).max(200).optional() }),
    output<T.Hits>(),
    { rights: 'ledger.read' },
  ),

  // — drafts: kept at every change of a field, in a file of their own —
  'draft.save': draft(
    z.strictObject({
      id,
      ledger,
      recordId: id.optional(),
      baseVersion: z.string().optional(),
      content: RecordInput,
    }),
    output<null>(),
    { rights: 'ledger.write' },
  ),
  'draft.list': draft(nothing, output<T.Draft[]>(), { rights: 'ledger.write' }),
  'draft.discard': draft(z.strictObject({ id }), output<null>(), { rights: 'ledger.write' }),

  // — figures and the report —
  'indicator.list': query(
    z.strictObject({ year, unit: z.string().max(12).optional() }),
    output<T.Figures>(),
    {
      rights: 'figures.read',
    },
  ),
  'indicator.records': query(
    z.strictObject({
      year,
      code: z.string().max(80),
      offset: z.int().min(0).optional(),
      limit: z.int().min(1).max(100_000).optional(),
    }),
    output<T.RecordsBehind>(),
    { rights: 'figures.read', audited: true },
  ),
  'indicator.years': query(nothing, output<number[]>(), { rights: 'figures.read' }),
  'indicator.enter': command(
    z.strictObject({ year, code: z.string().max(80), printed: z.string().max(60).nullable() }),
    output<Figure>(),
    { rights: 'figures.write', audited: true },
  ),
  'indicator.import': job(z.strictObject({ year, file: grant }), output<T.FiguresImported>(), {
    rights: 'figures.write',
    audited: true,
  }),
  'report.preview': query(z.strictObject({ year }), output<T.ReportPreview>(), { rights: 'report.make' }),
  'report.make': query(
    z.strictObject({ year, out: grant, overwrite: z.boolean().optional() }),
    output<T.ReportMade>(),
    { rights: 'report.make', audited: true },
  ),

  // — care of the ledger —
  'system.hash': query(nothing, output<{ hash: string; records: number }>(), { rights: 'session' }),
  'system.verify': query(nothing, output<T.Verified>(), { rights: 'session' }),
  'system.backup': query(z.strictObject({ folder: grant.optional() }), output<T.BackupMade>(), {
    rights: 'session',
    audited: true,
  }),
  'system.backups': query(nothing, output<T.Backup[]>(), { rights: 'session' }),
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type InputOf<M extends MethodName> = z.input<Methods[M]['input']>;
export type OutputOf<M extends MethodName> = Exclude<Methods[M]['output'], undefined>;

/** What the preload script puts on `window.bureau`, and all a screen can reach. */
export type Bureau = {
  invoke(method: string, input: unknown): Promise<unknown>;
  listen(listener: (event: unknown) => void): () => void;
};
