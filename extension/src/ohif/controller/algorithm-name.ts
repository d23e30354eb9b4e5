import packageJson from '../../../package.json' with { type: 'json' };
import type { LoadedBundle } from '../../inference/engine';

/** VR LO (PS3.5 6.2): at most 64 characters, no backslash. */
const LONGEST = 64;

/** SegmentAlgorithmName (0062,0009) with the versions of plugin and model bundle: "SPA 0.1.0, default 1.0.0". */
export function algorithmName(bundle: Pick<LoadedBundle, 'name' | 'version'> | null): string {
  const model = bundle === null ? '' : `, ${bundle.name} ${bundle.version}`;
  return `SPA ${packageJson.version}${model}`.replaceAll('\\', '/').slice(0, LONGEST).trim();
}
