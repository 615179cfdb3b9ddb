import { Component, type ReactNode } from 'react';
import { PlainButton } from '#renderer/components/plain.tsx';
import { programText } from '#shared/text/window.ts';

type State = { hasFailed: boolean };

/** A screen that throws is replaced by a sentence; drafts are kept by then. A class, because React knows no other way. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { hasFailed: false };

  static getDerivedStateFromError(): State {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main className="start" role="alert">
        <p>{programText.broken}</p>
        <PlainButton kind="primary" onClick={() => this.setState({ hasFailed: false })}>
          {programText.showAgain}
        </PlainButton>
      </main>
    );
  }
}
