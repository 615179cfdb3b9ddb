import type { FormState } from '#renderer/state/form-state.ts';
import { useSees } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import type { Scalar } from '#shared/api/types.ts';
import { isDay } from '#shared/domain/day.ts';
import { yuanText } from '#shared/domain/money.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import { caseNote } from '#shared/ledgers/case-note.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { rateFor, type SubsidyRate } from '#shared/ledgers/subsidy.ts';
import { proposalText } from '#shared/text/entry.ts';

export const proposalKey = 'Ctrl+B';

/** What the program would write into a field, for the clerk to take. */
export type Proposal = { path: string; action: string; text: string; value: Scalar };

/** What is proposed for the record as it stands; null where nothing is. */
export function useProposal(state: FormState): Proposal | null {
  const subsidy = useSubsidy(state);
  const topic = useTopic(state);
  return subsidy ?? topic;
}

/** The standard of 以案定补 that a concluded case falls under, where it says another amount than the case. */
function useSubsidy({ ledger, content }: FormState): Proposal | null {
  const isRated = ledger.name === mediation.name && isDay(content.concludedOn);
  const input = { ledger: 'subsidyRate', filter: { state: 'active' }, limit: 500 };
  const isSeen = useSees('subsidyRate');
  const rates = useQuery('ledger.list', isRated && isSeen ? input : null);
  if (!isRated || !rates.value) return null;
  const rows = rates.value.rows.map((row) => ({ ...(row as unknown as SubsidyRate), title: row.title }));
  const rate = rateFor(rows, content);
  if (!rate || rate.amountFen === content.subsidyFen) return null;
  return {
    path: 'subsidyFen',
    action: proposalText.takeSubsidy,
    text: proposalText.subsidy(rate.title, rate.validFrom, yuanText(rate.amountFen)),
    value: rate.amountFen,
  };
}

/** A note is called by its case: the parties and the kind of their dispute. Masked names are nobody's. */
function useTopic({ ledger, content, codes }: FormState): Proposal | null {
  const { caseId, topic } = content;
  const isAsked = ledger.name === caseNote.name && isEmpty(topic) && /^[0-9a-f-]{36}$/.test(String(caseId));
  const { value: whole } = useQuery('ledger.get', isAsked ? { id: String(caseId) } : null);
  if (!isAsked || !whole || whole.isVeiled) return null;
  const kind = codes.label(mediation.fields.kind.codes, String(whole.record.kind)) ?? '';
  const value = [...(whole.title + kind)].slice(0, caseNote.fields.topic.max).join('');
  return { path: 'topic', action: proposalText.takeTopic, text: proposalText.topic(value), value };
}

type Props = { form: RecordForm; proposal: Proposal; isFixed: boolean };

/** Under the field for which something is proposed; a field that is locked takes nothing. */
export function ProposalHint({ form, proposal, isFixed }: Props) {
  return (
    <span className="field-hint">
      {proposal.text}
      {!isFixed && (
        <button
          type="button"
          tabIndex={-1}
          className="link proposal-take"
          title={proposalKey}
          onClick={() => form.put(proposal.path, proposal.value)}
        >
          {proposalText.take}
        </button>
      )}
    </span>
  );
}
