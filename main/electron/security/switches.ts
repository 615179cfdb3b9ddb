/** Chromium switches, each with what it keeps from happening. Values are null where the switch takes none. */
export const chromiumSwitches: readonly (readonly [string, string | null])[] = [
  // no socket is opened: neither by the page (see harden.ts) nor by Chromium's own services
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['no-proxy-server', null],
  ['disable-background-networking', null],
  ['disable-component-update', null],
  ['disable-domain-reliability', null],
  ['disable-sync', null],
  ['disable-client-side-phishing-detection', null],
  ['no-pings', null],
  ['dns-prefetch-disable', null],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  // nothing of a page's content is written to disk
  ['disable-http-cache', null],
  ['disk-cache-size', '1'],
  ['media-cache-size', '1'],
  ['disable-gpu-shader-disk-cache', null],
  ['disable-breakpad', null],
  ['disable-crash-reporter', null],
];

/** Parts of Chromium that look things up, report, or keep what was seen. */
export const disabledFeatures = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'Reporting',
  'SpareRendererForSitePerProcess',
  'SpellCheck',
  'Translate',
  // a peer connection would ask the local network for names (UDP 5353)
  'WebRtcHideLocalIpsWithMdns',
  'WebRtcRemoteEventLog',
];
