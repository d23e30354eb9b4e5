import dcmjs from 'dcmjs';

const dictionary = dcmjs.data.DicomMetaDictionary.dictionary;

/** Overlay planes (PS3.3 C.9.2): the group repeats from 6000 to 601E, which the dictionary does not spell out. */
const overlay: Readonly<Record<string, string>> = {
  '0010': 'US',
  '0011': 'US',
  '0015': 'IS',
  '0022': 'LO',
  '0040': 'CS',
  '0045': 'LO',
  '0050': 'SS',
  '0051': 'US',
  '0100': 'US',
  '0102': 'US',
  '1301': 'IS',
  '1302': 'DS',
  '1303': 'DS',
  '1500': 'LO',
  '3000': 'OW',
};

/** `xGGGGEEEE`, as the parser writes a tag. */
export function isPrivate(tag: string): boolean {
  return (Number.parseInt(tag.slice(1, 5), 16) & 1) === 1;
}

/**
 * The VR that the dictionary gives an element: for implicit VR data sets, and for elements that travelled as UN.
 * `signed`: Pixel Representation (0028,0103) is 1, which decides "US or SS".
 */
export function dictionaryVr(tag: string, signed: boolean): string {
  const group = tag.slice(1, 5);
  const element = tag.slice(5, 9);
  if (isPrivate(tag)) return /^00[1-9a-f][0-9a-f]$/i.test(element) ? 'LO' : 'UN';
  if (/^60[01][02468ace]$/i.test(group)) return overlay[element] ?? 'UN';
  const vr = dictionary[`(${group},${element})`.toUpperCase()]?.vr;
  switch (vr) {
    case undefined:
    case 'na':
      return 'UN';
    case 'xs':
      return signed ? 'SS' : 'US';
    case 'ox':
    case 'lt':
      return 'OW';
    case 'up':
      return 'UL';
    default:
      return vr;
  }
}
