import { go, useNavigation } from '#renderer/state/route.ts';
import { safetyLedgers } from '#shared/ledgers/all.ts';
import { safetyRegisterText } from '#shared/text/safety-registers.ts';
import { navigationLabels } from '#shared/text/window.ts';

/** The registers of the 安全保密登记 beside each other: one place of the window, a line to go from one to the other. */
export function SafetyTabs() {
  const route = useNavigation((state) => state.route);
  const here = 'ledger' in route ? route.ledger : '';
  return (
    <nav className="part-tabs" aria-label={safetyRegisterText.title}>
      {safetyLedgers.map(({ name, title }) => (
        <button
          key={name}
          type="button"
          className="part-tab"
          aria-current={here === name ? 'page' : undefined}
          onClick={() => go({ screen: 'list', ledger: name })}
        >
          {navigationLabels[name] ?? title}
        </button>
      ))}
    </nav>
  );
}
