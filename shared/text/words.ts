/** Words that code reads and writes for people: yes and no, the usual name of a station. */

export const yesNo = {
  yes: '是',
  no: '否',
  /** What people type or mark for yes. */
  typedYes: ['是', '有', '1', 'true', 'y', 'Y', '√'],
} as const;

/** A station is named after its township. */
export const stationName = (township: string): string => `${township}司法所`;

export const sexWords = { male: '男性', female: '女性' } as const;
