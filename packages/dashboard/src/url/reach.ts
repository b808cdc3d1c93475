/**
 * Who gets to an address: `machine`: browsers on this very machine; `plain`: everybody, but no page on https, which browsers keep from
 * loading scripts without; `everybody`.
 */
export type Reach = 'machine' | 'plain' | 'everybody';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/;

export function reachOf({ protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>): Reach {
  if (LOOPBACK.test(hostname)) return 'machine';
  return protocol === 'https:' ? 'everybody' : 'plain';
}
