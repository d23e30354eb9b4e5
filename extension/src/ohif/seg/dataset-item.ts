/** A DICOM dataset or sequence item by keyword, in dcmjs's "naturalised" form: sequences are arrays of items. */
export interface Item {
  readonly [keyword: string]: ItemValue;
}

type ItemValue = string | number | ArrayBuffer | readonly (string | number | Item)[];
