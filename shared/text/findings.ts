import type { Finding } from '#shared/api/types.ts';
import type { DocumentFinding } from '#shared/document/findings.ts';
import { findingText } from '#shared/text/document.ts';

/** A finding of a document as windows, reports and the command line show it. */
export function findingOf(found: DocumentFinding): Finding {
  return {
    rule: found.kind,
    indicators: 'code' in found ? [found.code] : [],
    message: findingText(found),
  };
}
