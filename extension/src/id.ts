import packageJson from '../package.json' with { type: 'json' };

/** The extension's id, which the host takes to be the package's name. */
export const id: string = packageJson.name;
