import { app, type Session, type WebContents } from 'electron';
import { mayHave, mayNavigate, mayRequest, type PageRole, scheme } from './decisions.ts';

/** Puts the decisions into effect for every session and page, those included that nobody meant to make. */
export function hardenProgram(): void {
  app.on('session-created', (session) => hardenSession(session, 'window'));
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault();
    choose();
  });
  app.on('login', (event) => event.preventDefault());
}

/** What each session was last told to be for. */
const roles = new WeakMap<Session, PageRole>();

/** May be called again for a session with a narrower role; the last call stands. */
export function hardenSession(session: Session, role: PageRole): void {
  roles.set(session, role);
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(mayHave(permission)));
  session.setPermissionCheckHandler((_contents, permission) => mayHave(permission));
  session.setDevicePermissionHandler(({ deviceType }) => mayHave(deviceType));
  session.setDisplayMediaRequestHandler(null);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayRequest(role, details.url) }));
  // `webRequest` does not see what the program itself would load from disk
  if (!session.protocol.isProtocolHandled('file')) {
    session.protocol.handle('file', () => new Response(null, { status: 403 }));
  }
  session.removeAllListeners('will-download');
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  session.setCertificateVerifyProc((_request, answer) => answer(-2)); // -2: rejected
  void session.setProxy({ mode: 'direct' });
  if (role === 'document') return;
  // Switched off it still asks its maker for a dictionary once (seen under strace): so it has no language, and its maker
  // is an address that no session serves.
  session.setSpellCheckerDictionaryDownloadURL(`${scheme}://none/`);
  session.setSpellCheckerLanguages([]);
}

function hardenContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  const stay = (event: { url: string; isMainFrame: boolean; preventDefault(): void }) => {
    if (!mayNavigate(roles.get(contents.session) ?? 'window', event)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    choose('');
  });
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
