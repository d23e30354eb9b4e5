import { panelText } from '../text';
import { Button } from './button';
import { icons } from './icons';
import type { PanelIntents, PanelModel } from './panel-model';

interface Props {
  readonly model: Pick<PanelModel, 'canExport' | 'canStore' | 'storing'>;
  readonly intents: Pick<PanelIntents, 'exportSegmentation' | 'storeSegmentation'>;
}

/** Where accepted masks go from here. Stays at the bottom while the rest scrolls: it is the next step after every Accept. */
export function SavingSection({ model, intents }: Props) {
  const { canExport, canStore, storing } = model;
  return (
    <footer className="spa-saving">
      <Button
        cy="spa-export-seg"
        enabled={canExport}
        title={canExport ? panelText.exportTitle : panelText.exportNothing}
        onPress={() => intents.exportSegmentation()}
      >
        {icons.download}
        {panelText.exportSegmentation}
      </Button>
      {canStore && (
        <Button
          cy="spa-store-seg"
          enabled={canExport && !storing}
          title={canExport ? panelText.storeTitle : panelText.storeNothing}
          onPress={() => intents.storeSegmentation()}
        >
          {icons.upload}
          {storing ? panelText.storing : panelText.storeSegmentation}
        </Button>
      )}
    </footer>
  );
}
