export class ChromiumMissingError extends Error {}
export function findChromium(environment?: Readonly<Record<string, string | undefined>>): string;
