import type { Sentences } from './errors.ts';
import type { Reader } from './reader.ts';
import { shortInstant } from './words.ts';

const otherFolder = (reads: Reader) => reads('选择另一个文件夹', '用 --dir 另指一个文件夹');
/** One of those that are listed, or one that lies elsewhere. */
const restoreOne = (reads: Reader, { backups, elsewhere = 0 }: { backups: number; elsewhere?: number }) => {
  const second = '另设的备份文件夹';
  const own = elsewhere > 0 ? `数据文件夹的 backups 和${second}` : '数据文件夹的 backups ';
  const place = elsewhere === backups ? second : own;
  return reads('选择一份恢复', `用命令 restore --file 恢复其中一份（在${place}里，日期在文件名里）`);
};
const restoreOther = (reads: Reader) =>
  reads('选择备份文件恢复', '用命令 restore --file 备份.db 恢复到那份备份');
const takeKey = (reads: Reader) =>
  reads(
    '取回备份旁的密钥文件（与备份同名），再重试',
    '用命令 take-key 取回备份旁的密钥文件；备份在别处的，用 take-key --file 指明与备份同名的 .key 文件',
  );
const goOn = (reads: Reader) =>
  reads('可以写明原因，在本机继续使用', '用命令 go-on --reason 原因，在本机继续使用');

/** Sentences of the data folder, its copies and its keys. */
export const careSentences: Pick<
  Sentences,
  | 'not-found'
  | 'moved'
  | 'not-local'
  | 'read-only'
  | 'no-space'
  | 'sign-in-full'
  | 'space-low'
  | 'ledger-absent'
  | 'ledger-lost'
  | 'ledger-present'
  | 'locked'
  | 'damaged'
  | 'ledger-foreign'
  | 'newer'
  | 'ledger-without-key'
  | 'key-file-damaged'
  | 'drill-day'
  | 'aside-needed'
  | 'aside-kept'
  | 'identity-lost'
  | 'wrong-key'
  | 'repair-no-copy'
  | 'repair-needless'
  | 'ledger-moved'
  | 'ledger-not-moved'
  | 'folder-elsewhere'
  | 'folder-copied'
  | 'backup-foreign'
  | 'key-file-foreign'
  | 'key-none'
  | 'key-needless'
  | 'backup-none'
  | 'second-place-none'
  | 'second-place-absent'
  | 'second-place-inside'
  | 'upgrade-failed'
  | 'driver-too-old'
  | 'backup-damaged'
> = {
  'not-found': ({ folder }, reads) =>
    `找不到数据文件夹“${folder}”。请检查存放数据的磁盘是否已接好，或者${otherFolder(reads)}。`,
  moved: ({ folder }, reads) =>
    `数据文件夹“${folder}”在程序运行时被移走或者删除了，这次没有保存。请把它放回原处，再${reads(
      '保存一次；放不回去时，请先抄下没有保存的内容，再退出程序',
      '办一次',
    )}。`,
  'not-local': ({ folder }) =>
    `数据文件夹“${folder}”在网络位置或者移动设备上，写入时容易损坏。请选择本机固定磁盘上的文件夹。`,
  'read-only': ({ folder }, reads) =>
    `数据文件夹“${folder}”不能写入。请让管理员给当前用户写入权限，或者${otherFolder(reads)}。`,
  'no-space': ({ folder, freeMb, neededMb }) =>
    `数据文件夹“${folder}”所在磁盘只剩 ${freeMb} MB，至少需要 ${neededMb} MB。请清理磁盘后重试，已保存的数据没有受影响。`,
  'sign-in-full': ({ folder }) =>
    `数据文件夹“${folder}”所在磁盘已经没有空间，连登录的日志都写不下，这次没有登录。请先清理出几 MB 再登录，已保存的数据没有受影响。`,
  'space-low': ({ folder, freeMb, neededMb }) =>
    `数据文件夹“${folder}”所在磁盘只剩 ${freeMb} MB，低于 ${neededMb} MB：台账可以查看，但是新登记的内容可能存不下，备份也可能做不成。请尽快清理磁盘。`,
  'ledger-absent': ({ folder }, reads) =>
    `文件夹“${folder}”里没有台账。${reads(
      '请选择存放台账的文件夹，或者在这里新建台账',
      '请用 --dir 指明存放台账的文件夹；在这里新建用命令 init，从备份恢复用命令 restore --file 备份.db',
    )}。`,
  'ledger-lost': ({ folder, backups, elsewhere = 0 }, reads) =>
    `文件夹“${folder}”里的台账数据文件不见了，密钥或者备份还在，请不要在这里新建台账。${
      backups > 0
        ? `有 ${backups} 份备份可用，请${restoreOne(reads, { backups, elsewhere })}；数据文件只是被移走时，请把它放回原处再重试。`
        : `请把数据文件放回原处再重试；找不回的，插上存有备份的U盘或者硬盘，${restoreOther(reads)}。`
    }`,
  'ledger-present': ({ folder }, reads) =>
    `文件夹“${folder}”里已有一份台账，没有改动它。请直接${reads('打开', '使用')}，或者${otherFolder(reads)}新建。`,
  locked: ({ folder }, reads) =>
    reads(
      `台账“${folder}”正由本程序的另一个窗口使用。请先关闭那个窗口再重试。`,
      `台账“${folder}”正被本程序的另一处使用。请等它用完再重试，或者加 --wait 秒数 等待。`,
    ),
  damaged: ({ folder, backups, detail, elsewhere = 0 }, reads) =>
    `台账“${folder}”的数据文件已损坏${damageWords(detail)}。${
      backups > 0
        ? `有 ${backups} 份备份可用，请先试${reads('“修复”', '命令 repair')}，或者${restoreOne(reads, { backups, elsewhere })}；损坏的文件会留存。`
        : `这里没有备份。请插上存有备份的U盘或者硬盘，${restoreOther(reads)}；哪里都没有备份的，把整个文件夹复制一份后联系技术人员。`
    }`,
  'ledger-foreign': ({ file }, reads) =>
    `文件“${file}”不是本程序的台账。请检查${reads('所选', ' --dir 指明')}的文件夹是否正确；台账文件被换掉的，${restoreOther(reads)}。`,
  newer: ({ found, known, program }) =>
    `台账由较新版本的程序写成（数据版本 ${found}，本程序 ${program} 只认识到 ${known}）。请先升级本程序，数据没有改动。`,
  'ledger-without-key': ({ folder }, reads) =>
    `台账“${folder}”的密钥文件不见了，无法解密。请${takeKey(reads)}。`,
  'key-file-damaged': ({ folder }, reads) => `台账“${folder}”的密钥文件两份都已损坏。请${takeKey(reads)}。`,
  'drill-day': ({ day, earliest }) =>
    `演练日期 ${day} 不对：不能晚于今天，也不能早于 ${earliest}。请改正后再登记。`,
  'aside-needed': ({ why }, reads) =>
    why === 'damaged'
      ? '台账有损坏，另存的旧台账可能还要用来修复，没有删除。请先修复台账，再来删除。'
      : `恢复以后还没有做过新的备份，另存的旧台账可能还用得着，没有删除。请先${reads('点“立即备份”', '用命令 backup 备份')}，核对台账无误后再删除。`,
  'aside-kept': ({ folder, count }) =>
    `有 ${count} 份另存的旧台账没有删掉（文件夹“${folder}”），可能正被别的程序打开。请关闭后再删除一次。`,
  'identity-lost': ({ folder }, reads) =>
    `台账“${folder}”旁记载编号和封存的文件（ledger.id）两份都读不出来，备份旁也没有。台账本身没有改动；如果它刚由旧备份换成，此后封存的记录会又出现、案号可能重复。请找回这个文件放进数据文件夹再重试；找不回的，${goOn(reads)}。`,
  'wrong-key': ({ file }, reads) =>
    `密钥文件“${file}”是另一份台账的，打不开这里的台账。请${takeKey(reads)}；也请检查文件夹里是否混放了两份台账的文件。`,

  'repair-no-copy': ({ folder }, reads) =>
    `没有一份可用的备份能同“${folder}”里损坏的台账接上，不能修复。请插上设为第二备份位置的U盘后重试，或者${restoreOther(reads)}；损坏的文件没有动。`,
  'repair-needless': (_params, reads) => `台账没有损坏，不需要修复。请${reads('重新打开程序', '照常使用')}。`,
  'ledger-moved': ({ at, to }, reads) =>
    `这份台账已于 ${shortInstant(at)} 搬到“${to}”，请到那里使用。搬迁没有成功时，${goOn(reads)}。`,
  'ledger-not-moved': (_params, reads) =>
    `这份台账没有搬走，也不是复制来的，请${reads('直接登录', '照常使用')}。`,
  'folder-elsewhere': ({ folder }, reads) =>
    `数据文件夹“${folder}”是从别的电脑复制来的。请先说明那台电脑还用不用这份台账，免得两边编出相同的案号${reads(
      '',
      '：那边不再用的，用命令 go-on --reason 原因；那边还要用的，再加 --beside',
    )}。`,
  'folder-copied': ({ folder, from }, reads) => {
    const whose =
      from === folder
        ? `数据文件夹“${folder}”不是原来的那个，是用复制的文件夹换上的`
        : `这份台账原来在本机的“${from}”，数据文件夹“${folder}”是复制出来的`;
    return `${whose}。请先说明原来那份还用不用，免得两边编出相同的案号${reads(
      '',
      '：原来那份不再用的，用命令 go-on --reason 原因；还要用的，再加 --beside',
    )}。`;
  },
  'backup-foreign': ({ file, unit, own }, reads) =>
    `备份“${file}”是“${unit}”的另一份台账，不是${own === '' ? '本文件夹里的' : `“${own}”的`}这一份，没有恢复，什么都没有改动。请改选本台账的备份。确实要换成那份台账的，请${reads('另行确认', '加 --other 再恢复一次')}：换后用那份台账的账号和密码登录，现在的台账另存，不会删除。`,
  'key-file-foreign': ({ file }) =>
    `密钥文件“${file}”损坏了，或者不是这份台账的，没有采用。请选这份台账的备份旁、扩展名为 .key 的文件。`,
  'key-none': ({ folder }, reads) =>
    `“${folder}”的备份旁没有找到这份台账的密钥文件。请插上存有备份的U盘，${reads(
      '自己选择扩展名为 .key 的文件',
      '用命令 take-key --file 指明扩展名为 .key 的文件',
    )}。`,
  'key-needless': (_params, reads) =>
    `台账的密钥文件没有问题，没有改动。请直接登录；忘记密码的，用恢复密钥${reads('', '（命令 recover）')}。`,
  'backup-none': (_params, reads) =>
    `还没有可用的备份。请先${reads('点“立即备份”做一份', '用命令 backup（不写 --out）做一份')}，再试一次。`,
  'second-place-none': (_params, reads) =>
    `还没有设第二备份位置，那里没有备份可以演练。请先${reads('选定第二备份位置', '用命令 second-place --folder 文件夹 设好')}，再备份一次${reads('', '（命令 backup，不写 --out）')}。`,
  'second-place-absent': ({ place }) =>
    `第二备份位置“${place}”现在不在。请插好U盘、接通那块磁盘，或者先建好这个文件夹；已经设好的，下一次备份会自动补上，数据文件夹里的备份不受影响。`,
  'second-place-inside': ({ place }) =>
    `“${place}”在数据文件夹里面，不能作第二备份位置。请选另一块磁盘、U盘或者单位共享文件夹。`,
  'upgrade-failed': ({ found, known }) =>
    `台账没有升级成功（数据版本 ${found}，新版需要 ${known}），已退回升级前的样子，数据没有改动，升级前的备份也已做好。请继续使用原来的程序版本，并把本提示告诉技术人员。`,
  'driver-too-old': ({ found, needed }) =>
    `数据库组件版本过低（${found}，至少需要 ${needed}），继续使用可能损坏数据。请安装完整的新版程序后再打开台账。`,
  'backup-damaged': ({ file }) => `备份“${file}”没有通过检查，没有用它。请选择另一份备份。`,
};

/** What the database said of a damaged file, for whoever reads no English. */
function damageWords(detail: string): string {
  if (/empty/.test(detail)) return '（文件是空的）';
  if (/not a database/.test(detail)) return '（文件头无法识别）';
  return /malformed|integrity|row|page|index|met while/i.test(detail)
    ? '（文件内部不一致）'
    : `（${detail}）`;
}
