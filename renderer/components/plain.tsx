import type { ReactNode } from 'react';

// What the first screens show before the UI library is there: the sign-in field is to be seen at once, and the
// library takes half as long again as everything else in the first file (README, speeds). Styles in plain.css.

type ButtonProps = {
  kind?: 'primary' | 'link';
  isBusy?: boolean;
  disabled?: boolean;
  onClick(): void;
  children: ReactNode;
};

export function PlainButton({ kind, isBusy = false, disabled = false, onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      className={kind ? `plain-button plain-${kind}` : 'plain-button'}
      aria-busy={isBusy}
      disabled={disabled || isBusy}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

/** A sentence that must be read; `role` makes a screen reader say it at once. */
export function PlainAlert({
  tone,
  title,
  isUrgent = true,
}: {
  tone: 'info' | 'warning' | 'error';
  title: ReactNode;
  isUrgent?: boolean;
}) {
  return (
    <div className={`plain-alert plain-${tone}`} role={isUrgent ? 'alert' : undefined}>
      <span aria-hidden>{tone === 'info' ? 'ⓘ' : '⚠'}</span> {title}
    </div>
  );
}
