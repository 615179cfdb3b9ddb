import { go, useNavigation } from '#renderer/state/route.ts';
import type { PlaceGroup } from './places.ts';

/** One place of the window, a line to go from one of its parts to the other. */
export function PartTabs({ group }: { group: PlaceGroup }) {
  const route = useNavigation((state) => state.route);
  const here = 'ledger' in route ? route.ledger : 'part' in route ? route.part : '';
  return (
    <nav className="part-tabs" aria-label={group.title}>
      {group.parts.map((part) => (
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
