import type { ReactNode } from 'react';
import { commonText } from '#shared/text/window.ts';

type Props = {
  id: string;
  label: string;
  isRequired?: boolean | undefined;
  isWide?: boolean;
  hint?: ReactNode;
  problem?: string | null | undefined;
  warning?: string | null | undefined;
  /** Small buttons beside the label. */
  tools?: ReactNode;
  children: ReactNode;
};

/** Label above, problem below in words (never by colour alone). */
export function Field({ id, label, isRequired, isWide, hint, problem, warning, tools, children }: Props) {
  return (
    <div className={isWide ? 'field field-wide' : 'field'}>
      <div className="field-head">
        <label htmlFor={id} className="field-label">
          {label}
          {isRequired && (
            <span className="field-required" title={commonText.required}>
              {commonText.requiredMark}
            </span>
          )}
        </label>
        {tools}
      </div>
      {children}
      <div id={`${id}-note`} className="field-note">
        {problem ? (
          <span className="field-problem">⚠ {problem}</span>
        ) : warning ? (
          <span className="field-warning">△ {warning}</span>
        ) : (
          hint && <span className="field-hint">{hint}</span>
        )}
      </div>
    </div>
  );
}
