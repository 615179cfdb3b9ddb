import { z } from 'zod';
import { guides } from '#shared/text/care.ts';
import type * as C from '../care-types.ts';
import { gate, output } from '../define.ts';
import { copyPlace, grant, level, nothing, text, year } from '../inputs.ts';
import type * as T from '../types.ts';

/** Around the ledger: state, set-up, sign-in. */
export const aroundMethods = {
  'program.state': gate(nothing, output<T.ProgramState>(), { rights: 'none' }),
  'program.use': gate(z.strictObject({ folder: grant.optional() }), output<T.ProgramState>(), {
    rights: 'none',
  }),
  'program.restore': gate(
    z.strictObject({
      backup: text(200).optional(),
      place: copyPlace.optional(),
      file: grant.optional(),
      /** The copy is of another ledger, which is to take this one's place: refused without it (`backup-foreign`). */
      ofOther: z.boolean().optional(),
    }),
    output<T.ProgramState>(),
    { rights: 'none' },
  ),
  /** From the newest sound copy and what can be read in the damaged file; the list of it is kept in the ledger. */
  'program.repair': gate(
    z.strictObject({ account: text(40), password: z.string().min(1).max(200) }),
    output<{ repaired: C.RepairCounts; program: T.ProgramState }>(),
    { rights: 'none' },
  ),
  /** Goes on with a ledger that was moved away or came from another machine. `takesOver`: it is used nowhere else. */
  'program.goOn': gate(
    z.strictObject({ takesOver: z.boolean(), reason: text(200) }),
    output<T.ProgramState>(),
    { rights: 'none' },
  ),
  /** A key file where the folder's is missing or harmed: beside a copy (the newest that has one), or one that was kept. */
  'program.takeKey': gate(
    z.strictObject({ backup: text(200).optional(), place: copyPlace.optional(), file: grant.optional() }),
    output<T.ProgramState>(),
    { rights: 'none' },
  ),
  /** One page of guidance, for the wall beside the PC: also where no ledger is there yet, or none opens. */
  'program.guide': gate(z.strictObject({ what: z.enum(guides) }), output<T.PrintedPage>(), {
    rights: 'none',
  }),
  /** What a technician needs, without anything personal. */
  'program.diagnose': gate(
    z.strictObject({ out: grant }),
    /** Not read where all that is missing is somebody who signs in: nothing is known of it then. */
    output<{ file: string; isLedgerRead: boolean }>(),
    { rights: 'none' },
  ),
  /** A whole copy for another PC; needs the right `system.maintain` and the password just typed. */
  'program.move': gate(
    z.strictObject({ folder: grant }),
    output<{
      moved: { folder: string; copy: string; bytes: number; lost: number };
      program: T.ProgramState;
    }>(),
    { rights: 'system.maintain', confirmed: true },
  ),
  'setup.areas': gate(
    z.strictObject({ parent: z.string().max(12).optional(), text: z.string().max(40).optional() }),
    output<T.Area[]>(),
    { rights: 'none' },
  ),
  'setup.create': gate(
    z.strictObject({
      level,
      unitCode: z.string().regex(/^\d{2,9}$/),
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
      /** Persons under correction, with evaluations and events; none without it. */
      correction: z.int().min(0).max(500_000).optional(),
      years: z.strictObject({ from: year, to: year }).optional(),
      seed: z
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .optional(),
      /** The 安全保密登记, periods of keeping, old files under review and a sealed record too. */
      safety: z.boolean().optional(),
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
  /** The caller's password once more: for some minutes the acts that ask for it go through. */
  'session.confirm': gate(z.strictObject({ password: z.string().min(1).max(200) }), output<null>(), {
    rights: 'none',
  }),
  /** Shows names, numbers and texts whole to this session, for a working day at most; the reason is kept in the log. */
  'session.reveal': gate(z.strictObject({ reason: text(100) }), output<T.SessionInfo>(), {
    rights: 'sensitive.view',
  }),
  'session.veil': gate(nothing, output<T.SessionInfo>(), { rights: 'session' }),
  'session.changePassword': gate(
    z.strictObject({ password: z.string().min(1).max(200), newPassword: z.string().min(1).max(200) }),
    output<T.SessionInfo>(),
    { rights: 'none' },
  ),
  'session.signOut': gate(nothing, output<null>(), { rights: 'none' }),
} as const;
