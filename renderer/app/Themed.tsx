import { App as AntdApp, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { styleNonce } from './nonce.ts';
import { theme } from './theme.ts';

// The window's rules forbid building functions from text, which zod otherwise tries.
z.config({ jitless: true });

/** The UI library in the colours of the house; only screens behind the sign-in need it. */
export function Themed({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider
      locale={zhCN}
      theme={theme}
      button={{ autoInsertSpace: false }}
      csp={{ nonce: styleNonce() }}
    >
      <AntdApp>{children}</AntdApp>
    </ConfigProvider>
  );
}
