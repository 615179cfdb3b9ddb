import type { Action } from '#renderer/commands/actions.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import { mayTake } from '#renderer/state/reach.ts';
import { mayTakePaperNumber } from '#renderer/state/record-content.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import { goBack } from '#renderer/state/route.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import { allowedSteps } from '#shared/ledgers/workflow.ts';
import { copyText, proposalText } from '#shared/text/entry.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { formText } from '#shared/text/records.ts';
import { actionText, commonText } from '#shared/text/window.ts';
import { type Proposal, proposalKey } from './Proposal.tsx';

/** What can be done with the record on screen. */
export function recordActions(
  form: RecordForm,
  state: FormState,
  isFixed: boolean,
  showForm: () => void,
  more: { proposal: Proposal | null; session: SessionInfo | null; onLike(): void },
): Action[] {
  const { ledger, whole, isBusy, isBrief } = state;
  const numberField = ledger.number?.field ?? '';
  const steps = whole ? allowedSteps(ledger.workflow, whole.state) : [];
  // A key pressed in a field comes before the field is left: what was typed there is taken first.
  const settled = (run: () => void) => () => {
    const field = document.activeElement;
    if (field instanceof HTMLElement && field.closest('[data-form]')) {
      field.blur();
      field.focus();
    }
    showForm();
    run();
  };
  return [
    {
      id: 'record.save',
      label: actionText.save,
      shortcut: 'Ctrl+S',
      isEnabled: !isBusy && !isFixed,
      run: settled(() => void form.save('stay')),
    },
    {
      id: 'record.saveAndNew',
      label: actionText.saveAndNew,
      shortcut: 'Ctrl+Shift+S',
      isEnabled: !isBusy && !isFixed,
      run: settled(() => void form.save('new')),
    },
    ...Object.entries(ledger.children)
      .filter(([, child]) => !child.isBeside)
      .map(([name, child]) => ({
        id: `record.add.${name}`,
        label: actionText.addChild(child.title),
        isEnabled: !isFixed,
        run: settled(() => form.addRow(name)),
      })),
    {
      id: 'record.copy',
      label: copyText.copy(ledger.noun),
      shortcut: 'Ctrl+D',
      isEnabled: ledger.copies !== undefined && whole !== null && !isBusy,
      run: settled(form.copy),
    },
    {
      id: 'record.like',
      label: copyText.like(ledger.noun),
      isEnabled: ledger.copies !== undefined && whole === null && !isEmpty(state.content.kind),
      run: settled(more.onLike),
    },
    {
      id: 'record.propose',
      label: more.proposal?.action ?? proposalText.take,
      shortcut: proposalKey,
      isEnabled: more.proposal !== null && !isFixed,
      run: settled(() => {
        if (more.proposal) form.put(more.proposal.path, more.proposal.value);
      }),
    },
    {
      id: 'record.paperNumber',
      label: numberingText.use,
      shortcut: 'Ctrl+Shift+N',
      isEnabled: !isFixed && mayTakePaperNumber(ledger, whole),
      run: settled(() =>
        form.put(
          numberField,
          typeof state.content[numberField] === 'string' ? state.content[numberField] : '',
        ),
      ),
    },
    {
      id: 'record.brief',
      label: isBrief ? formText.showAll : formText.showBrief,
      shortcut: 'Ctrl+E',
      isEnabled: ledger.brief !== undefined,
      run: settled(() => form.showBrief(!isBrief)),
    },
    ...steps
      .filter((step) => whole?.actions.includes(step.action) && mayTake(more.session, step))
      .map((step) => ({
        id: `record.${step.action}`,
        label: step.label,
        isEnabled: !isBusy,
        run: settled(() => void form.act(step)),
      })),
    { id: 'record.back', label: commonText.back, shortcut: 'Escape', isEnabled: true, run: goBack },
  ];
}
