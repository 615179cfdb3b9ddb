/**
 * Where a sentence is read. The window has buttons and screens, the command line has commands: a sentence that says what
 * to do next says it for both, side by side, and whoever shows it says who reads.
 */
export type Reader = (inWindow: string, onLine: string) => string;

export const inWindow: Reader = (said) => said;
export const onLine: Reader = (_, said) => said;
