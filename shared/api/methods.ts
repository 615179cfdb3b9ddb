import type { z } from 'zod';
import { accountMethods } from './methods/accounts.ts';
import { aroundMethods } from './methods/around.ts';
import { attachmentMethods } from './methods/attachments.ts';
import { auditMethods } from './methods/audit.ts';
import { careMethods } from './methods/care.ts';
import { codeMethods } from './methods/codes.ts';
import { deadlineMethods } from './methods/deadlines.ts';
import { fieldMethods } from './methods/fields.ts';
import { figureMethods } from './methods/figures.ts';
import { numberingMethods } from './methods/numbering.ts';
import { ownTemplateMethods } from './methods/own-templates.ts';
import { paperMethods } from './methods/papers.ts';
import { helpMethods } from './methods/password-help.ts';
import { personMethods } from './methods/persons.ts';
import { recordMethods } from './methods/records.ts';
import { retentionMethods } from './methods/retention.ts';
import { safetyPaperMethods } from './methods/safety-papers.ts';
import { sealingMethods } from './methods/sealing.ts';
import { transferMethods } from './methods/transfers.ts';

/** The whole way into the core, a file a topic. The renderer, the command line and the tests know nothing else. */
export const methods = {
  ...aroundMethods,
  ...auditMethods,
  ...transferMethods,
  ...safetyPaperMethods,
  ...helpMethods,
  ...accountMethods,
  ...codeMethods,
  ...fieldMethods,
  ...recordMethods,
  ...sealingMethods,
  ...attachmentMethods,
  ...deadlineMethods,
  ...numberingMethods,
  ...personMethods,
  ...figureMethods,
  ...paperMethods,
  ...ownTemplateMethods,
  ...careMethods,
  ...retentionMethods,
} as const;

/** Methods of which the log keeps which records they showed whole. */
export const lookMethods: readonly MethodName[] = (Object.keys(methods) as MethodName[]).filter(
  (name) => methods[name].audited === 'whole',
);

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type InputOf<M extends MethodName> = z.input<Methods[M]['input']>;
export type OutputOf<M extends MethodName> = Exclude<Methods[M]['output'], undefined>;

/** What the preload script puts on `window.bureau`, and all a screen can reach. */
export type Bureau = {
  invoke(method: string, input: unknown): Promise<unknown>;
  listen(listener: (event: unknown) => void): () => void;
};
