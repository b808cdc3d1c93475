import { DEFAULT_STAGES, type EventName, STAGES } from '@throughline/contract';
import { type Colours, stageColour } from '../../charts/colours.ts';

/** An event's colour is its stage's, as on the map; what stands in no stage, and those who left, are grey. */
export function nodeColour(colours: Colours, event: string): string {
  const stage = Object.hasOwn(DEFAULT_STAGES, event) ? DEFAULT_STAGES[event as EventName] : undefined;
  return stage === undefined ? colours['hue-8'] : stageColour(colours, STAGES.indexOf(stage));
}
