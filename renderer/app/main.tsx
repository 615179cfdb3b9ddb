import { App as AntdApp, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { followCore } from '#renderer/state/program.ts';
import { programText } from '#shared/text/window.ts';
import '#renderer/styles/base.css';
import '#renderer/styles/screens.css';
import '#renderer/styles/record.css';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { listenToKeys } from './keys.ts';
import { nonceStyles, styleNonce } from './nonce.ts';
import { Program } from './Program.tsx';
import { theme } from './theme.ts';

// The window's rules forbid building functions from text, which zod otherwise tries.
z.config({ jitless: true });
document.title = programText.name;
const nonce = styleNonce();
nonceStyles(nonce);
listenToKeys();
followCore();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }} csp={{ nonce }}>
      <AntdApp>
        <ErrorBoundary>
          <Program />
        </ErrorBoundary>
      </AntdApp>
    </ConfigProvider>,
  );
}
