import type { ReactNode } from 'react';

type Props = { id: string; label: string; problem?: string | null; children: ReactNode };

/** A line of a dialog: label at the left, what is wrong below the field in words. */
export function DialogLine({ id, label, problem, children }: Props) {
  return (
    <div className="rule-line">
      <label htmlFor={id}>{label}</label>
      <div>
        {children}
        {problem && <span className="field-problem">⚠ {problem}</span>}
      </div>
    </div>
  );
}
