import { go, type Route, useNavigation } from '#renderer/state/route.ts';
import { safetyRegisterText } from '#shared/text/safety-registers.ts';

type Part = { key: string; label: string; route: Route };

/** One place of the window, a line to go from one register to the other. */
export function SafetyTabs({ parts }: { parts: readonly Part[] }) {
  const route = useNavigation((state) => state.route);
  const here = 'ledger' in route ? route.ledger : 'part' in route ? route.part : '';
  return (
    <nav className="part-tabs" aria-label={safetyRegisterText.title}>
      {parts.map((part) => (
        <button
          key={part.key}
          type="button"
          className="part-tab"
          aria-current={here === part.key ? 'page' : undefined}
          onClick={() => go(part.route)}
        >
          {part.label}
        </button>
      ))}
    </nav>
  );
}
