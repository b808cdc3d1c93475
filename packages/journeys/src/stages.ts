import { DEFAULT_STAGES, type Site, STAGES } from '@throughline/contract';

/** The columns of a site's map in order and which event stands in which. Steps of a journey count from 1. */
export interface SiteStages {
  names: string[];
  /** Event name to the place of its stage in `names`, from 1. */
  places: Map<string, number>;
}

/** The defaults with the site's own over them; stages of the site's own come after the others. */
export function stagesOf({ settings }: Site): SiteStages {
  const byEvent = { ...DEFAULT_STAGES, ...settings.stages } as Record<string, string>;
  const own = Object.values(settings.stages ?? {}).filter((stage) => stage !== '');
  const names = [...new Set<string>([...STAGES, ...own])];
  const places = new Map(
    Object.entries(byEvent)
      .filter(([, stage]) => stage !== '')
      .map(([event, stage]) => [event, names.indexOf(stage) + 1]),
  );
  return { names, places };
}
