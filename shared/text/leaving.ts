/** Found at the next start, of a file whose program died while it was written out. */
export const endings: Readonly<Record<string, string>> = {
  written: '文件已经写成',
  half: '文件没有写成，写了一半的已经清除',
  stray: '写了一半的文件没能清除，在所选的文件夹里，名称以 .tmp 结尾，请手工删除',
  absent: '下次启动时在所选位置没有找到写成的文件',
  unknown: '下次启动时所选位置读不到，文件是否写成不明',
};
