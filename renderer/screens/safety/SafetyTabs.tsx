import { go, type Route, useNavigation } from '#renderer/state/route.ts';
import { safetyLedgers } from '#shared/ledgers/all.ts';
import { safetyPaperText } from '#shared/text/safety-papers.ts';
import { safetyRegisterText } from '#shared/text/safety-registers.ts';
import { transferText } from '#shared/text/transfers.ts';
import { navigationLabels } from '#shared/text/window.ts';

type Part = { key: string; label: string; route: Route };

/** What the 安全保密登记 is made of, in the order in which it is kept. */
export const safetyParts: readonly Part[] = [
  ...safetyLedgers.map(
    ({ name, title }): Part => ({
      key: name,
      label: navigationLabels[name] ?? title,
      route: { screen: 'list', ledger: name },
    }),
  ),
  { key: 'out', label: transferText.places.out, route: { screen: 'safety', part: 'out' } },
  { key: 'in', label: transferText.places.in, route: { screen: 'safety', part: 'in' } },
  { key: 'papers', label: safetyPaperText.title, route: { screen: 'safety', part: 'papers' } },
];

/** One place of the window, a line to go from one register to the other. */
export function SafetyTabs() {
  const route = useNavigation((state) => state.route);
  const here = 'ledger' in route ? route.ledger : 'part' in route ? route.part : '';
  return (
    <nav className="part-tabs" aria-label={safetyRegisterText.title}>
      {safetyParts.map((part) => (
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
