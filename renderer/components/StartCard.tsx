import type { ReactNode } from 'react';
import { programText } from '#shared/text/window.ts';

type Props = {
  title: string;
  unit?: string;
  isWide?: boolean;
  children: ReactNode;
  version?: string | undefined;
};

/** The frame of every screen before the ledger is open. */
export function StartCard({ title, unit, isWide, children, version }: Props) {
  return (
    <main className="start">
      <div className={isWide ? 'start-card start-wide' : 'start-card'}>
        <p className="start-program">{programText.name}</p>
        {unit && <p className="start-unit">{unit}</p>}
        <h1 className="start-title">{title}</h1>
        {children}
      </div>
      <p className="start-foot">
        {programText.secrecy}
        {version && <span className="quiet"> {version}</span>}
      </p>
    </main>
  );
}
