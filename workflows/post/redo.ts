import { formatOf } from '../../contract/formats/registry.js';
import type { Redo } from '../../contract/messages.js';
import type { MadeStep } from './state/rows.js';

/** What is made again: a clip always follows the picture that it starts from. */
export function stepsToRedo(contentFormat: string, redo: Redo): MadeStep[] {
  const { media } = formatOf(contentFormat);
  switch (redo) {
    case 'text':
      return ['draft'];
    case 'image':
      return [...media];
    case 'video':
      return media.filter((step) => step === 'video');
    case 'all':
      return ['draft', ...media];
  }
}
