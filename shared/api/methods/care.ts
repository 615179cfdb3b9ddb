import { z } from 'zod';
import { parseDay } from '#shared/domain/day.ts';
import type * as C from '../care-types.ts';
import { command, job, output, query } from '../define.ts';
import { copyPlace, grant, nothing, text } from '../inputs.ts';
import type * as T from '../types.ts';

/** Care of the ledger. */
export const careMethods = {
  'system.hash': query(nothing, output<{ hash: string; records: number }>(), { rights: 'session' }),
  /** `quick` looks at the sizes of attachments only, not into them. */
  'system.verify': query(z.strictObject({ quick: z.boolean().optional() }), output<T.Verified>(), {
    rights: 'session',
  }),
  /** How far the renewal of the search index after an update has come; null where there is none. */
  'system.renewal': query(nothing, output<T.Renewal | null>(), { rights: 'session' }),
  'system.rebuild': job(z.strictObject({ whole: z.boolean().optional() }), output<T.Rebuilt>(), {
    rights: 'system.maintain',
    audited: true,
  }),
  'system.backup': query(z.strictObject({ folder: grant.optional() }), output<T.BackupMade>(), {
    rights: 'session',
    audited: true,
  }),
  /** Of both places, newest first. */
  'system.backups': query(nothing, output<C.ListedBackup[]>(), { rights: 'session' }),
  'system.places': query(nothing, output<C.CopyPlaces>(), { rights: 'session' }),
  /** A folder to which every automatic copy goes too; null for none any more. */
  'system.setSecondPlace': command(z.strictObject({ folder: grant.nullable() }), output<C.CopyPlaces>(), {
    rights: 'system.maintain',
    audited: true,
  }),
  /** What restores and repairs put aside. */
  'system.aside': query(nothing, output<C.AsideState>(), { rights: 'system.maintain' }),
  /** Gives up what was set aside before its time; what is named was on the list that was shown. */
  'system.dropAside': command(
    z.strictObject({ names: z.array(text(200)).min(1).max(500) }),
    output<C.AsideState>(),
    { rights: 'system.maintain', audited: true, confirmed: true, asked: true },
  ),
  /** Tries whether a copy would bring the ledger back: the newest one, or the one named. Changes nothing. */
  'system.drill': job(
    z.strictObject({ backup: text(200).optional(), place: copyPlace.optional() }),
    output<C.Drill>(),
    {
      rights: 'system.maintain',
      audited: true,
    },
  ),
  /**
   * A drill that people did by hand on another PC, by the page of guidance. Nothing takes an entry back: what was typed
   * wrongly is entered once more.
   */
  'system.enterDrill': command(
    z.strictObject({
      on: z.string().refine((value) => parseDay(value) !== null),
      by: text(60),
      copy: text(200),
      machine: text(60),
      minutes: z.int().min(1).max(9999),
      /** What did not work; left out where all was well. */
      fault: text(200).optional(),
    }),
    output<C.Drills>(),
    { rights: 'system.maintain', audited: true },
  ),
  'system.drills': query(nothing, output<C.Drills>(), { rights: 'session' }),
  'system.repairs': query(nothing, output<C.RepairListed[]>(), { rights: 'system.maintain' }),
  /** What a repair saved and what it did not, for print. */
  'system.repairPage': query(z.strictObject({ id: z.int() }), output<T.PrintedPage>(), {
    rights: 'system.maintain',
    audited: true,
  }),
} as const;
