import type { FormState } from '#renderer/state/form-state.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import { isDay } from '#shared/domain/day.ts';
import { yuanText } from '#shared/domain/money.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { rateFor, type SubsidyRate } from '#shared/ledgers/subsidy.ts';
import { proposalText } from '#shared/text/entry.ts';

export const subsidyKey = 'Ctrl+B';

/** The standard of 以案定补 that a concluded case falls under, where it says another amount than the case. */
export function useSubsidy({ ledger, content }: FormState): { text: string; fen: number } | null {
  const isRated = ledger.name === mediation.name && isDay(content.concludedOn);
  const input = { ledger: 'subsidyRate', filter: { state: 'active' }, limit: 500 };
  const rates = useQuery('ledger.list', isRated ? input : null);
  if (!isRated || !rates.value) return null;
  const rows = rates.value.rows.map((row) => ({ ...(row as unknown as SubsidyRate), title: row.title }));
  const rate = rateFor(rows, content);
  if (!rate || rate.amountFen === content.subsidyFen) return null;
  return {
    text: proposalText.subsidy(rate.title, rate.validFrom, yuanText(rate.amountFen)),
    fen: rate.amountFen,
  };
}

/** Under the field for which something is proposed. */
export function SubsidyHint({ form, state }: { form: RecordForm; state: FormState }) {
  const proposal = useSubsidy(state);
  if (!proposal) return null;
  return (
    <span className="field-hint">
      {proposal.text}
      <button
        type="button"
        tabIndex={-1}
        className="link proposal-take"
        title={subsidyKey}
        onClick={() => form.put('subsidyFen', proposal.fen)}
      >
        {proposalText.take}
      </button>
    </span>
  );
}
