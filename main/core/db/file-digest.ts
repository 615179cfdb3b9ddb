import { createHash } from 'node:crypto';
import fs from 'node:fs';

const atOnce = 1 << 20;

/** SHA-256 of a file in hexadecimal digits, read part by part. */
export function digestOfFile(at: string): string {
  const digest = createHash('sha256');
  const part = Buffer.alloc(atOnce);
  const handle = fs.openSync(at, 'r');
  try {
    for (let read = 1; read > 0; ) {
      read = fs.readSync(handle, part, 0, atOnce, null);
      digest.update(part.subarray(0, read));
    }
  } finally {
    fs.closeSync(handle);
  }
  return digest.digest('hex');
}
