/**
 * What the visitor has decided, or the site for those who have not. `denied`: sightings are dropped. `required`: they
 * wait in memory. Otherwise they become events, which are sent: `cookieless` with nothing kept on the device.
 */
export type Recording = 'granted' | 'denied' | 'required' | 'cookieless' | undefined;

export let recording: Recording;

export const setRecording = (to: Recording): void => {
  recording = to;
};
