import type { Instance } from '../dicom/instance';
import type { Series, Study, StudyIndex } from '../study-index';
import { describeInstance, describeSeries, describeStudy, newestFirst, search } from './qido';
import { json, notFound, type Reply } from './reply';
import { bulkData, frames, instanceMetadata, seriesMetadata, wholeInstances } from './wado';

/** A GET below `/dicomweb`: `path` is what follows it, such as `studies/1.2.3/series`. */
interface DicomWebRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: string;
}

/** Answers a search or a retrieval; 404 for everything that is not there. */
export async function answerDicomWeb(
  index: StudyIndex,
  { path, query, accept }: DicomWebRequest,
): Promise<Reply> {
  const [root, studyUid, ...below] = path.split('/').filter(part => part !== '');
  if (root === 'series') return json(search(allSeries(index).map(describeSeries), query));
  if (root === 'instances')
    return json(search(allSeries(index).flatMap(instancesOf).map(describeInstance), query));
  if (root !== 'studies') return notFound(`There is no resource ${path}.`);
  if (studyUid === undefined)
    return json(search([...index.studies.values()].map(describeStudy).sort(newestFirst), query));
  const study = index.studies.get(studyUid);
  if (!study) return notFound(`There is no study ${studyUid}.`);
  return answerStudy(study, below, query, accept);
}

async function answerStudy(
  study: Study,
  [resource, seriesUid, ...below]: string[],
  query: URLSearchParams,
  accept: string,
): Promise<Reply> {
  const all = [...study.series.values()];
  if (resource === undefined) return wholeInstances(all.flatMap(instancesOf), 'multipart');
  if (resource === 'metadata') return json((await Promise.all(all.map(seriesMetadata))).flat());
  if (resource === 'instances') return json(search(all.flatMap(instancesOf).map(describeInstance), query));
  if (resource !== 'series') return notFound(`A study has no ${resource}.`);
  if (seriesUid === undefined) return json(search(all.map(describeSeries), query));
  const series = study.series.get(seriesUid);
  if (!series) return notFound(`There is no series ${seriesUid} in study ${study.studyUid}.`);
  return answerSeries(series, below, query, accept);
}

async function answerSeries(
  series: Series,
  [resource, sopUid, ...below]: string[],
  query: URLSearchParams,
  accept: string,
): Promise<Reply> {
  if (resource === undefined) return wholeInstances(instancesOf(series), 'multipart');
  if (resource === 'metadata') return json(await seriesMetadata(series));
  if (resource !== 'instances') return notFound(`A series has no ${resource}.`);
  if (sopUid === undefined) return json(search(instancesOf(series).map(describeInstance), query));
  const instance = series.instances.get(sopUid);
  if (!instance) return notFound(`There is no instance ${sopUid} in series ${series.seriesUid}.`);
  return answerInstance(instance, below, accept);
}

async function answerInstance(
  instance: Instance,
  [resource, detail]: string[],
  accept: string,
): Promise<Reply> {
  switch (resource) {
    case undefined:
      return wholeInstances([instance], accept);
    case 'metadata':
      return json([await instanceMetadata(instance)]);
    case 'frames':
      return frames(instance, detail ?? '');
    case 'bulkdata':
      return bulkData(instance, detail ?? '', accept);
    default:
      return notFound(`An instance has no ${resource}.`);
  }
}

const allSeries = (index: StudyIndex): Series[] =>
  [...index.studies.values()].flatMap(study => [...study.series.values()]);
const instancesOf = (series: Series): Instance[] => [...series.instances.values()];
