import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Action, currentActions } from '#renderer/commands/actions.ts';
import { fitting } from '#renderer/components/Combobox.tsx';
import { onKeys } from '#renderer/components/ime.ts';
import { useReadings } from '#renderer/state/pinyin.ts';
import { layoutText } from '#shared/text/window.ts';

/** Everything that can be done now, by a few letters of its name. */
export function Palette({ onClose }: { onClose(): void }) {
  const [actions] = useState(offered);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const reading = useReadings();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const isOver = useRef(false);
  const over = () => {
    if (isOver.current) return;
    isOver.current = true;
    onClose();
  };
  const options = actions.map(({ id, label }) => ({ value: id, label, search: reading(label) }));
  const shown = fitting(options, typed).flatMap(({ value }) => actions.find(({ id }) => id === value) ?? []);
  const run = (action: Action | undefined) => {
    if (!action) return;
    // Closing gives the focus back to where it was, before the action moves it.
    dialog.current?.close();
    over();
    action.run();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive(Math.min(Math.max(active + step, 0), Math.max(0, shown.length - 1)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(shown[active]);
    }
  };
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={layoutText.palette}
      // The event of closing comes later than the next key may: Ctrl+K right after Escape would be lost.
      onCancel={(event) => {
        event.preventDefault();
        dialog.current?.close();
        over();
      }}
      onClose={over}
    >
      <input
        className="field-input"
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={shown[active] ? `palette-${active}` : undefined}
        aria-label={layoutText.palette}
        autoFocus
        placeholder={layoutText.paletteHint}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeys(keys)}
      />
      <div
        id="palette-list"
        role="listbox"
        aria-label={layoutText.palette}
        tabIndex={-1}
        className="palette-list"
      >
        {shown.map((action, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input, which names the active action
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input
          <div
            key={action.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === active}
            className="combobox-option"
            onClick={() => run(action)}
          >
            <span>{action.label}</span>
            {action.shortcut && <kbd>{action.shortcut}</kbd>}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className="quiet">{layoutText.paletteEmpty}</p>}
    </dialog>
  );
}

/** Enabled actions, each label once. */
function offered(): Action[] {
  const labels = new Set<string>();
  return currentActions().filter(({ id, label, isEnabled }) => {
    if (!isEnabled || id === 'palette' || labels.has(label)) return false;
    labels.add(label);
    return true;
  });
}
