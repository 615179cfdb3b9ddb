// The key of sealed records comes to those who may decide, and to the recovery key; an older copy does not undo a sealing.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { openByPassword, readKeyFile } from '#core/security/key-file.ts';
import { newPair, openBytes, openShare } from '#core/security/sealing-key.ts';
import { foundIn } from '#tests/fixtures/bare-pages.ts';
import { shareDuties } from '#tests/fixtures/duties.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';
import { aCase, applicant, keyOf, keys, pagesOf, reason, seal, secrets } from '#tests/fixtures/sealing.ts';

describe('the sealing key', () => {
  let program: Program;
  let id: string;
  beforeAll(async () => {
    program = await aProgram();
    ({ id } = await aCase(program));
  });
  afterAll(() => program.close());

  test('one account alone is told what to do, and does it: a second one has its share at once', async () => {
    const application = { recordId: id, kind: 'seal', basis: 'minorCrime', reason } as const;
    const request = await program.call('sealing.apply', application);
    expect((await program.call('sealing.state', {})).others).toBe(0);
    expect((await program.refused('sealing.confirm', request)).code).toBe('sealing-same-account');
    await program.call('account.create', { name: 'head', password: 'qinghe-2025', role: 'head', duties: [] });
    const head = await program.signIn('head', 'qinghe-2025');
    await head.call('session.changePassword', { password: 'qinghe-2025', newPassword: password });
    expect((await head.refused('sealing.confirm', request)).code).toBe('decider-in-hand');
    await program.call('sealing.withdraw', request);
    program.clock.now = new Date(program.clock.now.getTime() + 31 * 86_400_000);
    const again = await program.call('sealing.apply', application);
    await (await program.signIn('head')).call('sealing.confirm', again);
    expect((await program.refused('ledger.get', { id })).code).toBe('record-missing');
  });

  test('the data key opens nothing of it; a password given by somebody else takes the share along', async () => {
    const file = readKeyFile(program.folder);
    const [content, scan] = await program.look((db) =>
      db.column<Uint8Array>(sql`select content from sealed_content order by ordinal`),
    );
    const opened = file && (await openByPassword(file, 'admin', password));
    const pair = file?.sealing && openShare(file.sealing, opened?.sealer ? [opened.sealer] : []);
    if (!content || !scan || !pair || !opened) throw new Error('nothing is sealed');
    expect(openBytes(content, pair.privateKey)).not.toBeNull();
    expect(openBytes(scan, pair.privateKey)).not.toBeNull();
    expect(openBytes(content, newPair().privateKey)).toBeNull();
    // Whoever has the data key finds no private half in any page, nor in the key file, and no share of his own.
    keys.set(program, opened.key);
    const raw = Buffer.from(pair.privateKey, 'base64');
    for (const bytes of [await pagesOf(program), fs.readFileSync(inFolder(program.folder, 'key'))]) {
      expect(bytes.includes(raw)).toBe(false);
      expect(bytes.includes(pair.privateKey)).toBe(false);
    }
    expect(file?.sealing?.shares).toHaveLength(3);
    await program.call('account.setPassword', {
      id: (await program.call('account.list', {})).find(({ name }) => name === 'head')?.id ?? '',
      password: 'neu-2025-neu',
    });
    const head = await program.signIn('head', 'neu-2025-neu');
    await head.call('session.changePassword', { password: 'neu-2025-neu', newPassword: password });
    expect(readKeyFile(program.folder)?.sealing?.shares).toHaveLength(3);
    const request = await program.call('sealing.apply', {
      recordId: id,
      kind: 'unseal',
      basis: 'mistaken',
      reason: '试',
    });
    expect(await head.call('sealing.read', request)).toEqual({ reason: '试' });
    await program.call('sealing.withdraw', request);
  });

  test('with every password forgotten, the recovery key opens it', async () => {
    await program.restart();
    const nobody = await program.ask('session.recover', {
      ...{ recoveryKey: program.recoveryKey, account: 'admin', newPassword: 'vergessen-25' },
    });
    expect(nobody.ok).toBe(true);
    await program.signInAgain('vergessen-25');
    const request = await (await program.signIn('head')).call('sealing.apply', {
      ...{ recordId: id, kind: 'unseal', basis: 'mistaken', reason: '封错了' },
    });
    await program.call('session.confirm', { password: 'vergessen-25' });
    await program.call('sealing.confirm', request);
    expect((await program.call('ledger.get', { id })).id).toBe(id);
  });
});

describe('an older copy comes back', () => {
  let program: Program;
  let id: string;
  beforeAll(async () => {
    program = await aProgram({ everyRole: true });
    keys.set(program, await keyOf(program));
    ({ id } = await aCase(program));
  });
  afterAll(() => program.close());

  test('what was sealed since is sealed again before anybody sees it, and the log and the list say so', async () => {
    const { name } = await program.call('system.backup', {});
    await seal(await program.signIn('clerk'), await program.signIn('head'), id);
    await program.save(aMediation().accepted('2025-06-22').about('02', '后来的事'));
    await program.call('program.restore', { backup: name });
    await program.signInAgain();
    expect((await program.refused('ledger.get', { id })).code).toBe('record-missing');
    expect((await program.call('search.find', { text: applicant })).hits).toEqual([]);
    const [sealed] = (await program.call('sealing.state', {})).sealed;
    expect(sealed).toMatchObject({ recordId: id, appliedBy: 'clerk', confirmedBy: 'head' });
    expect(sealed?.againAt).not.toBeNull();
    const auditor = await program.signIn('auditor');
    const { entries } = await auditor.call('audit.list', { actions: ['sealing.again'] });
    expect(entries.map(({ recordId }) => recordId)).toEqual([id]);
    expect(foundIn(await pagesOf(program), secrets)).toEqual([]);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });

  test('and can be opened again; what was opened is not sealed by the next start', async () => {
    const head = await program.signIn('head');
    const request = await head.call('sealing.apply', {
      recordId: id,
      kind: 'unseal',
      basis: 'mistaken',
      reason: '封错',
    });
    await program.call('sealing.confirm', request);
    await program.restart();
    await program.signInAgain();
    expect((await program.call('ledger.get', { id })).id).toBe(id);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });

  test('killed between the file beside the ledger and the ledger, the next start finishes what was confirmed', async () => {
    const clerk = await program.signIn('clerk');
    await clerk.call('sealing.apply', { recordId: id, kind: 'seal', basis: 'minorCrime', reason });
    await program.restart();
    const copy = fs.mkdtempSync(path.join(path.dirname(program.folder), 'ledger-kill-'));
    fs.cpSync(program.folder, copy, { recursive: true });
    await program.signInAgain();
    const head = await program.signIn('head');
    const [request] = (await head.call('sealing.state', {})).requests;
    await head.call('sealing.confirm', { id: request?.id ?? '' });
    for (const name of ['identity', 'identityCopy'] as const)
      fs.copyFileSync(inFolder(program.folder, name), inFolder(copy, name));
    const killed = await aProgram({ from: copy });
    try {
      expect((await killed.refused('ledger.get', { id })).code).toBe('record-missing');
      const state = await killed.call('sealing.state', {});
      expect(state.requests).toEqual([]);
      expect(state.sealed.map(({ recordId }) => recordId)).toEqual([id]);
      expect(await killed.call('system.verify', {})).toMatchObject({ ok: true });
    } finally {
      await killed.close();
      fs.rmSync(copy, { recursive: true, force: true });
    }
  });
});

describe('a county with its stations', () => {
  test('an account of one station knows of no sealing, application or enquiry of another', async () => {
    const county = await aProgram({ isCounty: true });
    try {
      const [first, second] = (await county.call('units.tree', {})).filter(
        ({ level }) => level === 'station',
      );
      await shareDuties(county);
      const enter = async (name: string, unitId: string) => {
        await county.call('account.create', { name, unitId, password: 'qinghe-2025', role: 'head' });
        const person = await county.signIn(name, 'qinghe-2025');
        await person.call('session.changePassword', { password: 'qinghe-2025', newPassword: password });
        return person;
      };
      const one = await enter('甲所', first?.id ?? '');
      const other = await enter('乙所', second?.id ?? '');
      const saved = await one.save(aMediation().between(applicant, '濮阳霁宸'));
      const asked = { recordId: saved.id, kind: 'seal', basis: 'minorCrime', reason } as const;
      expect((await other.refused('sealing.apply', asked)).code).toBe('record-missing');
      const request = await one.call('sealing.apply', asked);
      const enquiry = await one.call('enquiry.register', {
        ...{ asker: '检察院', person: '甲', authority: 'caseWork', document: '1号' },
        ...{ name: applicant, purpose: '办案' },
      });
      const nothing = { requests: [], sealed: [], enquiries: [] };
      expect(await other.call('sealing.state', {})).toMatchObject(nothing);
      for (const method of ['sealing.read', 'sealing.confirm', 'sealing.refuse'])
        expect((await other.refused(method, request)).code, method).toBe('sealing-settled');
      for (const method of ['enquiry.open', 'enquiry.paper'])
        expect((await other.refused(method, { id: enquiry.id })).code, method).toBe('enquiry-missing');
      await county.call('sealing.confirm', request);
      expect(await other.call('sealing.state', {})).toMatchObject(nothing);
      const unseal = { ...asked, kind: 'unseal', basis: 'mistaken' };
      expect((await other.refused('sealing.apply', unseal)).code).toBe('record-missing');
      expect((await one.call('sealing.state', {})).sealed).toHaveLength(1);
    } finally {
      await county.close();
    }
  });
});
