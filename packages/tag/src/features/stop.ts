import { commands } from '../commands.ts';
import { guarded, setOnUndo } from '../listen.ts';
import { settle, watch } from '../recorder.ts';
import { setRecording } from '../recording.ts';
import { closeShelf } from '../shelf.ts';
import type { Feature } from '../sighting.ts';

/** The `stop` command: takes back everything that the tag has changed on the page. Comes first, to hear of all of it. */
export const stop: Feature = () => {
  const undos: (() => void)[] = [];
  setOnUndo((undo) => undos.push(undo));
  commands.stop = () => {
    settle();
    undos.map((undo) => guarded(undo)());
    // What still waits to be put into place.
    setOnUndo((undo) => undo());
    // What is seen from here on is not, whatever the visitor is asked later.
    watch(() => true);
    setRecording('denied');
    closeShelf();
  };
};
