import packageJson from '../package.json' with { type: 'json' };

export const id: string = packageJson.name;
