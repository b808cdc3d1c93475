import type { Site } from '@throughline/contract';
import { useMemo } from 'preact/hooks';
import { language } from '../state/language.ts';
import { usePlace } from '../url/place.ts';
import { type Format, makeFormat } from './format.ts';

/** The format for the shop in the address and the language in use. */
export function useFormat(): Format {
  return useSiteFormat(usePlace().site);
}

function useSiteFormat({ currency, timezone }: Site): Format {
  const chosen = language.value;
  return useMemo(() => makeFormat({ language: chosen, currency, timezone }), [chosen, currency, timezone]);
}
