export function findProgram(
  program: { readonly names: readonly string[]; readonly places: readonly string[] },
  searchPath?: string,
): string | undefined;
