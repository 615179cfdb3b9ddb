import { isEmpty } from '#shared/kinds/conditions.ts';
import { isFiled, isRepeat, isVoid, missingFor, type Step } from '#shared/ledgers/workflow.ts';
import { call } from './bureau.ts';
import { filledBy, openFrom } from './record-begin.ts';
import { check, contentToSend } from './record-check.ts';
import { emptied, only } from './record-content.ts';
import type { Ground } from './record-ground.ts';
import type { Saving } from './record-save.ts';
import { blanksFrom, droppedFrom, shownWith } from './record-waiting.ts';

/** Steps of the workflow, and the questions that stand before them. */
export function stepActions(ground: Ground, saving: Saving) {
  const { get, set, ledger, version, drafts } = ground;

  /** What the step misses is named, and what nobody could read; true where there is anything. */
  const isHeldUp = (step: Step): boolean => {
    // What follows from the values of the step is filled in, and can be written over before the step is taken.
    const filled = filledBy(ledger, get().content, step.sets ?? {});
    if (Object.keys(filled).length > 0) ground.change({ ...get().content, ...filled });
    const { whole, isDirty, focusProblem } = get();
    const fields = missingFor(step, { ...get().content, ...step.sets }, ledger.fields);
    // What the step says by itself may be what the fields that it asks for hang on: it is shown until it is taken.
    set({ pending: step.sets ? step : null });
    if (fields.length > 0) {
      const missing = { step: step.label, fields };
      set({ missing, isBrief: false, focusProblem: focusProblem + 1, failure: null, notice: null });
      return true;
    }
    if (!isDirty && whole && isRepeat(ledger.workflow, whole.state, step, whole.record)) {
      const missing = { step: step.label, fields: [...step.requires], isAgain: true };
      set({ missing, isBrief: false, focusProblem: focusProblem + 1, failure: null, notice: null });
      set({ pending: null });
      return true;
    }
    return saving.stopAtProblems(shownWith(get()));
  };

  /** Records that go on naming one that is voided. What stands in the way altogether the core says. */
  const pointingAt = async (id: string, step: Step) => {
    if (!isVoid(ledger.workflow, step.to)) return [];
    const related = await call('ledger.related', { id });
    const isHeld = related.some(({ holding }) => holding > 0);
    return isHeld ? [] : related.filter(({ total }) => total > 0);
  };

  /** What is still to be done, as the form has it, of a record that is filed: it is not reminded of any more. */
  const dueFor = async (id: string, step: Step) => {
    if (!isFiled(ledger.workflow, step.to)) return [];
    const record = check(shownWith(get())).content;
    const { deadlines } = await call('deadline.record', { id, record });
    return deadlines.filter(({ isLapsed }) => !isLapsed);
  };

  /** Opens the record that the step is taken by, once this one is saved. */
  const open = async (step: Step, opens: NonNullable<Step['opens']>): Promise<void> => {
    if (get().isDirty) await saving.save('stay');
    const { whole, isDirty, content } = get();
    if (!isDirty && whole) openFrom(step, opens, ledger, whole, content);
  };

  /** Takes a step of the workflow; what it misses is named instead. */
  const act = async (step: Step, isSure = false): Promise<void> => {
    const { id, isBusy } = get();
    if (id === null || isBusy) return;
    if (step.opens && isEmpty(get().content[step.opens.links])) return open(step, step.opens);
    if (isHeldUp(step)) return;
    set({ isBusy: true, failure: null });
    try {
      await drafts.settle();
      const pointing = isSure ? [] : await pointingAt(id, step);
      const due = isSure ? [] : await dueFor(id, step);
      // Somebody went on typing meanwhile: from here to the call everything is of one moment.
      const isGivenUp = step.sets !== undefined && get().pending !== step;
      if (isGivenUp || isHeldUp(step)) return set({ isBusy: false });
      const shown = shownWith(get());
      const dropped = droppedFrom(shown, step.clears);
      const blanks = blanksFrom(shown, step);
      const said = dropped.length + pointing.length + due.length + Object.keys(blanks).length;
      if (!isSure && said > 0)
        return set({ isBusy: false, confirming: { next: step, dropped, pointing, due, blanks } });
      const { whole, isDirty, content: sent } = get();
      const isClosed = ledger.workflow.states[whole?.state ?? '']?.isClosed === true;
      const all = contentToSend(shown);
      const record = isClosed ? only(all, step.requires) : { ...emptied(whole?.record ?? {}, all), ...all };
      const saved = await call('ledger.act', {
        id,
        action: step.action,
        ...(version.base === null ? {} : { baseVersion: version.base }),
        ...(isDirty ? { record } : {}),
      });
      await saving.take(saved, sent);
    } catch (caught) {
      await saving.fail(caught);
    }
  };

  /** Goes on with what was asked about, or back to the form. */
  const confirm = async (isSure: boolean): Promise<void> => {
    const next = get().confirming?.next;
    set({ confirming: null });
    if (!isSure || next === undefined) return;
    if (typeof next === 'string') await saving.save(next, true);
    else await act(next, true);
  };

  /** The step that was begun is not taken. What was typed for it stays to be seen. */
  const dropStep = () => set({ pending: null, missing: null });

  return { act, confirm, dropStep };
}
