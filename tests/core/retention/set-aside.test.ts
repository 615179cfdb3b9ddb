// What a restore put aside holds what is sealed later: it does not stay for ever.
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram } from '#tests/fixtures/program.ts';

test('a ledger that was set aside is there for ninety days, and goes when copies are given up', async () => {
  const program = await aProgram();
  try {
    await program.save(aMediation());
    const { name: backup } = await program.call('system.backup', {});
    const later = (days: number) => {
      program.clock.now = new Date(program.clock.now.getTime() + days * 86_400_000);
    };
    later(1);
    await program.call('program.restore', { backup });
    await program.signInAgain();
    const aside = inFolder(program.folder, 'aside');
    fs.writeFileSync(`${aside}/notes.txt`, 'somebody else put this here');
    expect(fs.readdirSync(aside)).toHaveLength(2);
    later(89);
    await program.signInAgain();
    await program.call('system.backup', {});
    expect(fs.readdirSync(aside)).toHaveLength(2);
    later(3);
    await program.signInAgain();
    await program.call('system.backup', {});
    expect(fs.readdirSync(aside)).toEqual(['notes.txt']);
  } finally {
    await program.close();
  }
});
