import { Tag } from 'antd';
import { paperText } from '#shared/text/papers.ts';
import type { PaperEntry } from './paper-entries.ts';

/** One line a paper: what it is, whether it must be there, whether it was issued. */
export function PaperList({
  entries,
  chosen,
  onChoose,
}: {
  entries: readonly PaperEntry[];
  chosen: string;
  onChoose(key: string): void;
}) {
  return entries.map((entry) => (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the list, which names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the list
    <div
      key={entry.key}
      id={`paper-${entry.key}`}
      role="option"
      aria-selected={entry.key === chosen}
      className="paper-line"
      ref={entry.key === chosen ? intoView : null}
      onClick={() => onChoose(entry.key)}
    >
      <span className="paper-name">
        {entry.title}
        {entry.label !== '' && <span className="quiet"> {entry.label}</span>}
      </span>
      {entry.need && (
        <Tag color={entry.need === 'required' ? 'processing' : 'default'}>
          {entry.need === 'required' ? paperText.required : paperText.asNeeded}
        </Tag>
      )}
      <span className={entry.issued.length > 0 ? 'paper-state' : 'paper-state quiet'}>
        {entry.issued.length > 0 ? paperText.issued(entry.issued.length) : paperText.notIssued}
      </span>
    </div>
  ));
}

const intoView = (line: HTMLElement | null) => line?.scrollIntoView({ block: 'nearest' });
