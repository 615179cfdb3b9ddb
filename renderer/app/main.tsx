import { createRoot } from 'react-dom/client';
import { followCore } from '#renderer/state/program.ts';
import { programText } from '#shared/text/window.ts';
import '#renderer/styles/base.css';
import '#renderer/styles/start.css';
import '#renderer/styles/frame.css';
import '#renderer/styles/search.css';
import '#renderer/styles/list.css';
import '#renderer/styles/yearly.css';
import '#renderer/styles/small-window.css';
import '#renderer/styles/plain.css';
import '#renderer/styles/upkeep.css';
import '#renderer/styles/attachments.css';
import '#renderer/styles/record.css';
import '#renderer/styles/papers.css';
import '#renderer/styles/form.css';
import '#renderer/styles/deadlines.css';
import '#renderer/styles/person.css';
import '#renderer/styles/safety.css';
import '#renderer/styles/retention.css';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { listenToKeys } from './keys.ts';
import { nonceStyles, styleNonce } from './nonce.ts';
import { Program } from './Program.tsx';

document.title = programText.name;
nonceStyles(styleNonce());
listenToKeys();
followCore();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <ErrorBoundary>
      <Program />
    </ErrorBoundary>,
  );
}
