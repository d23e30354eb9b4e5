/** The panel's model of the work: pure, and the same object parts for the same round, so that thumbnails are drawn once. */
import type { Colours } from '../../core/image/colours';
import type { Crop } from '../../core/image/crop';
import type { Mask } from '../../core/image/mask';
import { marginOf } from '../../core/preference/margin';
import type { Preference } from '../../core/preference/preference';
import type { Proposal, Round, Tendency } from '../../core/proposal/proposal';
import { isUnlikeFollowed } from '../../core/proposal/unlike-followed';
import {
  canAccept,
  canRedo,
  canUndo,
  currentRound,
  keepsHistory,
  learntPreference,
  roundNumber,
} from '../../core/session/session-state';
import type { Slice } from '../../core/image/slice';
import { renderThumbnail, type ThumbnailRequest } from '../../core/image/thumbnail';
import type { CardModel, Guidance, PanelModel, Thumbnail } from '../../panel/panel-model';
import { hostText } from '../../text';
import { cardCrops } from './card-crops';
import { LastTendency } from './last-tendency';
import type { WorkState } from './work-state';

/** Side of a thumbnail in device pixels: the widest card of the panel on a display of double density. */
const THUMBNAIL_SIZE = 192;

type Cards = Pick<PanelModel, 'recommended' | 'candidates'>;

const noCards: Cards = { recommended: null, candidates: [] };

export class PanelView {
  /** Of the round on show only: pictures of every round of a long session would fill the memory. */
  private last: { readonly round: Round; readonly look: string; readonly cards: Cards } | null = null;
  private readonly tendency = new LastTendency();

  of(work: WorkState): PanelModel {
    const { session, bundle } = work;
    const round = currentRound(session);
    const inWork = round !== null || session.pending !== null;
    const alone = keepsHistory(session);
    const state = stateOf(work);
    const canBeSeen = work.sight !== 'nowhere';
    return {
      state,
      guidance: guidanceOf(work),
      progress: work.loading ? work.progress : null,
      problem: problemOf(work),
      warning: warningOf(work),
      bundle:
        bundle === null
          ? null
          : {
              name: bundle.name,
              version: bundle.version,
              license: bundle.license,
              engine: bundle.network.engine,
              modalities: bundle.modalities,
              backend: bundle.backend,
              threads: bundle.threads,
              passedOver: bundle.passedOver,
            },
      bundles: work.deployed.map(({ url, label }) => {
        const atWork = bundle !== null && url === work.inWork;
        return { label: atWork ? `${bundle.name} ${bundle.version}` : label, inWork: atWork };
      }),
      opening: work.opening === null ? null : { label: work.opening.label, progress: work.openingProgress },
      tool: work.toolInHand === 'ours' ? session.tool : null,
      round: roundNumber(session),
      ...(round === null || work.slice === null ? noCards : this.cardsOf(round, work.slice, work)),
      previewed: work.previewed,
      canUndo: canUndo(session) || (!alone && work.hostHistory.canUndo),
      canRedo: canRedo(session) || (!alone && work.hostHistory.canRedo),
      canClear: inWork || canUndo(session),
      canAccept: canAccept(session) && canBeSeen,
      canFollow: canFollowNow(work, canBeSeen),
      // A problem that left the proposal as it is does not take the choice away.
      canChoose: round !== null && (state === 'proposing' || state === 'error') && canBeSeen,
      fieldOfView: fieldOfViewOf(work, round),
      preference: preferenceOf(work, this.tendency.of(work, round)),
      layers: work.layers,
      colours: work.colours,
      orientation: work.orientation,
      target: work.target,
      extent: work.extent,
      canExport: work.canExport,
      canStore: work.canStore,
      storing: work.storing,
    };
  }

  private cardsOf(round: Round, slice: Slice, { colours, inverted = slice.inverted }: WorkState): Cards {
    const look = `${slice.key}|${inverted}`;
    if (this.last?.round === round && this.last.look === look) return this.last.cards;
    const cards = drawCards(round, { ...slice, inverted }, colours);
    this.last = { round, look, cards };
    return cards;
  }
}

/** From the proposal, which is accepted with it, or from what is in the segment on the image on show. */
function canFollowNow({ session, follows }: WorkState, canBeSeen: boolean): PanelModel['canFollow'] {
  const none = { previous: false, next: false };
  if (session.pending !== null) return none;
  if (currentRound(session) === null) return follows.inSegment;
  return canAccept(session) && canBeSeen ? follows.inWork : none;
}

function fieldOfViewOf({ bundle, slice }: WorkState, round: Round | null): PanelModel['fieldOfView'] {
  if (bundle !== null && bundle.network.engine !== 'bayes') return 'slice';
  if (round === null || slice === null) return null;
  return {
    side: round.crop.side,
    unit: slice.spacing.unit,
    automatic: round.input.cropByHand !== true,
  };
}

function preferenceOf(
  { bundle, kept, session, slice }: WorkState,
  tendency: Tendency | null,
): PanelModel['preference'] {
  const engine = bundle?.network.engine;
  if (engine === 'sam') return null;
  const learnt = learntPreference(session);
  return {
    answers: learnt?.answers ?? 0,
    kept,
    margin: slice === null ? null : visibleMargin(learnt, slice),
    tendency: engine === 'reference' ? 'untold' : tendency,
  };
}

/** A margin of less than half a pixel moves nothing that could be seen. */
function visibleMargin(
  learnt: Preference | null,
  { spacing: { x, y, unit } }: Slice,
): NonNullable<PanelModel['preference']>['margin'] {
  const distance = marginOf(learnt?.style?.margins?.[unit]);
  return Math.abs(distance) < Math.min(x, y) / 2 ? null : { distance, unit };
}

function drawCards(round: Round, slice: Slice, colours: Colours): Cards {
  const { recommended, candidates }: Proposal = round.proposal;
  const masks = candidates.map(({ mask }) => mask);
  const crops = cardCrops(recommended.mask, masks, slice, round.crop);
  const card = (candidate: Mask | null, crop: Crop): Thumbnail =>
    thumbnail({ slice, crop, recommended: recommended.mask, candidate, colours });
  return {
    recommended: {
      thumbnail: card(null, crops.recommended),
      statistics: recommended.statistics,
      areaDifferencePercent: null,
      certainShare: recommended.certainShare,
    },
    candidates: candidates.map((candidate, i): CardModel => ({
      thumbnail: card(candidate.mask, crops.candidates[i] ?? crops.recommended),
      statistics: candidate.statistics,
      areaDifferencePercent: candidate.areaDifferencePercent,
    })),
  };
}

/** Computed when the panel comes to draw it: all of a round at once would hold up the page. */
function thumbnail(picture: Omit<ThumbnailRequest, 'size'>): Thumbnail {
  let rgba: Uint8ClampedArray | null = null;
  return {
    size: THUMBNAIL_SIZE,
    get rgba() {
      return (rgba ??= renderThumbnail({ ...picture, size: THUMBNAIL_SIZE }));
    },
  };
}

function stateOf({ fault, loading, session }: WorkState): PanelModel['state'] {
  if (fault !== null) return 'error';
  if (loading) return 'loading';
  if (session.pending !== null) return 'working';
  return currentRound(session) === null ? 'idle' : 'proposing';
}

function guidanceOf({ loading, shown, session, slice, sight, toolInHand }: WorkState): Guidance {
  if (loading) return 'loading';
  if (shown === null && slice === null) return 'open-image';
  if (session.pending !== null) return 'working';
  const round = currentRound(session);
  if (round !== null && sight !== 'here') return sight;
  if (round !== null) return isUnlikeFollowed(round) ? 'unlike' : 'answer';
  if (toolInHand === 'never-ours') return 'not-here';
  return session.justAccepted ? 'accepted' : 'click-structure';
}

function problemOf({ fault }: WorkState): PanelModel['problem'] {
  if (fault === null) return null;
  const { code, problem, remedy } = fault.error;
  return { code, message: problem, remedy, canRetry: fault.remedy !== 'none' };
}

function warningOf({ bundle, shown }: WorkState): string | null {
  if (bundle === null || shown === null || shown.modality === '') return null;
  // A bundle that names none claims nothing; the panel says so where it tells about the model.
  if (bundle.modalities.length === 0) return null;
  return bundle.modalities.includes(shown.modality)
    ? null
    : hostText.modalityWarning(shown.modality, bundle.modalities.join(', '));
}
