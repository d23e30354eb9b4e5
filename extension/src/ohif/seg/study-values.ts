import type { StudyKeyword } from './segmentation-source';

/** Characters that a value may have at most (PS3.5, table 6.2-1); backslash separates values and is never part of one. */
const atMost = (length: number) => new RegExp(`^[^\\\\\\p{Cc}]{0,${length}}$`, 'u');

/** What names a patient or an order must be the same in every object of the study: one that the standard finds too long is copied as well. */
const identifier = atMost(1024);

const date = /^(?:\d{8})?$/;

/** What the value representation of each attribute allows. */
const allowed: Readonly<Record<StudyKeyword, RegExp>> = {
  PatientName: /^[^\\\p{Cc}]{0,192}$/u,
  PatientID: identifier,
  IssuerOfPatientID: identifier,
  PatientBirthDate: date,
  PatientSex: /^[MFO]?$/,
  PatientAge: /^\d{3}[DWMY]$/,
  StudyInstanceUID: /^[0-9.]{1,64}$/,
  StudyDate: date,
  StudyTime: /^(?:\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)?$/,
  StudyDescription: atMost(64),
  StudyID: identifier,
  AccessionNumber: identifier,
  ReferringPhysicianName: /^[^\\\p{Cc}]{0,192}$/u,
};

/**
 * Whether an image's value may be written into a new object. Archives hold values that the standard does not allow (an age of
 * "42"); what cannot be copied as it stands is left out rather than guessed.
 */
export function isAllowedValue(keyword: StudyKeyword, value: string): boolean {
  return allowed[keyword].test(value);
}
