import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Draft } from '#shared/api/types.ts';
import type { Day } from '#shared/domain/day.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import type { Codes } from './codes.ts';
import { type FormState, firstState, type More } from './form-state.ts';
import { stepActions } from './record-act.ts';
import { besideActions } from './record-beside.ts';
import type { FormContent } from './record-content.ts';
import { createGround } from './record-ground.ts';
import { loadActions } from './record-load.ts';
import { saveActions } from './record-save.ts';
import { typeActions } from './record-type.ts';

export type RecordForm = { store: StoreApi<FormState> } & ReturnType<typeof actionsOf>;

/** A form for one opening of a record. `draft` is one to go on with. */
export function createRecordForm(
  ledger: LedgerSpec,
  id: string | null,
  draft: Draft | null,
  today: Day,
  more: More = {},
): RecordForm {
  const store = createStore<FormState>(() => firstState(ledger, id, draft, today, more));
  return { store, ...actionsOf(store, draft, more.begins?.content ?? {}) };
}

function actionsOf(store: StoreApi<FormState>, draft: Draft | null, begins: FormContent) {
  const ground = createGround(store, draft);
  const { startNew, load, reread, renew } = loadActions(ground, draft, begins);
  const saving = saveActions(ground, startNew);
  const { save, saveAsNew, resolve, discardChanges, keepEditing } = saving;
  return {
    load,
    reread,
    renew,
    showBrief: (isBrief: boolean) => ground.set({ isBrief }),
    useCodes: (codes: Codes) => ground.set({ codes }),
    ...typeActions(ground),
    save,
    saveAsNew,
    resolve,
    discardChanges,
    keepEditing,
    ...stepActions(ground, saving),
    ...besideActions(ground),
  };
}
