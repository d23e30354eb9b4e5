/** VR DS (PS3.5 6.2): at most so many characters. */
const MOST_CHARACTERS = 16;

/**
 * A number as a Decimal String, rounded to what fits. The writer of DICOM files cuts longer texts off instead, and with them an exponent: a
 * direction cosine of 6.123233995736766e-17 would become 6.1.
 */
export function decimalString(value: number): string {
  let text = String(value);
  for (let digits = MOST_CHARACTERS; text.length > MOST_CHARACTERS && digits > 0; digits--) {
    text = String(Number(value.toPrecision(digits)));
  }
  return text;
}
