import { panelText } from '../text';
import type { PanelModel } from './panel-model';

/** The one sentence that says what to do next. */
export function guidanceSentence(
  model: Pick<PanelModel, 'guidance' | 'tool' | 'candidates' | 'canFollow'>,
): string {
  const { guidance } = panelText;
  const tool = model.tool ?? 'none';
  switch (model.guidance) {
    case 'open-image':
      return guidance.openImage;
    case 'loading':
      return guidance.loading;
    case 'working':
      return guidance.working;
    case 'accepted':
      if (model.tool === null) return guidance.clickStructure.none;
      return model.canFollow.previous || model.canFollow.next
        ? guidance.acceptedAndFollow
        : guidance.accepted;
    case 'not-here':
      return guidance.notHere;
    case 'elsewhere':
      return guidance.elsewhere;
    case 'nowhere':
      return guidance.nowhere;
    case 'unlike':
      return guidance.unlike;
    case 'click-structure':
      return guidance.clickStructure[tool];
    case 'answer':
      return model.candidates.length > 0 ? guidance.answer[tool] : guidance.answerWithoutCandidates[tool];
  }
}
