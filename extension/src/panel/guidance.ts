import { panelText } from '../text';
import type { PanelModel } from './panel-model';

/** The one sentence that says what to do next. */
export function guidanceSentence(model: Pick<PanelModel, 'guidance' | 'tool' | 'candidates'>): string {
  const { guidance } = panelText;
  switch (model.guidance) {
    case 'open-image':
      return guidance.openImage;
    case 'loading':
      return guidance.loading;
    case 'working':
      return guidance.working;
    case 'accepted':
      return guidance.accepted;
    case 'click-structure':
      return guidance.clickStructure[model.tool];
    case 'answer':
      return model.candidates.length > 0
        ? guidance.answer[model.tool]
        : guidance.answerWithoutCandidates[model.tool];
  }
}
