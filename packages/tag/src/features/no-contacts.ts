import { options } from '../options.ts';
import { setScrub } from '../recorder.ts';
import type { Feature } from '../sighting.ts';

/**
 * The JSON text with empty texts in the place of those that hold an e-mail address, wherever they stand, and of those under the name of
 * a phone number. Addresses of pages have slashes and stay. None that is taken out has an escape in it, so what is left is JSON.
 */
export const withoutContacts = (json: string): string =>
  options.plain ? json : json.replace(/"[^"\\/]*\w@[^"\\/]*"|(phone(_?number)?":)"[^"\\/]*"/gi, '$1""');

/** For a build without `identity`, whose hashing takes ten times as many bytes: what may not leave readable does not leave. */
export const noContacts: Feature = () => setScrub(withoutContacts);
