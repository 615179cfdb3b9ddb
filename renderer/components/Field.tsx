import type { CSSProperties, ReactNode } from 'react';
import { commonText } from '#shared/text/window.ts';

type Props = {
  id: string;
  label: string;
  isRequired?: boolean | undefined;
  isWide?: boolean;
  /** Columns of a form's grid. */
  units?: number | undefined;
  hint?: ReactNode;
  /** Short help beside the label, where a line under the field would cost too much. */
  aside?: string | null | undefined;
  problem?: string | null | undefined;
  warning?: string | null | undefined;
  /** Small buttons beside the label. */
  tools?: ReactNode;
  children: ReactNode;
};

/** Label above, problem below in words (never by colour alone). */
export function Field(props: Props) {
  const { id, label, isRequired, isWide, units, hint, aside, problem, warning, tools, children } = props;
  const columns = units === undefined ? {} : { style: { '--units': units } as CSSProperties };
  return (
    <div className={isWide ? 'field field-wide' : 'field'} {...columns}>
      <div className="field-head">
        <label htmlFor={id} className="field-label">
          {label}
          {isRequired && (
            <span className="field-required" title={commonText.required}>
              {commonText.requiredMark}
            </span>
          )}
        </label>
        {aside && <span className="field-aside">{aside}</span>}
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
