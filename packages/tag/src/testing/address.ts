/** Moves happy-dom's page to another address without a history entry, as a load would. */
export function setAddress(window: Window, url: string): void {
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(url);
}
