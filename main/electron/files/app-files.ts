import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { commonHeaders, windowPolicy } from '../security/content-policy.ts';
import { pageOrigin } from '../security/decisions.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Every file that the page may ask for, by its address; made once at start. Other kinds of file are left out. */
export type FileMap = ReadonlyMap<string, { file: string; type: string }>;

export function mapFiles(folder: string): FileMap {
  const map = new Map<string, { file: string; type: string }>();
  // Walked by hand: inside app.asar the recursive form of readdir is not available.
  const walk = (below: string, address: string): void => {
    for (const entry of readdirSync(below, { withFileTypes: true })) {
      const file = join(below, entry.name);
      const type = types[extname(entry.name)];
      if (entry.isDirectory()) walk(file, `${address}${entry.name}/`);
      else if (type !== undefined) map.set(`${address}${entry.name}`, { file, type });
    }
  };
  walk(folder, '/');
  if (!map.has('/index.html')) throw new Error('the page is missing from the program');
  return map;
}

/** Answers a request for one of the mapped files; the page gets a fresh nonce each time. */
export async function answerFile(map: FileMap, request: { url: string; method: string }): Promise<Response> {
  if (request.method !== 'GET') return refuse(405);
  const url = new URL(request.url);
  if (`${url.protocol}//${url.host}` !== pageOrigin || url.search !== '') return refuse(403);
  const found = map.get(url.pathname);
  if (!found) return refuse(404);
  const headers: Record<string, string> = { ...commonHeaders, 'content-type': found.type };
  const body = await readFile(found.file);
  if (!found.type.startsWith('text/html')) return new Response(new Uint8Array(body), { headers });
  const nonce = randomBytes(16).toString('base64');
  headers['content-security-policy'] = windowPolicy(nonce);
  return new Response(body.toString('utf8').replaceAll('%CSP_NONCE%', nonce), { headers });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: commonHeaders });
}
