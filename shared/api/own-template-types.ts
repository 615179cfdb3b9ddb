/** A bureau's own template of a paper, one version. */
export type OwnTemplate = {
  id: string;
  kind: string;
  title: string;
  isOwnKind: boolean;
  version: number;
  fileName: string;
  bytes: number;
  hash: string;
  places: string[];
  pages: number;
  isInForce: boolean;
  added: { by: string; at: string };
  retired: { by: string; at: string; reason: string } | null;
  /** How often papers were issued from it. */
  issued: number;
};
export type PlaceGroup = { title: string; note: string; places: { name: string; about: string }[] };
