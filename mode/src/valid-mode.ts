import { hostText } from '../../extension/src/text';

/**
 * Modalities (0008,0060) of objects that are not flat images: a study of nothing else has nothing to segment. Not OT (other): it is that of most
 * secondary captures.
 */
const NOT_IMAGES = [
  'SM',
  'ECG',
  'SR',
  'SEG',
  'RTSTRUCT',
  'RTPLAN',
  'RTDOSE',
  'PR',
  'KO',
  'DOC',
  'AU',
  'HD',
  'EPS',
  'M3D',
];

/** Whether the mode suits a study, by its modalities as the host gives them: "CT\\SEG". A study of unknown modalities may be tried. */
export function isValidMode({ modalities }: { readonly modalities?: string | undefined }): {
  readonly valid: boolean;
  readonly description: string;
} {
  const present = (modalities ?? '')
    .split(/[\\/,]/)
    .map(name => name.trim())
    .filter(name => name !== '');
  const valid = present.length === 0 || present.some(name => !NOT_IMAGES.includes(name));
  return { valid, description: valid ? '' : hostText.modeUnsuitable(present.join(', ')) };
}
